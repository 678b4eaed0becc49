/** Reads what changed about debts between two marks, page by page; which rows there are is the database's to decide. */
import { areasById, placeWhere } from '../area/data.ts';
import {
  digestOf,
  openCursor,
  sealCursor,
  type Cursor,
  type Feed,
  type Mark,
  type Run,
} from '../observation/changes-cursor.ts';
import { reached, readRun, runAfter, type RunStep } from '../observation/changes-run.ts';
import { boundedFirst } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { DebtChange, Prisma } from '../platform/prisma/client.ts';
import { formatInstant } from '../platform/scalars.ts';
import { ofEmployer, type PlaceFilter } from './data.ts';

const feed: Feed = 'debtChanges 1';
export const debtChangesMax = 1_000;

export interface ChangeFilter extends PlaceFilter {
  readonly employer?: string | null | undefined;
  readonly kind?: readonly string[] | null | undefined;
}

/** From where on, and of what. */
export interface ChangesAsked {
  readonly where?: ChangeFilter | null | undefined;
  readonly since?: Date | null | undefined;
  readonly after?: string | null | undefined;
}

export interface ChangesQuestion extends ChangesAsked {
  readonly first?: number | null | undefined;
  /** The look-ahead's part of the query. */
  readonly look: object;
}

export interface DebtChanges {
  readonly changes: readonly DebtChange[];
  readonly cursor: string;
  readonly more: boolean;
}

interface State {
  readonly era: string;
  readonly key: Buffer;
  readonly now: Mark;
  /** From which mark on a first look is told, and below which number something may be missing. */
  readonly begin: Mark;
  readonly keptFrom: bigint;
}

interface StateRow {
  readonly number: bigint | null;
  readonly era: string;
  readonly key: Uint8Array;
  readonly kept_since: Date;
  readonly kept_from: bigint;
  readonly since_from: bigint;
}

/** Read before any row: what is below its number is then in the snapshot of every page. */
async function readState({ db, principal }: Context, since: Date | null): Promise<State> {
  const [found] = await db.$queryRaw<StateRow[]>`
    select * from debt_change_state(${since?.toISOString() ?? null}::timestamptz)`;
  if (!found || found.number === null) throw new PublicError('CHANGES_UNAVAILABLE');
  const { instant } = principal.scope;
  const { kept_since: keptSince, kept_from: keptFrom } = found;
  if (since && (since < keptSince || since > new Date(instant))) {
    throw new PublicError('SINCE_OUT_OF_RANGE', {
      since: formatInstant(since),
      min: formatInstant(keptSince),
      max: formatInstant(new Date(instant)),
      field: 'since',
    });
  }
  const began = since ?? keptSince;
  return {
    era: found.era,
    key: Buffer.from(found.key),
    now: { number: found.number, instant: Date.parse(instant) },
    begin: { number: since ? found.since_from : keptFrom, instant: began.getTime() },
    keptFrom,
  };
}

const topic = 'DEBT';
const ofTopic = (places: readonly string[]) =>
  places.filter((place) => place.startsWith(`${topic}|`)).sort();

/** A last look is a person's own; with another scope or filter it was of other rows. */
function digestFor({ principal }: Context, filter: ChangeFilter, era: string): Buffer {
  const { national, provinces, areas, subject } = principal.scope;
  return digestOf({
    era,
    agency: principal.agency.id,
    role: principal.role,
    purpose: principal.purpose,
    subject,
    scope: [national.filter((entry) => entry === topic), ofTopic(provinces), ofTopic(areas)],
    filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value != null)),
  });
}

/** Says in the question which provinces the caller reads at all: their policies are asked row by row, without an index. */
async function inTerritory(context: Context): Promise<Prisma.DebtChangeWhereInput> {
  const { national, provinces, areas } = context.principal.scope;
  if (national.includes(topic)) return {};
  const idsOf = (places: readonly string[]) =>
    ofTopic(places).map((place) => place.slice(topic.length + 1));
  const rows = await areasById(context, idsOf(areas));
  const ids = [...idsOf(provinces), ...rows.flatMap(({ provinceId }) => provinceId ?? [])];
  return { provinceId: { in: [...new Set(ids)] } };
}

async function changeWhere(
  context: Context,
  filter: ChangeFilter,
): Promise<Prisma.DebtChangeWhereInput> {
  return {
    ...(await placeWhere(context, filter)),
    ...ofEmployer(context, filter.employer),
    ...(filter.kind ? { kind: { in: [...filter.kind] } } : {}),
    AND: [await inTerritory(context)],
  };
}

const day = (mark: Mark) => new Date(mark.instant);

/**
 * What is told as of a mark and was not as of the one before: by a later transaction, unless its instant is still to
 * come; and by an earlier one whose instant came since.
 */
export function debtSteps(from: Mark, to: Mark): readonly RunStep[] {
  const hasCome = { OR: [{ effectiveAt: null }, { effectiveAt: { lte: day(to) } }] };
  const since = { changedIn: { gte: from.number, lt: to.number }, ...hasCome };
  const before = {
    changedIn: { lt: from.number },
    effectiveAt: { gt: day(from), lte: day(to) },
  };
  return [
    { column: 'changedIn', kind: 'NUMBER', where: since },
    { column: 'effectiveAt', kind: 'INSTANT', where: before },
  ];
}

interface Opened {
  readonly where: Prisma.DebtChangeWhereInput;
  /** Null while the clock is before the cursor's. */
  readonly run: Run | null;
  readonly steps: readonly RunStep[];
  readonly cursor: Cursor | null;
  readonly seal: (run: Run) => string;
}

/** Throws CURSOR_INVALID, RESYNC_REQUIRED, SINCE_OUT_OF_RANGE, CHANGES_UNAVAILABLE and what a filter of places throws. */
export async function openChanges(
  context: Context,
  { where: filter, since, after }: ChangesAsked,
): Promise<Opened> {
  const where = await changeWhere(context, filter ?? {});
  const state = await readState(context, after == null ? (since ?? null) : null);
  const digest = digestFor(context, filter ?? {}, state.era);
  const cursor = after == null ? null : openCursor(state.key, feed, after);
  if (cursor && !cursor.digest.equals(digest)) throw new PublicError('RESYNC_REQUIRED');
  const run: Run | null = cursor
    ? runAfter(cursor, state.now)
    : { from: state.begin, to: state.now, at: null };
  // Of this feed each run has a beginning, above what was forgotten.
  const from = run?.from ?? cursor?.to;
  if (!from || from.number < state.keptFrom) throw new PublicError('RESYNC_REQUIRED');
  const seal = (reachedRun: Run) => sealCursor(state.key, feed, { digest, ...reachedRun });
  return { where, run, steps: run ? debtSteps(from, run.to) : [], cursor, seal };
}

/** Throws what `openChanges` throws. */
export async function readDebtChanges(
  context: Context,
  question: ChangesQuestion,
): Promise<DebtChanges> {
  const { after, look } = question;
  const first = boundedFirst(question.first, debtChangesMax);
  const { where, run, steps, cursor, seal } = await openChanges(context, question);
  if (!run) return { changes: [], cursor: after ?? '', more: cursor?.at !== null };
  const { found, next } = await readRun(run, steps, first, (_step, query) =>
    context.db.debtChange.findMany({
      ...look,
      where: { AND: [where, query.where] },
      orderBy: query.orderBy as never,
      take: query.take,
    }),
  );
  return {
    changes: found.map(({ row }) => row),
    cursor: seal(reached(run, next)),
    more: next !== null,
  };
}
