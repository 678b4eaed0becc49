/** What employers owed month by month, what they paid, and which debts the money went to. Pure. */
import {
  addDays,
  addMonths,
  dayIn,
  firstDayOf,
  firstNewMonth,
  instantOn,
  lastDay,
  lastDayOf,
  lastMonth,
  monthNumber,
  monthOf,
  monthsBetween,
} from './calendar.ts';
import { boundsOf, type Employer } from './employers.ts';
import { between, chance, wholeBetween } from './seeded.ts';

/** In the order in which money is counted against them within a month. */
export const funds = ['health', 'unemployment', 'accident', 'sickness', 'retirement'] as const;
export type Fund = (typeof funds)[number];

/** Shares of the contribution base, in thousandths (Law 41/2024/QH15 Art 33-34 and the laws on the other funds). */
const rates: Readonly<Record<Fund, number>> = {
  retirement: 220,
  sickness: 30,
  accident: 5,
  unemployment: 20,
  health: 45,
};

export interface Due {
  readonly month: string;
  readonly dueOn: string;
  readonly workers: number;
  readonly base: number;
  readonly amounts: Readonly<Record<Fund, number>>;
}

export interface Payment {
  readonly day: string;
  readonly amount: number;
}

/** An employer's books. */
export interface Account {
  readonly employer: Employer;
  readonly dues: readonly Due[];
  readonly payments: readonly Payment[];
  /** The first month that it did not pay for; null where it paid for all. */
  readonly stoppedAt: string | null;
  /** The months of which the retirement part may wait. */
  readonly suspension: { readonly from: string; readonly to: string } | null;
}

const monthsOfCycle: Readonly<Record<string, number>> = { MONTHLY: 1, QUARTERLY: 3, SEMIANNUAL: 6 };

/** The last month of the payment cycle that a month belongs to; cycles begin in January. */
const cycleEnd = (month: string, cycle: string): string => {
  const length = monthsOfCycle[cycle] ?? 1;
  return addMonths(month, (length - (monthNumber(month) % length)) % length);
};

/** The last day of the month after the cycle (Law 41/2024/QH15 Art 34(4)). */
export const dueOn = (month: string, cycle: string): string =>
  lastDayOf(addMonths(cycleEnd(month, cycle), 1));

/** Rounded half up, once. */
export const contributionOf = (base: number, fund: Fund): number =>
  Math.floor((base * rates[fund] + 500) / 1_000);

function dueOf(employer: Employer, month: string): Due {
  const { row, workers, salary } = employer;
  const [least, most] = boundsOf(workers);
  const around = Math.round(workers * between(`workers ${row.id} ${month}`, 0.95, 1.05));
  const present = Math.min(most, Math.max(least, around));
  const base = present * salary;
  const amounts = Object.fromEntries(
    funds.map((fund) => [fund, contributionOf(base, fund)]),
  ) as Record<Fund, number>;
  return { month, dueOn: dueOn(month, row.payment_cycle), workers: present, base, amounts };
}

const lastMonthBeforeStorms = '2026-01';

function duesOf(employer: Employer): Due[] {
  const { liable_from: liable, closed_on: closed } = employer.row;
  const first = monthOf(liable) > firstNewMonth ? monthOf(liable) : firstNewMonth;
  // One that a storm has struck employs nobody for a while.
  const end = employer.story === 'EXCUSED' ? lastMonthBeforeStorms : lastMonth;
  const last = closed === null ? end : addMonths(monthOf(closed), -1);
  return monthsBetween(first, last).map((month) => dueOf(employer, month));
}

/** The first month that goes unpaid, by story. */
function stopOf({ story, turn, row }: Employer): string | null {
  const from = (first: string, span: number) => addMonths(first, turn % span);
  if (story === 'LATE') return from('2025-08', 7);
  if (story === 'EVADING') return from('2025-08', 6);
  if (story === 'SETTLED') return from('2025-10', 3);
  if (story === 'EXCUSED') return from('2025-11', 3);
  if (story === 'CLOSED') return from('2025-08', 2);
  if (story === 'LATE_UNREGISTERED' || story === 'UNREGISTERED') return monthOf(row.liable_from);
  return null;
}

/** When one that had stopped paid everything. */
const settledOn = ({ row }: Employer): string =>
  addDays('2026-04-10', wholeBetween(`settled ${row.id}`, 0, 70));

const sumOf = (due: Due): number => funds.reduce((sum, fund) => sum + due.amounts[fund], 0);

