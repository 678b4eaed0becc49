/** Workers to be registered within 30 days, late for 60 more, evaded after that (Art 28(1), 38, 39). Pure. */
import type { Charge, ItemAssessment } from './assessment.ts';
import type { Reason } from './reason.ts';
import { chargeOf, noCharge, unknownCharge } from './charge.ts';
import { addDays, isDay, type Day } from './days.ts';
import { assessDuty, unknownDuty, type DutyMatter } from './duty.ts';
import type { RegistrationFact } from './facts.ts';
import { basisOf, type Basis, type LegalParameters, type ParameterRow } from './parameters.ts';

const deadlineDays = 'REGISTRATION_DEADLINE_DAYS';
const windowDays = 'REGISTRATION_LATE_WINDOW_DAYS';

interface Deadline {
  readonly on: Day;
  readonly basis: readonly Basis[];
}

/** The rule of the day on which the duty arose; of an older duty, this law's rule if its deadline lies in it. */
function ruleFor(parameters: LegalParameters, dutyFrom: Day): ParameterRow | null {
  const own = parameters.verified(deadlineDays, dutyFrom);
  const start = parameters.startOf(deadlineDays);
  if (own || start === null || dutyFrom >= start) return own;
  if ((parameters.setting('DUE_RULE_JUDGED_ON', start) ?? 'DUE_DAY') !== 'DUE_DAY') return null;
  const first = parameters.verified(deadlineDays, start);
  return first && addDays(dutyFrom, Number(first.value)) >= start ? first : null;
}

function deadlineOf(parameters: LegalParameters, dutyFrom: Day, day: Day): Deadline | Reason {
  const row = ruleFor(parameters, dutyFrom);
  if (row && /^\d{1,4}$/.test(row.value)) {
    return { on: addDays(dutyFrom, Number(row.value)), basis: [basisOf(row)] };
  }
  const start = parameters.startOf(deadlineDays);
  if (start === null || dutyFrom >= start) {
    return { code: 'PARAMETER_NOT_VERIFIED', parameter: deadlineDays };
  }
  const set = parameters.verified('OLD_DUTY_DEADLINE', day);
  return set && isDay(set.value)
    ? { on: set.value, basis: [basisOf(set)] }
    : { code: 'OLD_LAW_NOT_VERIFIED', parameter: 'OLD_DUTY_DEADLINE' };
}

/** While workers are not registered; afterwards what was missed is registered and charged as an obligation. */
function chargeFor(
  { parameters, day }: DutyMatter,
  amount: bigint | null,
  deadline: Day,
  evasionFrom: Day,
): Charge {
  if (day <= deadline) return noCharge;
  if (amount === null) return unknownCharge({ code: 'AMOUNT_NOT_KNOWN' });
  const code = 'UNREGISTERED_CHARGE_FROM';
  const from = {
    DAY_AFTER_DEADLINE: addDays(deadline, 1),
    DAY_EVASION_BEGINS: evasionFrom,
  }[parameters.setting(code, day) ?? ''];
  return from === undefined
    ? unknownCharge({ code: 'UNREGISTERED_CHARGE_START_NOT_STATED', parameter: code })
    : chargeOf(parameters, [{ amount, from, to: day }]);
}

export function assessRegistration(matter: DutyMatter, fact: RegistrationFact): ItemAssessment {
  const { parameters, day } = matter;
  const known = {
    kind: 'REGISTRATION',
    id: fact.id,
    month: null,
    workers: fact.workers,
    amount: fact.amount ?? null,
    metOn: fact.registeredOn ?? null,
  } as const;
  const deadline = deadlineOf(parameters, fact.dutyFrom, day);
  if (!('on' in deadline)) return unknownDuty(known, deadline);
  const firstLateDay = addDays(deadline.on, 1);
  const window = parameters.verified(windowDays, firstLateDay);
  const days = parameters.count(windowDays, firstLateDay);
  if (!window || days === null) {
    return unknownDuty(known, { code: 'PARAMETER_NOT_VERIFIED', parameter: windowDays });
  }
  const evasionFrom = addDays(deadline.on, days + 1);
  return assessDuty(
    matter,
    {
      ...known,
      from: fact.dutyFrom,
      dueOn: deadline.on,
      lateState: 'LATE_UNREGISTERED',
      evasionState: 'EVASION_UNREGISTERED',
      evasionFrom,
      faultFrom: firstLateDay,
      basis: [...deadline.basis, basisOf(window)],
    },
    chargeFor(matter, known.amount, deadline.on, evasionFrom),
  );
}
