/** One obligation on one day: whether it is late, evaded, excused or suspended, and since when. Pure. */
import type { Allocation } from './allocation.ts';
import { articles } from './articles.ts';
import type { ItemAssessment, LegalState, NextDeadline, StateDates } from './assessment.ts';
import type { Reason } from './reason.ts';
import { addDays, daysBetween, earlier, later, type Day } from './days.ts';
import { excusedFrom } from './excuse.ts';
import type { ObligationFact } from './facts.ts';
import { arisesOn, type KnownFacts } from './known.ts';
import type { Basis, LegalParameters } from './parameters.ts';
import { payableCharge, payableInterest } from './payable-charge.ts';
import { isJudged, termsOf, type Terms } from './payable-terms.ts';
import type { Standing, Standings } from './standing.ts';
import { decidedOn } from './suspension.ts';

export interface PayableMatter {
  readonly parameters: LegalParameters;
  readonly standings: Standings;
  readonly facts: KnownFacts;
  readonly day: Day;
}

interface Verdict {
  readonly state: LegalState | null;
  readonly since: Day | null;
  readonly basis: readonly Basis[];
  readonly reasons: readonly Reason[];
  readonly next: NextDeadline | null;
  readonly ifReminded?: NextDeadline;
  readonly dates: Partial<StateDates>;
}

const none: Partial<StateDates> = {};
const plain = { basis: [], reasons: [], next: null, dates: none };

const sumOf = (parts: readonly Allocation[]): bigint =>
  parts.reduce((sum, { amount }) => sum + amount, 0n);

const newest = (days: readonly Day[]): Day | null =>
  days.reduce<Day | null>((found, day) => (found === null || day > found ? day : found), null);

/** The first reminder that was sent while the debt was late and registered; a suspension moves its first late day. */
function remindedOn(matter: PayableMatter, fact: ObligationFact, firstLateDay: Day): Day | null {
  const { facts } = matter;
  const days = facts.reminders
    .filter(
      ({ sentOn, months }) =>
        sentOn >= firstLateDay &&
        sentOn >= arisesOn(fact) &&
        (months == null || months.includes(fact.month)),
    )
    .map(({ sentOn }) => sentOn)
    .sort();
  return days[0] ?? null;
}

function suspended(fact: ObligationFact, standing: Standing): Verdict {
  const run = standing.suspendedIn!;
  const dueOn = standing.dueOn;
  return {
    state: 'SUSPENDED',
    since: later(arisesOn(fact), decidedOn(run, fact.month)),
    basis: [...articles.SUSPENDED, ...standing.basis],
    reasons: standing.reasons,
    next: dueOn === null ? null : { on: addDays(dueOn, 1), state: 'LATE_UNPAID' },
    dates: {},
  };
}

/** Late, or by 60 days and a reminder evaded, unless a reason excuses it. */
function overdue(matter: PayableMatter, fact: ObligationFact, terms: Terms): Verdict {
  const { day, facts } = matter;
  const { firstLateDay, graceEnds, basis } = terms;
  const reminded = remindedOn(matter, fact, firstLateDay);
  const dates = { firstLateDay, lastGraceDay: graceEnds, remindedOn: reminded };
  const late = {
    state: 'LATE_UNPAID' as const,
    since: firstLateDay,
    basis: [...articles.LATE_UNPAID, ...basis],
    reasons: terms.reasons,
  };
  if (graceEnds === null) return { ...late, next: null, dates };
  const afterGrace = addDays(graceEnds, 1);
  const evasionFrom = reminded === null ? null : later(afterGrace, reminded);
  const faultUntil = evasionFrom ?? later(afterGrace, addDays(day, 1));
  const excused = excusedFrom(facts.forceMajeure, {
    month: fact.month,
    from: firstLateDay,
    evasionFrom: faultUntil,
  });
  const grace = [...articles.EVASION_UNPAID_AFTER_REMINDER, ...terms.grace, ...basis];
  if (evasionFrom === null || evasionFrom > day) {
    const ahead: NextDeadline = {
      on: faultUntil,
      state: excused === null ? 'EVASION_UNPAID_AFTER_REMINDER' : 'EXCUSED',
    };
    const found = { ...late, dates: { ...dates, evasionFrom } };
    return reminded === null
      ? { ...found, next: null, ifReminded: ahead }
      : { ...found, next: ahead };
  }
  const found = { reasons: terms.reasons, next: null };
  if (excused !== null && excused <= day) {
    return {
      ...found,
      state: 'EXCUSED',
      since: excused,
      basis: [...articles.EXCUSED, ...grace],
      dates: { ...dates, evasionFrom, excusedOn: excused },
    };
  }
  return {
    ...found,
    state: 'EVASION_UNPAID_AFTER_REMINDER',
    since: evasionFrom,
    basis: grace,
    dates: { ...dates, evasionFrom },
  };
}

