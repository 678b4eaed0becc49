/** From which day an overdue obligation is late, and until which the law waits before it is evasion. Pure. */
import type { Reason } from './reason.ts';
import { addDays, isDay, later, type Day } from './days.ts';
import type { ObligationFact } from './facts.ts';
import { basisOf, type Basis, type LegalParameters } from './parameters.ts';
import type { Standing } from './standing.ts';

export interface Terms {
  readonly firstLateDay: Day;
  /** The last of the days after which non-payment is evasion; null with a reason where no verified rule gives it. */
  readonly graceEnds: Day | null;
  readonly basis: readonly Basis[];
  /** The rule of the days. */
  readonly grace: readonly Basis[];
  readonly reasons: readonly Reason[];
}

export interface Unknown {
  readonly unknown: readonly Reason[];
}

const graceDays = 'EVASION_GRACE_DAYS';

/** Debt still open when the law began passes to its rules (Art 141(12)). */
export const oldRule = 'PRE2025_DEBT_RULE';

/** The first day of the rules to which old debt passes; null when the table has none. */
export const startOfLaw = (parameters: LegalParameters): Day | null => parameters.startOf(oldRule);

/** Debt of the law before that was there to pass: by any rule it fell due before this law began. */
export const wasOpenBefore = (
  { isOld, nominal }: Pick<Standing, 'isOld' | 'nominal'>,
  start: Day | null,
): start is Day => isOld && start !== null && nominal < start;

/** The days are counted from the first one; the rule is that of a day of this law. */
function graceFrom(parameters: LegalParameters, firstDay: Day, judgedOn = firstDay) {
  const row = parameters.verified(graceDays, judgedOn);
  const days = parameters.count(graceDays, judgedOn);
  if (!row || days === null) {
    const reason: Reason = { code: 'PARAMETER_NOT_VERIFIED', parameter: graceDays };
    return { graceEnds: null, grace: [], reasons: [reason] };
  }
  return { graceEnds: addDays(firstDay, days - 1), grace: [basisOf(row)], reasons: [] };
}

/** Late since this law began; the 60 days are counted from a day that the operator may set, by default the same. */
function oldTerms(parameters: LegalParameters, standing: Standing, day: Day): Terms | Unknown {
  const rule = parameters.verified(oldRule, day);
  const start = startOfLaw(parameters);
  if (rule?.value !== 'NEW_LAW_LATE_EVASION' || !wasOpenBefore(standing, start)) {
    return { unknown: [{ code: 'OLD_LAW_NOT_VERIFIED' }] };
  }
  const from = parameters.setting('OLD_DEBT_DAYS_FROM', day);
  const basis = [basisOf(rule)];
  if (from === null || !isDay(from)) {
    const reason: Reason = { code: 'PARAMETER_NOT_VERIFIED', parameter: 'OLD_DEBT_DAYS_FROM' };
    return { firstLateDay: start, graceEnds: null, basis, grace: [], reasons: [reason] };
  }
  return { firstLateDay: start, basis, ...graceFrom(parameters, from, later(from, start)) };
}

/** Whether the articles on late payment and evasion are read for the fund too; health insurance has its own law. */
export const isJudged = (
  parameters: LegalParameters,
  { fund }: ObligationFact,
  day: Day,
): boolean =>
  fund !== 'HEALTH' || parameters.setting('HEALTH_LATE_RULE', day) === 'AS_SOCIAL_INSURANCE';

export function termsOf(
  parameters: LegalParameters,
  fact: ObligationFact,
  standing: Standing,
  day: Day,
): Terms | Unknown {
  const { dueOn, basis, reasons, isOld } = standing;
  if (!isJudged(parameters, fact, day)) {
    return { unknown: [{ code: 'HEALTH_LAW_NOT_VERIFIED', parameter: 'HEALTH_LATE_RULE' }] };
  }
  if (isOld) return oldTerms(parameters, standing, day);
  if (dueOn === null) return { unknown: reasons };
  const firstLateDay = addDays(dueOn, 1);
  return { firstLateDay, basis, ...graceFrom(parameters, firstLateDay) };
}
