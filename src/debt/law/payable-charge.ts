/** The charge on one obligation, part by part, and the interest of the law before. Pure. */
import type { Allocation } from './allocation.ts';
import type { Charge } from './assessment.ts';
import { chargeOf, dailyRate, lastChargedDay, noCharge, unknownCharge } from './charge.ts';
import { addDays, earlier, isDay, type Day } from './days.ts';
import type { ObligationFact } from './facts.ts';
import type { LegalParameters } from './parameters.ts';
import { startOfLaw, wasOpenBefore } from './payable-terms.ts';
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
function oldCharge(matter: ChargeMatter, start: Day): Charge {
  const { parameters, day } = matter;
  if (stretchesFrom(matter, start).length === 0) return noCharge;
  const code = 'OLD_DEBT_CHARGE_FROM';
  const from = parameters.setting(code, day);
  if (from === null || !isDay(from)) {
    return unknownCharge({ code: 'OLD_DEBT_CHARGE_START_NOT_STATED', parameter: code });
  }
  return chargeOf(parameters, stretchesFrom(matter, from));
}

export function payableCharge(matter: ChargeMatter): Charge {
  const { parameters, fact, standing } = matter;
  const start = startOfLaw(parameters);
  if (wasOpenBefore(standing, start) && fact.fund !== 'HEALTH') return oldCharge(matter, start);
  const stretches = stretchesFrom(matter, addDays(standing.inTimeUntil, 1));
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

/** Interest of Law 58/2014: none where it was paid while no rule called it late. */
export function payableInterest(matter: ChargeMatter): Charge {
  const { parameters, standing, parts, balance, day } = matter;
  const end = standing.inTimeUntil;
  if (!standing.isOld || standing.suspendedIn || day <= end) return noCharge;
  const start = startOfLaw(parameters);
  const isOfThisLaw = start !== null && addDays(end, 1) >= start;
  const isPaidInTime = balance === 0n && parts.every(({ receivedOn }) => receivedOn <= end);
  if (isOfThisLaw || isPaidInTime) return noCharge;
  return unknownCharge({ code: 'OLD_LAW_INTEREST_NOT_VERIFIED' });
}
