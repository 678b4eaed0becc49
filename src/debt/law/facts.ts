/** What the law engine is given: dated facts of one employer, in plain values. Pure. */
import type { Day, Month } from './days.ts';

/** List FUND. */
export type Fund = 'RETIREMENT' | 'SICKNESS' | 'ACCIDENT' | 'UNEMPLOYMENT' | 'HEALTH';

/** List PAYMENT_CYCLE. */
export type Cycle = 'MONTHLY' | 'QUARTERLY' | 'SEMIANNUAL';

/**
 * When the store knew it. A correction closes one version and opens another under the same id:
 * the version that counts is the one with knownFrom <= knownAt < knownTo. Instants are ISO texts in
 * UTC as `toISOString` writes them, so that they compare as text. Without them a fact was always known.
 */
export interface Known {
  readonly id: string;
  readonly knownFrom?: string | null;
  /** Exclusive. */
  readonly knownTo?: string | null;
}

/** What is registered to be paid for one month to one fund. Several of the same month and fund add up. */
export interface ObligationFact extends Known {
  readonly month: Month;
  readonly fund: Fund;
  /** Whole dong, never negative. */
  readonly amount: bigint;
  readonly cycle: Cycle;
  /**
   * The first month of the payment cycle in which the month lies; when left out, cycles are of the
   * calendar: quarters begin in January, April, July and October, half-years in January and July.
   */
  readonly cycleStart?: Month | null;
  /** Since when it is registered; when left out, since the first day of its month. */
  readonly registeredOn?: Day | null;
  /** Workers for whom it is owed. */
  readonly workers?: number | null;
}

/** Money received. */
export interface PaymentFact extends Known {
  readonly receivedOn: Day;
  /** Whole dong, never negative. */
  readonly amount: bigint;
  /** From this day on it counts as never received (a bounced transfer, money of another). */
  readonly reversedOn?: Day | null;
}

/** A written reminder (Art 35). It concerns what is late on the day on which it is sent. */
export interface ReminderFact extends Known {
  readonly sentOn: Day;
  /** Only these months; when left out, everything that is late. */
  readonly months?: readonly Month[] | null;
}

/** The retirement and survivors fund is suspended for these months (Art 37). */
export interface SuspensionFact extends Known {
  readonly fromMonth: Month;
  /** The last month, inclusive; null: as long as the law lets it. */
  readonly toMonth?: Month | null;
  /** Since when it holds; before this day the amounts are owed as ever. */
  readonly decidedOn: Day;
  /** The day on which it was ended early: the month of that day is the last one. */
  readonly endedOn?: Day | null;
}

/** A reason of the Government's list, recognised by the agency (Art 38(4)). */
export interface ForceMajeureFact extends Known {
  /** While it lasted. */
  readonly from: Day;
  /** Inclusive; null while it lasts. */
  readonly to?: Day | null;
  readonly recognisedOn: Day;
  /** Only debts of these months; when left out, all that the time fits. Duties to register have no month. */
  readonly months?: readonly Month[] | null;
}

/** Workers who must be registered (Art 28(1)). */
export interface RegistrationFact extends Known {
  /** The day on which the duty arose, such as that of hiring. */
  readonly dutyFrom: Day;
  /** Null while they are not. */
  readonly registeredOn?: Day | null;
  readonly workers: number;
  /** What should have been paid for them; the charge is null without it. */
  readonly amount?: bigint | null;
}

/** Salaries registered below the legal base for one month. */
export interface UnderdeclarationFact extends Known {
  readonly month: Month;
  /** Whole dong. */
  readonly registeredBase: bigint;
  readonly legalBase: bigint;
  readonly workers: number;
  /** The day on which the legal base was registered; the rest is an obligation from then on. */
  readonly correctedOn?: Day | null;
  /** What should have been paid beside what was registered; the charge is null without it. */
  readonly amount?: bigint | null;
}

/** The employer is bankrupt, dissolved or gone. */
export interface HardToCollectFact extends Known {
  readonly kind: 'BANKRUPT' | 'DISSOLVED' | 'ABSCONDED';
  /** When it was found; before this day the debt is judged as ever. */
  readonly foundOn: Day;
  /** Since when it is so, as it was found. */
  readonly from: Day;
  /** The last day; null while it is so. */
  readonly to?: Day | null;
}

/** Everything that decides; lists in any order. */
export interface DebtFacts {
  readonly obligations: readonly ObligationFact[];
  readonly payments: readonly PaymentFact[];
  readonly reminders?: readonly ReminderFact[];
  readonly suspensions?: readonly SuspensionFact[];
  readonly forceMajeure?: readonly ForceMajeureFact[];
  readonly registrations?: readonly RegistrationFact[];
  readonly underdeclarations?: readonly UnderdeclarationFact[];
  readonly hardToCollect?: readonly HardToCollectFact[];
}

/** The day asked, and what the store knew: facts dated after the day are ignored. */
export interface Question {
  readonly day: Day;
  /** An instant as in `Known`; when left out, everything that is known now. */
  readonly knownAt?: string | null;
  /**
   * Payments received after the day and until this one count too, as for the statutory list with its debt
   * date and the later date until which payments were counted; so do suspensions, reasons that excuse
   * and findings that it is hard to collect which were made by then. When left out, the day itself.
   */
  readonly paidUntil?: Day | null;
}
