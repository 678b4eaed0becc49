/** The last day to pay, by payment cycle (Law 41/2024/QH15 Art 34(4)). Pure. */
import type { Reason } from './reason.ts';
import {
  addDays,
  addMonths,
  firstDayOf,
  isWeekend,
  lastDayOf,
  monthInYear,
  monthsBetween,
  type Day,
  type Month,
} from './days.ts';
import type { Cycle, Fund } from './facts.ts';
import { basisOf, type Basis, type LegalParameters } from './parameters.ts';
import { LawFactError } from './validate.ts';

export const monthsOfCycle: Readonly<Record<Cycle, number>> = {
  MONTHLY: 1,
  QUARTERLY: 3,
  SEMIANNUAL: 6,
};

export interface Payable {
  readonly month: Month;
  readonly fund: Fund;
  readonly cycle: Cycle;
  readonly cycleStart?: Month | null;
}

export interface Due {
  /** Null with a reason where no verified rule gives it. */
  readonly dueOn: Day | null;
  /** What today's rule would say whenever it was: for the order of payments and for what is overdue. No state rests on it. */
  readonly nominal: Day;
  /** Until then no rule calls it late: the due date, or the end of the month where no verified rule gives one. */
  readonly inTimeUntil: Day;
  readonly basis: readonly Basis[];
  readonly reasons: readonly Reason[];
  /** Due under the law before this one. */
  readonly isOld: boolean;
  /** The place of the fund among those that are due with it; funds that the rule leaves out come last. */
  readonly rank: number;
}

function firstMonthOf({ month, cycle, cycleStart }: Payable): Month {
  const length = monthsOfCycle[cycle];
  if (cycleStart == null) return addMonths(month, -(monthInYear(month) % length));
  const into = monthsBetween(cycleStart, month);
  if (into < 0 || into >= length) {
    throw new LawFactError(`${month} is in no ${cycle} cycle that begins in ${cycleStart}`);
  }
  return cycleStart;
}

/** The day, or the next working day where the operator has set so; holidays are rows of the table. */
export function shifted(parameters: LegalParameters, day: Day): Day {
  if (parameters.setting('DUE_DAY_NOT_WORKING', day) !== 'NEXT_WORKING_DAY') return day;
  let working = day;
  while (isWeekend(working) || parameters.verified('PUBLIC_HOLIDAY', working)) {
    working = addDays(working, 1);
  }
  return working;
}

const rules: Readonly<Record<string, string>> = {
  LATEST_PAYMENT_DAY: 'LAST_DAY_OF_NEXT_MONTH',
  LATEST_PAYMENT_DAY_CYCLE_3_6M: 'LAST_DAY_OF_MONTH_AFTER_CYCLE',
};

function rankOf(parameters: LegalParameters, fund: Fund, nominal: Day): number {
  const order = parameters.setting('PAYMENT_FUND_ORDER', nominal)?.split(' ') ?? [];
  const place = order.indexOf(fund);
  return place < 0 ? order.length : place;
}

function compute(parameters: LegalParameters, payable: Payable): Due {
  const first = firstMonthOf(payable);
  const last = addMonths(first, monthsOfCycle[payable.cycle] - 1);
  const nominal = lastDayOf(addMonths(last, 1));
  const code = payable.cycle === 'MONTHLY' ? 'LATEST_PAYMENT_DAY' : 'LATEST_PAYMENT_DAY_CYCLE_3_6M';
  const judgedOn = {
    CYCLE_FIRST_DAY: firstDayOf(first),
    CYCLE_LAST_DAY: lastDayOf(last),
  }[parameters.setting('DUE_RULE_JUDGED_ON', nominal) ?? ''];
  const day = judgedOn ?? nominal;
  const rank = rankOf(parameters, payable.fund, nominal);
  const common = { nominal, rank, inTimeUntil: lastDayOf(payable.month) };
  const row = parameters.verified(code, day);
  if (!row || row.value !== rules[code]) {
    const start = parameters.startOf(code);
    const isOld = start !== null && day < start;
    const reason: Reason = isOld
      ? { code: 'OLD_LAW_NOT_VERIFIED' }
      : { code: 'PARAMETER_NOT_VERIFIED', parameter: code };
    return { ...common, dueOn: null, basis: [], reasons: [reason], isOld };
  }
  const basis = [basisOf(row)];
  if (payable.fund === 'HEALTH') {
    const health = parameters.verified('HEALTH_DUE_RULE', nominal);
    if (health?.value !== 'AS_SOCIAL_INSURANCE') {
      const reason: Reason = { code: 'HEALTH_LAW_NOT_VERIFIED', parameter: 'HEALTH_DUE_RULE' };
      return { ...common, dueOn: null, basis: [], reasons: [reason], isOld: false };
    }
    basis.push(basisOf(health));
  }
  const dueOn = shifted(parameters, nominal);
  return { ...common, dueOn, inTimeUntil: dueOn, basis, reasons: [], isOld: false };
}

const computed = new WeakMap<LegalParameters, Map<string, Due>>();

/** The same for every employer, so it is computed once for a table. */
export function dueOf(parameters: LegalParameters, payable: Payable): Due {
  let known = computed.get(parameters);
  if (!known) computed.set(parameters, (known = new Map<string, Due>()));
  const { month, cycle, cycleStart, fund } = payable;
  const key = `${month}${cycle}${fund}${cycleStart ?? ''}`;
  const found = known.get(key);
  if (found) return found;
  const due = compute(parameters, payable);
  known.set(key, due);
  return due;
}
