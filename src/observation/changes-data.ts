/** Reads what changed between two marks, page by page; which rows there are is the database's to decide. */
import { boundedFirst } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { ObservationWithdrawal } from '../platform/prisma/client.ts';
import { digestOf, openCursor, sealCursor, type Feed, type Mark } from './changes-cursor.ts';
import { reached, readRun, runAfter, type StepQuery } from './changes-run.ts';
import { stepsOf, type Step } from './changes-steps.ts';
import {
  observationWhere,
  withReferences,
  type ObservationFilter,
  type ObservationRow,
} from './data.ts';
import { findInPlace, isPlaced, observationTopics } from './place-data.ts';

export const changesMax = 1_000;
export const observationFeed: Feed = 'observationChanges 1';

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

type Found = ObservationRow | ObservationWithdrawal;

async function findInStep(
  context: Context,
  { table, column }: Step,
  { query, look }: { query: StepQuery; look: object },
): Promise<Found[]> {
  const { db } = context;
  const { where, take, orderBy } = query;
  const asked = { where, orderBy: orderBy as never, take };
  if (table === 'observationWithdrawal') return db.observationWithdrawal.findMany(asked);
  const include = { ...withReferences, ...look };
  const rows = db.observation.findMany<{ include: typeof withReferences }>({
    ...asked,
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

/** Throws CURSOR_INVALID, RESYNC_REQUIRED, CHANGES_UNAVAILABLE and what a filter of figures throws. */
export async function readChanges(context: Context, question: ChangesQuestion): Promise<Changes> {
  const { updatedAfter, look } = question;
  const first = boundedFirst(question.first, changesMax);
  const filter = await observationWhere(context, question.where ?? {}, { includeHistory: true });
  const state = await readState(context);
  const digest = digestFor(context, question.where ?? {}, state.era);
  const cursor = updatedAfter == null ? null : openCursor(state.key, observationFeed, updatedAfter);
  if (cursor && !cursor.digest.equals(digest)) throw new PublicError('RESYNC_REQUIRED');
  const run = cursor ? runAfter(cursor, state.now) : { from: null, to: state.now, at: null };
  if (!run) return { changes: [], cursor: updatedAfter ?? '', more: cursor?.at !== null };
  const { found, next } = await readRun(run, stepsOf(run), first, (step, query) => {
    const where = { ...filter, ...query.where };
    return findInStep(context, step, { query: { ...query, where }, look });
  });
  return {
    changes: found.map(({ step, row }) => changeOf(step, row, run.to)),
    cursor: sealCursor(state.key, observationFeed, { digest, ...reached(run, next) }),
    more: next !== null,
  };
}
