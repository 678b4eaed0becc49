/** What the law engine answers: states with their articles and dates, amounts, the charge. Pure. */
import type { Allocation } from './allocation.ts';
import type { Day, Month } from './days.ts';
import type { Fund } from './facts.ts';
import type { Fraction } from './fraction.ts';
import type { Basis } from './parameters.ts';
import type { Reason } from './reason.ts';

/** The values of the enum DebtState. */
export type LegalState =
  | 'ON_TIME'
  | 'LATE_UNPAID'
  | 'LATE_UNREGISTERED'
  | 'EVASION_UNREGISTERED'
  | 'EVASION_UNDERDECLARED'
  | 'EVASION_UNPAID_AFTER_REMINDER'
  | 'EXCUSED'
  | 'SUSPENDED'
  | 'HARD_TO_COLLECT';

/** 0.03 % a day on each amount for its days; exact, not rounded. */
export interface Charge {
  /** In dong; null with reasons. */
  readonly exact: Fraction | null;
  readonly reasons: readonly Reason[];
}

/** The dates that made a state so; null where there is none, or where no verified rule gives it. */
export interface StateDates {
  /** The last day to pay, to register or to declare. */
  readonly dueOn: Day | null;
  /** The day after. */
  readonly firstLateDay: Day | null;
  /** Day 60 of the days that count. */
  readonly lastGraceDay: Day | null;
  /** The first reminder that concerns it. */
  readonly remindedOn: Day | null;
  /** The first day of evasion, if the item is open until then and reminded where that is needed. */
  readonly evasionFrom: Day | null;
  /** The recognition that excuses it. */
  readonly excusedOn: Day | null;
  /** The day on which nothing of it was left; null while something is. */
  readonly settledOn: Day | null;
}

/** A change of state that lies ahead. */
export interface NextDeadline {
  /** The first day of the new state; always after the day asked. */
  readonly on: Day;
  readonly state: LegalState;
}

export type ItemKind = 'PAYMENT' | 'REGISTRATION' | 'DECLARATION';

/** One month's obligation to one fund, one duty to register, or one low declaration. */
export interface ItemAssessment {
  readonly kind: ItemKind;
  /** The id of the fact. */
  readonly id: string;
  /** Null for a duty to register. */
  readonly month: Month | null;
  readonly fund: Fund | null;
  readonly amount: bigint | null;
  readonly paid: bigint;
  /** amount less paid. */
  readonly balance: bigint;
  /** The part of the balance whose due date has passed; nothing of what is suspended. */
  readonly overdue: bigint;
  readonly suspended: bigint;
  /** The day after which the balance counts as overdue: the due date, and where none is verified the one that its calendar gives. */
  readonly payableUntil: Day | null;
  readonly workers: number | null;
  /** Null with reasons where no verified rule gives a state. */
  readonly state: LegalState | null;
  /** What it would be but for HARD_TO_COLLECT; else the same as `state`. */
  readonly lawState: LegalState | null;
  /** The first day of the state. */
  readonly since: Day | null;
  /** Calendar days from the first late day to the day asked, or to the last payment; 0 when never late. */
  readonly daysLate: number | null;
  readonly dates: StateDates;
  readonly basis: readonly Basis[];
  readonly reasons: readonly Reason[];
  readonly charge: Charge;
  /** Interest of Law 58/2014 for days before 2025-07-01: zero where there are none, else null. */
  readonly oldInterest: Charge;
  /** What changes if nothing more happens. */
  readonly next: NextDeadline | null;
  /** What changes, and when at the earliest, if a written reminder is sent after the day asked; null where it changes nothing. */
  readonly ifReminded: NextDeadline | null;
}

export interface EmployerAssessment {
  readonly day: Day;
  /** The gravest of the items' states; null with reasons where that is not verified. */
  readonly state: LegalState | null;
  /** The first day of that state among the items that are in it now. */
  readonly since: Day | null;
  readonly basis: readonly Basis[];
  readonly reasons: readonly Reason[];
  /** What was due before the day and is unpaid, suspended amounts left out. */
  readonly overdue: bigint;
  /** What of `overdue` has no verified state. */
  readonly unjudged: bigint;
  readonly suspended: bigint;
  /** All registered amounts less what is allocated to them, not yet due ones too. */
  readonly balance: bigint;
  /** Money received and not allocated: an advance for later periods. */
  readonly credit: bigint;
  /** How many months have anything overdue. */
  readonly monthsLate: number;
  /** The due date of the oldest overdue amount, by its calendar where none is verified; null when nothing is overdue. */
  readonly oldestDueOn: Day | null;
  /** The most workers of an overdue month, and the workers not registered; 0 when none. */
  readonly workersAffected: number;
  readonly charge: Charge;
  /** The sum of what is known of the charge; equal to `charge.exact` unless that is null. */
  readonly knownCharge: Fraction;
  readonly oldInterest: Charge;
  /** By due date, month, fund and id. */
  readonly items: readonly ItemAssessment[];
  readonly allocations: readonly Allocation[];
  /** The earliest change of any item. */
  readonly next: NextDeadline | null;
  /** The earliest of any item that a reminder would bring. */
  readonly ifReminded: NextDeadline | null;
}
