/** What the items come to for the employer: the gravest state, the sums, the next deadline. Pure. */
import type { Ledger } from './allocation.ts';
import { gravest } from './articles.ts';
import type { EmployerAssessment, ItemAssessment, NextDeadline } from './assessment.ts';
import { totalCharge, uniqueReasons } from './charge.ts';
import { compareText, later, type Day } from './days.ts';
import type { HardToCollectFact } from './facts.ts';
import type { Basis } from './parameters.ts';

/** Overdue debt of an employer that is bankrupt, dissolved or gone is reported apart from the day on which that was found. */
export function setApart(
  item: ItemAssessment,
  facts: readonly HardToCollectFact[],
): ItemAssessment {
  const gone = facts.map(({ foundOn, from }) => later(foundOn, from)).sort()[0];
  if (gone === undefined || item.overdue === 0n) return item;
  const since = item.dates.firstLateDay === null ? gone : later(gone, item.dates.firstLateDay);
  return { ...item, state: 'HARD_TO_COLLECT', since, next: null, ifReminded: null };
}

const isBad = ({ state }: ItemAssessment): boolean => state !== 'ON_TIME' && state !== 'SUSPENDED';

/** The gravest judged state; null where all that is judged is well and something is not judged. */
function worst(items: readonly ItemAssessment[]): EmployerAssessment['state'] {
  const states = new Set(items.map(({ state }) => state));
  const found = gravest.find((state) => states.has(state)) ?? 'ON_TIME';
  const isWell = found === 'ON_TIME' || found === 'SUSPENDED';
  return isWell && states.has(null) ? null : found;
}

export function uniqueBasis(rows: readonly Basis[]): Basis[] {
  const keyOf = ({ instrument, article, parameter }: Basis) =>
    `${instrument} ${article} ${parameter ?? ''}`;
  // Rows of one table are the same objects mostly.
  return [...new Map([...new Set(rows)].map((row) => [keyOf(row), row])).values()];
}

/** The earliest; of several on one day the gravest. */
export function earliest(deadlines: readonly (NextDeadline | null)[]): NextDeadline | null {
  const found = deadlines.filter((one) => one !== null);
  found.sort(
    (a, b) => compareText(a.on, b.on) || gravest.indexOf(a.state) - gravest.indexOf(b.state),
  );
  return found[0] ?? null;
}

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);

/** The most workers of one overdue month: the same people owe several months, so these are not added up. */
function workersOf(items: readonly ItemAssessment[]): number {
  const overdue = items.filter((item) => item.overdue > 0n);
  const unregistered = items.filter((item) => item.kind === 'REGISTRATION' && isBad(item));
  const declared = items.filter((item) => item.kind === 'DECLARATION' && isBad(item));
  const most = Math.max(0, ...[...overdue, ...declared].map(({ workers }) => workers ?? 0));
  return most + unregistered.reduce((sum, { workers }) => sum + (workers ?? 0), 0);
}

const inOrder = (items: readonly ItemAssessment[]): ItemAssessment[] =>
  [...items].sort(
    (a, b) =>
      compareText(a.dates.dueOn ?? '', b.dates.dueOn ?? '') ||
      compareText(a.month ?? '', b.month ?? '') ||
      compareText(a.fund ?? '', b.fund ?? '') ||
      compareText(a.id, b.id) ||
      compareText(a.kind, b.kind),
  );

export function sumUp(
  day: Day,
  found: readonly ItemAssessment[],
  { allocations, credit }: Ledger,
): EmployerAssessment {
  const items = inOrder(found);
  const state = worst(items);
  const deciding = items.filter((item) => item.state === state);
  const late = items.filter(({ overdue }) => overdue > 0n);
  const { charge, known } = totalCharge(items.map((item) => item.charge));
  return {
    day,
    state,
    since: deciding.flatMap(({ since }) => since ?? []).sort()[0] ?? null,
    basis: uniqueBasis(deciding.flatMap(({ basis }) => basis)),
    reasons: uniqueReasons(items.flatMap(({ reasons }) => reasons)),
    overdue: total(late.map(({ overdue }) => overdue)),
    unjudged: total(late.map((item) => (item.lawState === null ? item.overdue : 0n))),
    suspended: total(items.map(({ suspended }) => suspended)),
    balance: total(items.map(({ balance }) => balance)),
    credit,
    monthsLate: new Set(late.map(({ month }) => month)).size,
    oldestDueOn: late.flatMap(({ payableUntil }) => payableUntil ?? []).sort()[0] ?? null,
    workersAffected: workersOf(items),
    charge,
    knownCharge: known,
    oldInterest: totalCharge(items.map(({ oldInterest }) => oldInterest)).charge,
    items,
    allocations,
    next: earliest(items.map(({ next }) => next)),
    ifReminded: earliest(items.map(({ ifReminded }) => ifReminded)),
  };
}
