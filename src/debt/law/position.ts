/** What a debt position keeps of an assessment: the row of the agencies, and the one for unions. Pure. */
import { isEvasion, isLate } from './articles.ts';
import type { EmployerAssessment, ItemAssessment, LegalState } from './assessment.ts';
import type { Day } from './days.ts';
import type { Fund } from './facts.ts';
import type { ReasonCode } from './reason.ts';
import { becameLateThisMonth, overdueOf, turningEvasion, type Turning } from './watch.ts';

/** Below this size a union is told a band only; the database holds it too. */
const namedWorkersMin = 10;

const bandLimits = [
  ['W0', 0],
  ['W1_9', 9],
  ['W10_49', 49],
  ['W50_199', 199],
] as const;

/** The code of list SIZE_BAND. */
export const workersBandOf = (workers: number): string =>
  bandLimits.find(([, most]) => workers <= most)?.[0] ?? 'W200_PLUS';

/** In dong; zero where nothing is owed to the fund. */
export type FundAmounts = Readonly<Record<Fund, bigint>>;

/** What both rows say. */
export interface SharedPosition {
  /** Null with a reason where no verified rule gives one. */
  readonly state: LegalState | null;
  readonly stateReason: ReasonCode | null;
  readonly stateSince: Day | null;
  readonly legalBasis: string | null;
  readonly amount: bigint;
  readonly monthsLate: number;
  readonly oldestDueOn: Day | null;
  readonly workersBand: string;
}

/** What an inspector of the territory sees beside it. */
export interface InternalPosition extends SharedPosition {
  readonly workersAffected: number;
  /** What of the amount is owed to each fund. */
  readonly funds: FundAmounts;
  /** The newest first late day of what is late now. */
  readonly becameLateOn: Day | null;
  /** What of the amount became late in the month of the day. */
  readonly becameLateAmount: bigint;
  /** The next change if nothing more happens. */
  readonly nextOn: Day | null;
  readonly nextState: LegalState | null;
  /** The first day on which something becomes evasion if nothing is done. */
  readonly evasion: TurningDay | null;
  /** The first day on which something that nobody was reminded of becomes evasion if a reminder is sent. */
  readonly remindedEvasion: TurningDay | null;
}

export interface TurningDay {
  readonly on: Day;
  /** What of the amount turns into evasion on that day. */
  readonly amount: bigint;
}

export interface PartyPosition extends SharedPosition {
  /** Null where a number would tell of persons. */
  readonly workersAffected: number | null;
}

/** The article that the state itself rests on. Debt that is hard to collect is reported apart and has none of its own. */
function basisOf({ state, basis }: EmployerAssessment): string | null {
  const [first] = state === 'ON_TIME' || state === 'HARD_TO_COLLECT' ? [] : basis;
  return first ? [first.instrument, first.article].filter((part) => part !== null).join(' ') : null;
}

/** Late or evaded by a verified rule, also where it is hard to collect. */
const isJudgedLate = ({ lawState }: ItemAssessment): boolean =>
  isLate(lawState) || isEvasion(lawState);

/** The newest first late day of what is late. */
function becameLateOn({ items }: EmployerAssessment): Day | null {
  const days = items.filter(isJudgedLate).flatMap(({ dates }) => dates.firstLateDay ?? []);
  return days.sort().at(-1) ?? null;
}

/** The sum of all is what is overdue: only obligations to a fund hold money. */
function overdueByFund({ items }: EmployerAssessment): FundAmounts {
  const funds = { RETIREMENT: 0n, SICKNESS: 0n, ACCIDENT: 0n, UNEMPLOYMENT: 0n, HEALTH: 0n };
  for (const { fund, overdue } of items) if (fund !== null) funds[fund] += overdue;
  return funds;
}

function firstTurning(assessment: EmployerAssessment, turning: Turning): TurningDay | null {
  const found = turningEvasion(assessment, turning);
  const [first] = found.map(({ on }) => on).sort();
  if (first === undefined) return null;
  const items = found.filter(({ on }) => on === first).map(({ item }) => item);
  return { on: first, amount: overdueOf(items) };
}

export function internalPosition(assessment: EmployerAssessment): InternalPosition {
  const { state, reasons, since, overdue, monthsLate, oldestDueOn, workersAffected, next } =
    assessment;
  return {
    state,
    stateReason: state === null ? (reasons[0]?.code ?? 'PARAMETER_NOT_VERIFIED') : null,
    stateSince: state === 'ON_TIME' ? null : since,
    legalBasis: basisOf(assessment),
    amount: overdue,
    monthsLate,
    oldestDueOn,
    workersAffected,
    workersBand: workersBandOf(workersAffected),
    funds: overdueByFund(assessment),
    becameLateOn: becameLateOn(assessment),
    becameLateAmount: overdueOf(becameLateThisMonth(assessment).filter(isJudgedLate)),
    nextOn: next?.on ?? null,
    nextState: next?.state ?? null,
    evasion: firstTurning(assessment, 'BY_ITSELF'),
    remindedEvasion: firstTurning(assessment, 'IF_REMINDED'),
  };
}

/** That nobody is affected tells of nobody; a small number with amount and months would tell a wage. */
export function partyPosition(position: InternalPosition): PartyPosition {
  const { state, stateReason, stateSince, legalBasis, amount, monthsLate, oldestDueOn } = position;
  const { workersAffected: workers, workersBand } = position;
  const isTold = workers === 0 || workers >= namedWorkersMin;
  const shared = { state, stateReason, stateSince, legalBasis, amount, monthsLate, oldestDueOn };
  return { ...shared, workersBand, workersAffected: isTold ? workers : null };
}

/** Whether there is anything to tell: a debt, a state other than on time, or workers not registered. */
export const isWorthTelling = ({ state, amount, workersAffected }: SharedWithWorkers): boolean =>
  state !== 'ON_TIME' || amount > 0n || workersAffected > 0;

type SharedWithWorkers = Pick<InternalPosition, 'state' | 'amount' | 'workersAffected'>;