/** The day on which an employer pays for a month; null when it does not. */
function paidOn(employer: Employer, due: Due, stoppedAt: string | null): string | null {
  const { row, story } = employer;
  const key = `${row.id} ${due.month}`;
  const inTime = dayIn(
    monthOf(due.dueOn),
    wholeBetween(`paid ${monthOf(due.dueOn)} ${row.id}`, 6, 26),
  );
  if (stoppedAt !== null && due.month >= stoppedAt) {
    if (story !== 'SETTLED') return null;
    const settled = settledOn(employer);
    return due.dueOn < settled ? settled : inTime;
  }
  const isSlow = story === 'SLOW' && chance(`slow ${key}`) < 0.55;
  return isSlow ? addDays(due.dueOn, wholeBetween(`days ${key}`, 2, 38)) : inTime;
}

/** Months of one day are one payment. */
function paymentsOf(
  employer: Employer,
  dues: readonly Due[],
  { stoppedAt, suspension }: Pick<Account, 'stoppedAt' | 'suspension'>,
): Payment[] {
  const byDay = new Map<string, number>();
  for (const due of dues) {
    const day = paidOn(employer, due, stoppedAt);
    if (day === null || day > lastDay) continue;
    const waits = suspension && due.month >= suspension.from && due.month <= suspension.to;
    const whole = sumOf(due) - (waits ? due.amounts.retirement : 0);
    // Of salaries declared too low, three tenths never arrive.
    const amount = employer.story === 'UNDERDECLARED' ? Math.floor(whole * 0.7) : whole;
    byDay.set(day, (byDay.get(day) ?? 0) + amount);
  }
  return [...byDay]
    .map(([day, amount]) => ({ day, amount }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

export function openAccount(employer: Employer): Account {
  const dues = duesOf(employer);
  const stoppedAt = stopOf(employer);
  const start = addMonths('2025-12', employer.turn % 4);
  const suspension =
    employer.story === 'SUSPENDED' ? { from: start, to: addMonths(start, 11) } : null;
  const payments = paymentsOf(employer, dues, { stoppedAt, suspension });
  return { employer, dues, payments, stoppedAt, suspension };
}

/** What of each month's parts is paid by a day: the oldest month first. */
export function paidBy(account: Account, day: string): Record<Fund, number>[] {
  let left = account.payments.reduce((sum, one) => sum + (one.day <= day ? one.amount : 0), 0);
  const { suspension } = account;
  return account.dues.map(({ month, amounts }) => {
    const waits = suspension && month >= suspension.from && month <= suspension.to;
    const paid = { health: 0, unemployment: 0, accident: 0, sickness: 0, retirement: 0 };
    for (const fund of funds) {
      if (waits && fund === 'retirement') continue;
      paid[fund] = Math.min(left, amounts[fund]);
      left -= paid[fund];
    }
    return paid;
  });
}

/** Where a row about an employer lies, and who says it. */
export const placeOf = ({ row }: Employer) => ({
  topic: 'DEBT',
  area_id: row.area_id,
  province_id: row.province_id,
  employer_id: row.id,
  source_id: 'demo-debt',
  contributor_id: row.contributor_id,
});

/** Rows of the table `obligation`. */
export function obligationRows(account: Account) {
  const paid = paidBy(account, lastDay);
  return account.dues.map((due, i) => ({
    ...placeOf(account.employer),
    time_period: due.month,
    period_start: firstDayOf(due.month),
    due_on: due.dueOn,
    payment_cycle: account.employer.row.payment_cycle,
    registered_on: null,
    workers: due.workers,
    contribution_base: due.base,
    due_retirement: due.amounts.retirement,
    due_sickness: due.amounts.sickness,
    due_accident: due.amounts.accident,
    due_unemployment: due.amounts.unemployment,
    due_health: due.amounts.health,
    paid_retirement: paid[i]!.retirement,
    paid_sickness: paid[i]!.sickness,
    paid_accident: paid[i]!.accident,
    paid_unemployment: paid[i]!.unemployment,
    paid_health: paid[i]!.health,
    known_from: instantOn(firstDayOf(due.month)),
  }));
}

/** Rows of the table `payment`. */
export const paymentRows = (account: Account) =>
  account.payments.map(({ day, amount }) => ({
    id: `demo-payment-${account.employer.row.unit_code.slice(4)}-${day}`,
    ...placeOf(account.employer),
    received_on: day,
    amount,
    reversed_on: null,
    known_from: instantOn(day),
  }));
