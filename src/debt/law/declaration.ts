/** Salaries registered below the legal base: evasion after the last day of the following month (Art 39). Pure. */
import type { Charge, ItemAssessment } from './assessment.ts';
import { chargeOf, noCharge, unknownCharge } from './charge.ts';
import { addDays, addMonths, firstDayOf, lastDayOf, type Day } from './days.ts';
import { assessDuty, unknownDuty, type DutyMatter } from './duty.ts';
import type { UnderdeclarationFact } from './facts.ts';
import { basisOf } from './parameters.ts';

const rule = 'UNDERDECLARED_EVASION_FROM';

/** While it is not corrected; afterwards the rest is registered and charged as an obligation. */
function chargeFor(matter: DutyMatter, fact: UnderdeclarationFact, evasionFrom: Day): Charge {
  if (matter.day < evasionFrom) return noCharge;
  if (fact.amount == null) return unknownCharge({ code: 'AMOUNT_NOT_KNOWN' });
  const stretch = { amount: fact.amount, from: evasionFrom, to: matter.day };
  return chargeOf(matter.parameters, [stretch]);
}

export function assessDeclaration(matter: DutyMatter, fact: UnderdeclarationFact): ItemAssessment {
  const { parameters } = matter;
  const isLow = fact.registeredBase < fact.legalBase;
  const from = firstDayOf(fact.month);
  const known = {
    kind: 'DECLARATION',
    id: fact.id,
    month: fact.month,
    workers: fact.workers,
    amount: fact.amount ?? null,
    // What is not too low needs no correction.
    metOn: isLow ? (fact.correctedOn ?? null) : from,
  } as const;
  const dueOn = lastDayOf(addMonths(fact.month, 1));
  const evasionFrom = addDays(dueOn, 1);
  // The rule of the last day to declare, as payments are judged by that of their due date.
  const row = parameters.verified(rule, dueOn);
  if (row?.value !== 'DAY_AFTER_LAST_DAY_OF_NEXT_MONTH') {
    const start = parameters.startOf(rule);
    const isOld = start !== null && dueOn < start;
    return unknownDuty(
      known,
      isOld
        ? { code: 'OLD_LAW_NOT_VERIFIED' }
        : { code: 'PARAMETER_NOT_VERIFIED', parameter: rule },
    );
  }
  return assessDuty(
    matter,
    {
      ...known,
      from,
      dueOn,
      lateState: null,
      evasionState: 'EVASION_UNDERDECLARED',
      evasionFrom,
      faultFrom: from,
      basis: [basisOf(row)],
    },
    chargeFor(matter, fact, evasionFrom),
  );
}
