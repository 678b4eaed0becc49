/** The charge on one obligation, part by part, and the interest of the law before. Pure. */
import type { Allocation } from './allocation.ts';
import type { Charge } from './assessment.ts';
import { chargeOf, dailyRate, lastChargedDay, noCharge, unknownCharge } from './charge.ts';
import { addDays, earlier, isDay, lastDayOf, type Day } from './days.ts';
import type { ObligationFact } from './facts.ts';
import type { LegalParameters } from './parameters.ts';
import { startOfLaw } from './payable-terms.ts';
import type { Standing } from './standing.ts';

export interface ChargeMatter {
  readonly parameters: LegalParameters;
  readonly fact: ObligationFact;
  readonly standing: Standing;
  readonly parts: readonly Allocation[];
  readonly balance: bigint;
  readonly day: Day;
}

/** What was paid of it and what is open, each from a first charged day to its last. */
function stretchesFrom({ parameters, standing, parts, balance, day }: ChargeMatter, from: Day) {
  const paid = parts.map(({ amount, receivedOn }) => ({
    amount,
    from,
    to: earlier(lastChargedDay(parameters, receivedOn), day),
  }));
  const open = standing.suspendedIn ? [] : [{ amount: balance, from, to: day }];
  return [...paid, ...open].filter(({ amount, to }) => amount > 0n && from <= to);
}

/** Debt of the old law: what of it was open when this law began is charged from the day that is set, if one is. */
function oldCharge(matter: ChargeMatter): Charge {
  const { parameters, day } = matter;
  const start = startOfLaw(parameters);
  if (start === null || stretchesFrom(matter, start).length === 0) return noCharge;
  const code = 'OLD_DEBT_CHARGE_FROM';
  const from = parameters.setting(code, day);
  if (from === null || !isDay(from)) {
    return unknownCharge({ code: 'OLD_DEBT_CHARGE_START_NOT_STATED', parameter: code });
  }
  return chargeOf(parameters, stretchesFrom(matter, from));
}

export function payableCharge(matter: ChargeMatter): Charge {
  const { parameters, fact, standing } = matter;
  if (standing.isOld && fact.fund !== 'HEALTH') return oldCharge(matter);
  const firstDay = addDays(standing.dueOn ?? standing.nominal, 1);
  const stretches = stretchesFrom(matter, firstDay);
  if (stretches.length === 0) return noCharge;
  if (fact.fund === 'HEALTH') {
    const code = 'HEALTH_DAILY_RATE';
    const last = stretches.map(({ to }) => to).sort()[0]!;
    if (standing.dueOn === null || parameters.setting(code, last) === null) {
      return unknownCharge({ code: 'HEALTH_LAW_NOT_VERIFIED', parameter: code });
    }
    return chargeOf(parameters, stretches, code);
  }
  if (standing.dueOn === null) return { exact: null, reasons: standing.reasons };
  return chargeOf(parameters, stretches, dailyRate);
}

/** Interest of Law 58/2014: none where the month was paid before it ended, which no rule calls late. */
export function payableInterest({ fact, standing, parts, balance, day }: ChargeMatter): Charge {
  if (!standing.isOld || standing.suspendedIn) return noCharge;
  const end = lastDayOf(fact.month);
  const isPaidInMonth = balance === 0n && parts.every(({ receivedOn }) => receivedOn <= end);
  if (isPaidInMonth || day <= end) return noCharge;
  return unknownCharge({ code: 'OLD_LAW_INTEREST_NOT_VERIFIED' });
}
