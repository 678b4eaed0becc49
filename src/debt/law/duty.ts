/** What duties to register and to declare have in common on a day. Pure. */
import { articles } from './articles.ts';
import type {
  Charge,
  ItemAssessment,
  ItemKind,
  LegalState,
  NextDeadline,
  StateDates,
} from './assessment.ts';
import type { Reason } from './reason.ts';
import { noCharge } from './charge.ts';
import { addDays, daysBetween, type Day, type Month } from './days.ts';
import { excusedFrom } from './excuse.ts';
import type { KnownFacts } from './known.ts';
import type { Basis, LegalParameters } from './parameters.ts';

export interface DutyMatter {
  readonly parameters: LegalParameters;
  readonly facts: KnownFacts;
  readonly day: Day;
}

/** A duty with its days; the late state is null where the law knows evasion only. */
export interface Duty {
  readonly kind: ItemKind;
  readonly id: string;
  readonly month: Month | null;
  readonly workers: number;
  readonly amount: bigint | null;
  /** The day on which it began. */
  readonly from: Day;
  readonly metOn: Day | null;
  readonly dueOn: Day;
  readonly lateState: LegalState | null;
  readonly evasionState: LegalState;
  readonly evasionFrom: Day;
  /** The first day of the fault, for what may excuse it. */
  readonly faultFrom: Day;
  readonly basis: readonly Basis[];
}

interface Verdict {
  readonly state: LegalState | null;
  readonly since: Day | null;
  readonly basis: readonly Basis[];
  readonly reasons: readonly Reason[];
  readonly next: NextDeadline | null;
  readonly dates: StateDates;
}

/** A duty holds no registered money, so nothing of it is a balance. */
const noMoney = {
  fund: null,
  paid: 0n,
  balance: 0n,
  overdue: 0n,
  suspended: 0n,
  payableUntil: null,
};

const noDates: StateDates = {
  dueOn: null,
  firstLateDay: null,
  lastGraceDay: null,
  remindedOn: null,
  evasionFrom: null,
  excusedOn: null,
  settledOn: null,
};

type Known = Pick<Duty, 'kind' | 'id' | 'month' | 'workers' | 'amount'>;

const itemOf = (
  known: Known,
  verdict: Verdict,
  daysLate: number | null,
  charge: Charge,
): ItemAssessment => ({
  ...noMoney,
  kind: known.kind,
  id: known.id,
  month: known.month,
  workers: known.workers,
  amount: known.amount,
  lawState: verdict.state,
  daysLate,
  charge,
  oldInterest: noCharge,
  ifReminded: null,
  ...verdict,
});

/** A duty whose deadline no verified rule gives: met or not is all that can be said. */
export function unknownDuty(
  known: Known & { readonly metOn: Day | null },
  reason: Reason,
): ItemAssessment {
  const { metOn } = known;
  const isMet = metOn !== null;
  const verdict: Verdict = {
    state: isMet ? 'ON_TIME' : null,
    since: metOn,
    basis: [],
    reasons: isMet ? [] : [reason],
    next: null,
    dates: { ...noDates, settledOn: metOn },
  };
  return isMet
    ? itemOf(known, verdict, 0, noCharge)
    : itemOf(known, verdict, null, { exact: null, reasons: [reason] });
}

function openVerdict({ facts, day }: DutyMatter, duty: Duty, dates: StateDates): Verdict {
  const { dueOn, evasionFrom, evasionState, lateState, month } = duty;
  const fault = { month, from: duty.faultFrom, evasionFrom };
  const excused = excusedFrom(facts.forceMajeure, fault);
  const evasionNext: NextDeadline = {
    on: evasionFrom,
    state: excused === null ? evasionState : 'EXCUSED',
  };
  const common = { reasons: [], dates };
  if (day >= evasionFrom) {
    const basis = [...articles[evasionState], ...duty.basis];
    if (excused !== null && excused <= day) {
      return {
        ...common,
        state: 'EXCUSED',
        since: excused,
        basis: [...articles.EXCUSED, ...basis],
        next: null,
        dates: { ...dates, excusedOn: excused },
      };
    }
    return { ...common, state: evasionState, since: evasionFrom, basis, next: null };
  }
  if (day > dueOn && lateState !== null) {
    const basis = [...articles[lateState], ...duty.basis];
    return { ...common, state: lateState, since: addDays(dueOn, 1), basis, next: evasionNext };
  }
  const next: NextDeadline =
    lateState === null ? evasionNext : { on: addDays(dueOn, 1), state: lateState };
  return { ...common, state: 'ON_TIME', since: duty.from, basis: duty.basis, next };
}

export function assessDuty(matter: DutyMatter, duty: Duty, charge: Charge): ItemAssessment {
  const { metOn, dueOn, evasionFrom, lateState } = duty;
  const wasLate = (metOn ?? matter.day) > dueOn;
  const dates: StateDates = {
    ...noDates,
    dueOn,
    firstLateDay: wasLate ? addDays(dueOn, 1) : null,
    lastGraceDay: lateState === null ? null : addDays(evasionFrom, -1),
    evasionFrom: metOn !== null && metOn <= evasionFrom ? null : evasionFrom,
    settledOn: metOn,
  };
  const met: Verdict = {
    state: 'ON_TIME',
    since: wasLate ? metOn : duty.from,
    basis: duty.basis,
    reasons: [],
    next: null,
    dates,
  };
  const verdict = metOn === null ? openVerdict(matter, duty, dates) : met;
  return itemOf(
    duty,
    verdict,
    wasLate ? daysBetween(dueOn, metOn ?? matter.day) : 0,
    metOn === null ? charge : noCharge,
  );
}