/** Since when it is on time: since it is registered, or since the suspension from which it was released. */
const onTimeSince = (fact: ObligationFact, { releasedOn }: Pick<Standing, 'releasedOn'>): Day =>
  releasedOn === undefined ? arisesOn(fact) : later(arisesOn(fact), releasedOn);

function settled(
  { standings }: PayableMatter,
  fact: ObligationFact,
  standing: Standing,
  settledOn: Day | null,
): Verdict {
  // What was decided after it was settled never suspended it.
  const then = settledOn === null ? {} : standings.of(fact, settledOn);
  const wasLate = settledOn !== null && standing.dueOn !== null && settledOn > standing.dueOn;
  return {
    state: 'ON_TIME',
    since: wasLate ? settledOn : onTimeSince(fact, then),
    basis: standing.basis,
    reasons: [],
    next: null,
    dates: wasLate ? { firstLateDay: addDays(standing.dueOn, 1) } : none,
  };
}

function verdictOf(
  matter: PayableMatter,
  fact: ObligationFact,
  standing: Standing,
  settledOn: Day | null,
  isOpen: boolean,
): Verdict {
  const { parameters, day } = matter;
  if (!isOpen) return settled(matter, fact, standing, settledOn);
  if (standing.suspendedIn) return suspended(fact, standing);
  if (day <= standing.inTimeUntil) {
    const { dueOn, basis, reasons } = standing;
    const next: NextDeadline | null =
      dueOn === null || !isJudged(parameters, fact, day)
        ? null
        : { on: addDays(dueOn, 1), state: 'LATE_UNPAID' };
    return { ...plain, state: 'ON_TIME', since: onTimeSince(fact, standing), basis, reasons, next };
  }
  const terms = termsOf(parameters, fact, standing, day);
  if ('unknown' in terms) {
    const firstLateDay = standing.dueOn === null ? null : addDays(standing.dueOn, 1);
    return { ...plain, state: null, since: null, reasons: terms.unknown, dates: { firstLateDay } };
  }
  return overdue(matter, fact, terms);
}

/** Days from the first late one to the day asked or the last late payment; null where the first is not verified. */
function daysLateOf(
  { dueOn, inTimeUntil }: Standing,
  lastPaidOn: Day | null,
  isOwed: boolean,
  day: Day,
): number | null {
  const until = isOwed ? day : lastPaidOn && earlier(lastPaidOn, day);
  if (until === null || until <= inTimeUntil) return 0;
  return dueOn === null ? null : daysBetween(dueOn, until);
}

export function assessPayable(
  matter: PayableMatter,
  fact: ObligationFact,
  parts: readonly Allocation[],
): ItemAssessment {
  const { parameters, day } = matter;
  const standing = matter.standings.of(fact, day);
  const paid = sumOf(parts);
  const balance = fact.amount - paid;
  const isOpen = balance > 0n;
  const lastPaidOn = newest(parts.map(({ receivedOn }) => receivedOn));
  const settledOn = isOpen ? null : newest(parts.map(({ allocatedOn }) => allocatedOn));
  const verdict = verdictOf(matter, fact, standing, settledOn, isOpen);
  const { dates } = verdict;
  const isSuspended = standing.suspendedIn != null;
  const payableUntil = standing.dueOn ?? standing.nominal;
  const isOverdue = isOpen && !isSuspended && day > payableUntil;
  const charged = { parameters, fact, standing, parts, balance, day };
  return {
    kind: 'PAYMENT',
    id: fact.id,
    month: fact.month,
    fund: fact.fund,
    amount: fact.amount,
    paid,
    balance,
    overdue: isOverdue ? balance : 0n,
    suspended: isSuspended ? balance : 0n,
    payableUntil,
    workers: fact.workers ?? null,
    state: verdict.state,
    lawState: verdict.state,
    since: verdict.since,
    daysLate: daysLateOf(standing, lastPaidOn, isOpen && !isSuspended, day),
    dates: {
      dueOn: standing.dueOn,
      firstLateDay: dates.firstLateDay ?? null,
      lastGraceDay: dates.lastGraceDay ?? null,
      remindedOn: dates.remindedOn ?? null,
      evasionFrom: dates.evasionFrom ?? null,
      excusedOn: dates.excusedOn ?? null,
      settledOn,
    },
    basis: verdict.basis,
    reasons: verdict.reasons,
    charge: payableCharge(charged),
    oldInterest: payableInterest(charged),
    next: verdict.next,
    ifReminded: verdict.ifReminded ?? null,
  };
}
