/** In which legal state an employer stands on a day, by Law 41/2024/QH15 Art 37 to 39. Pure. */
import { addDays, addMonths, daysBetween, lastDayOf, monthOf } from './calendar.ts';
import { funds, paidBy, type Account } from './contributions.ts';

/** Days to register in, and days after which a delay is evasion (Art 28(1), 39(1)). */
export const registrationDays = 30;
const evasionAfterDays = 60;

export type State =
  | 'ON_TIME'
  | 'LATE_UNPAID'
  | 'LATE_UNREGISTERED'
  | 'EVASION_UNREGISTERED'
  | 'EVASION_UNDERDECLARED'
  | 'EVASION_UNPAID_AFTER_REMINDER'
  | 'EXCUSED'
  | 'SUSPENDED'
  | 'HARD_TO_COLLECT';

/** What beside the books decides. */
export interface Circumstances {
  /** Days of written reminders, the first one first. */
  readonly reminders: readonly string[];
  readonly forceMajeureOn: string | null;
}

export interface Standing {
  readonly state: State;
  readonly since: string | null;
  readonly legalBasis: string | null;
  readonly amount: number;
  readonly monthsLate: number;
  readonly oldestDueOn: string | null;
  readonly workers: number;
}

const law = '41/2024/QH15';
/** Hard-to-collect debt is reported apart and has no article of its own. */
const basisOf: Readonly<Record<State, string | null>> = {
  ON_TIME: null,
  LATE_UNPAID: `${law} Art 38`,
  LATE_UNREGISTERED: `${law} Art 38`,
  EVASION_UNREGISTERED: `${law} Art 39`,
  EVASION_UNDERDECLARED: `${law} Art 39`,
  EVASION_UNPAID_AFTER_REMINDER: `${law} Art 39`,
  EXCUSED: `${law} Art 38(4)`,
  SUSPENDED: `${law} Art 37`,
  HARD_TO_COLLECT: null,
};

interface Overdue {
  readonly amount: number;
  readonly months: number;
  readonly oldest: string | null;
}

/** What was due before a day and is not covered by payments until another; what is suspended is no debt. */
export function overdueOn(account: Account, day: string, paidUntil = day): Overdue {
  const paid = paidBy(account, paidUntil);
  const { suspension } = account;
  let amount = 0;
  let months = 0;
  let oldest: string | null = null;
  account.dues.forEach((due, i) => {
    if (due.dueOn >= day) return;
    const waits = suspension && due.month >= suspension.from && due.month <= suspension.to;
    const open = funds.reduce((sum, fund) => {
      return waits && fund === 'retirement' ? sum : sum + due.amounts[fund] - paid[i]![fund];
    }, 0);
    if (open === 0) return;
    amount += open;
    months += 1;
    oldest ??= due.dueOn;
  });
  return { amount, months, oldest };
}

type Found = readonly [State, string | null];

function unregistered(account: Account, day: string): Found {
  const deadline = addDays(account.employer.row.liable_from, registrationDays);
  const late = daysBetween(deadline, day);
  if (late <= 0) return ['ON_TIME', null];
  return late <= evasionAfterDays
    ? ['LATE_UNREGISTERED', addDays(deadline, 1)]
    : ['EVASION_UNREGISTERED', addDays(deadline, evasionAfterDays + 1)];
}

/** Unpaid 60 days after the due date and reminded: both are needed, and the later one decides. */
function unpaid(day: string, oldest: string, { reminders, forceMajeureOn }: Circumstances): Found {
  if (forceMajeureOn !== null && forceMajeureOn <= day) return ['EXCUSED', forceMajeureOn];
  const reminder = reminders.find((one) => one > oldest && one <= day);
  const from = addDays(oldest, evasionAfterDays + 1);
  if (reminder === undefined || from > day) return ['LATE_UNPAID', addDays(oldest, 1)];
  return ['EVASION_UNPAID_AFTER_REMINDER', reminder > from ? reminder : from];
}

function find(account: Account, day: string, oldest: string | null, more: Circumstances): Found {
  const { row, story } = account.employer;
  const { suspension } = account;
  if (row.registered_on === null) return unregistered(account, day);
  if (suspension && `${suspension.from}-01` <= day && day <= lastDayOf(suspension.to)) {
    return ['SUSPENDED', `${suspension.from}-01`];
  }
  if (oldest === null) return ['ON_TIME', null];
  if (row.closed_on !== null && row.closed_on <= day) return ['HARD_TO_COLLECT', row.closed_on];
  if (story === 'UNDERDECLARED') {
    // The day after the last day of the month that follows the first low declaration.
    const first = account.dues[0]!.month;
    return ['EVASION_UNDERDECLARED', `${addMonths(first, 2)}-01`];
  }
  return unpaid(day, oldest, more);
}

export function standingOn(account: Account, day: string, more: Circumstances): Standing {
  const { amount, months, oldest } = overdueOn(account, day);
  const [state, since] = find(account, day, oldest, more);
  const isDebtor = amount > 0 || (state !== 'ON_TIME' && state !== 'SUSPENDED');
  const reached = account.dues.filter((due) => due.month <= monthOf(day));
  return {
    state,
    since,
    legalBasis: basisOf[state],
    amount,
    monthsLate: months,
    oldestDueOn: oldest,
    workers: isDebtor
      ? ((reached.at(-1) ?? account.dues[0])?.workers ?? account.employer.workers)
      : 0,
  };
}
