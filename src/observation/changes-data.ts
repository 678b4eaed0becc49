/** Reads what changed between two marks, page by page; which rows there are is the database's to decide. */
import { boundedFirst } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { ObservationWithdrawal } from '../platform/prisma/client.ts';
import {
  digestOf,
  openCursor,
  sealCursor,
  type Cursor,
  type Mark,
  type Place,
  type Run,
} from './changes-cursor.ts';
import { laterInStep, stepsOf, valueInStep, type Step } from './changes-steps.ts';
import {
  observationWhere,
  withReferences,
  type ObservationFilter,
  type ObservationRow,
} from './data.ts';
import { findInPlace, isPlaced, observationTopics } from './place-data.ts';

export const changesMax = 1_000;
/** A database clock that was set back by no more is waited for. */
const patienceMillis = 600_000;

export type Change =
  | { readonly action: 'REPLACE'; readonly row: ObservationRow }
  | { readonly action: 'DELETE'; readonly row: ObservationWithdrawal };

export interface Changes {
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly more: boolean;
}

export interface ChangesQuestion {
  readonly where?: ObservationFilter | null | undefined;
  readonly updatedAfter?: string | null | undefined;
  readonly first?: number | null | undefined;
  /** The look-ahead's part of the query. */
  readonly look: object;
}

interface State {
  readonly era: string;
  readonly key: Buffer;
  readonly now: Mark;
}

/** Read before any row: what is below its number is then in the snapshot of every page. */
async function readState({ db, principal }: Context): Promise<State> {
  const [found] = await db.$queryRaw<
    { number: bigint | null; era: string; key: Uint8Array }[]
  >`select * from change_state()`;
  if (!found || found.number === null) throw new PublicError('CHANGES_UNAVAILABLE');
  const instant = Date.parse(principal.scope.instant);
  return { era: found.era, key: Buffer.from(found.key), now: { number: found.number, instant } };
}

/** Whoever asks with another scope or filter meets other rows: what it was told before is no part of these. */
function digestFor({ principal }: Context, filter: object, era: string): Buffer {
  const { published, national, provinces, areas } = principal.scope;
  const ofFigures = (entries: readonly string[]) =>
    entries.filter((entry) => observationTopics.includes(entry.split('|')[0] ?? '')).sort();
  return digestOf({
    era,
    agency: principal.agency.id,
    role: principal.role,
    purpose: principal.purpose,
    scope: [published, national, provinces, areas].map(ofFigures),
    filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value != null)),
  });
}

/** The run that a cursor goes on with, or the next one; null while the clock is before it. */
function runOf(cursor: Cursor | null, { now }: State): Run | null {
  if (!cursor) return { from: null, to: now, at: null };
  const { to, at } = cursor;
  const isSetBack = now.instant < to.instant;
  if (now.number < to.number || to.instant - now.instant > patienceMillis) {
    throw new PublicError('RESYNC_REQUIRED');
  }
  if (isSetBack) return null;
  return at ? cursor : { from: to, to: now, at: null };
}

type Where = Record<string, unknown>;
type Found = ObservationRow | ObservationWithdrawal;

function findInStep(
  context: Context,
  { table, column }: Step,
  { where, take, look }: { where: Where; take: number; look: object },
): Promise<Found[]> {
  const { db } = context;
  const orderBy: Where[] = [{ [column]: 'asc' }, { id: 'asc' }];
  const query = { where, orderBy: orderBy as never, take };
  if (table === 'observationWithdrawal') return db.observationWithdrawal.findMany(query);
  const include = { ...withReferences, ...look };
  const rows = db.observation.findMany<{ include: typeof withReferences }>({
    ...query,
    include,
  });
  // Without a mark before it, it is a list of all figures like any other.
  return column === 'figureId' && isPlaced(context, where) ? findInPlace(context, rows) : rows;
}

/** As of the mark: a page that is read later may find a row closed by what the next run tells. */
function asOfMark(row: ObservationRow, { number, instant }: Mark): ObservationRow {
  const { knownTo, closedIn } = row;
  const isClosed = knownTo !== null && knownTo.getTime() <= instant;
  return isClosed && (closedIn === null || closedIn < number) ? row : { ...row, knownTo: null };
}

const changeOf = ({ table }: Step, row: Found, to: Mark): Change =>
  table === 'observation'
    ? { action: 'REPLACE', row: asOfMark(row as ObservationRow, to) }
    : { action: 'DELETE', row: row as ObservationWithdrawal };

async function readPage(
  context: Context,
  run: Run,
  { filter, first, look }: { filter: Where; first: number; look: object },
): Promise<{ changes: Change[]; next: Place | null }> {
  const found: { change: Change; place: Place }[] = [];
  const { at } = run;
  for (const [index, step] of stepsOf(run).entries()) {
    if (index < (at?.step ?? 0) || found.length > first) continue;
    const later = at?.step === index ? [laterInStep(step, at.value, at.id)] : [];
    // One row more than fits tells whether there is more.
    const take = first + 1 - found.length;
    const where = { ...filter, AND: [step.where, ...later] };
    for (const row of await findInStep(context, step, { where, take, look })) {
      const place = { step: index, value: valueInStep(step, row), id: row.id };
      found.push({ change: changeOf(step, row, run.to), place });
    }
  }
  const page = found.slice(0, first);
  const changes = page.map(({ change }) => change);
  return { changes, next: found.length > first ? (page.at(-1)?.place ?? null) : null };
}

/** Throws CURSOR_INVALID, RESYNC_REQUIRED, CHANGES_UNAVAILABLE and what a filter of figures throws. */
export async function readChanges(context: Context, question: ChangesQuestion): Promise<Changes> {
  const { updatedAfter, look } = question;
  const first = boundedFirst(question.first, changesMax);
  const filter = await observationWhere(context, question.where ?? {}, { includeHistory: true });
  const state = await readState(context);
  const digest = digestFor(context, question.where ?? {}, state.era);
  const cursor = updatedAfter == null ? null : openCursor(state.key, updatedAfter);
  if (cursor && !cursor.digest.equals(digest)) throw new PublicError('RESYNC_REQUIRED');
  const run = runOf(cursor, state);
  if (!run) return { changes: [], cursor: updatedAfter ?? '', more: cursor?.at !== null };
  const { changes, next } = await readPage(context, run, { filter, first, look });
  const reached: Run = next ? { ...run, at: next } : { from: null, to: run.to, at: null };
  return {
    changes,
    cursor: sealCursor(state.key, { digest, ...reached }),
    more: next !== null,
  };
}
