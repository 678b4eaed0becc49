/** How a feed of changes goes on: the run after a cursor, and its pages, one step after the other. Pure. */
import { PublicError } from '../platform/errors.ts';
import type { Cursor, Mark, Place, Run } from './changes-cursor.ts';

/** A database clock that was set back by no more is waited for. */
const patienceMillis = 600_000;

type Where = Record<string, unknown>;

/** One of the ways by which something comes to be told: rows in the order of a column and their ids. */
export interface RunStep {
  readonly column: string;
  readonly kind: 'NUMBER' | 'INSTANT' | 'TEXT';
  readonly where: Where;
}

/** The run that a cursor goes on with, or the next one; null while the clock is before it. */
export function runAfter(cursor: Cursor, now: Mark): Run | null {
  const { to, at } = cursor;
  const isSetBack = now.instant < to.instant;
  if (now.number < to.number || to.instant - now.instant > patienceMillis) {
    throw new PublicError('RESYNC_REQUIRED');
  }
  if (isSetBack) return null;
  return at ? cursor : { from: to, to: now, at: null };
}

/** Where the reader is after a page. */
export const reached = (run: Run, next: Place | null): Run =>
  next ? { ...run, at: next } : { from: null, to: run.to, at: null };

const parse: Readonly<Record<RunStep['kind'], (text: string) => unknown>> = {
  NUMBER: BigInt,
  INSTANT: (text) => new Date(text),
  TEXT: String,
};

/** Rows of a step after this one. The plain bound of the first column is what an index goes by. */
const laterInStep = ({ column, kind }: RunStep, text: string, id: string): Where => {
  const value = parse[kind](text);
  const later = { OR: [{ [column]: { gt: value } }, { id: { gt: id } }] };
  return { AND: [{ [column]: { gte: value } }, later] };
};

/** A row's value in the order of its step, as a text. */
const valueInStep = ({ column }: RunStep, row: object): string => {
  const value = (row as Where)[column];
  return value instanceof Date ? value.toISOString() : String(value);
};

export interface StepQuery {
  readonly where: Where;
  readonly orderBy: readonly Where[];
  readonly take: number;
}

/** The steps that are left of a run, each with what is left of it. */
export function stepsLeft<Step extends RunStep>({ at }: Run, steps: readonly Step[]) {
  return steps.flatMap((step, index) => {
    if (index < (at?.step ?? 0)) return [];
    const later = at?.step === index ? [laterInStep(step, at.value, at.id)] : [];
    return [{ step, index, where: { AND: [step.where, ...later] } satisfies Where }];
  });
}

interface Page<Step, Row> {
  readonly found: readonly { readonly step: Step; readonly row: Row }[];
  /** Null at the end of the run. */
  readonly next: Place | null;
}

/** The rows of a run from its place on; `find` reads those of one step. */
export async function readRun<Step extends RunStep, Row extends { readonly id: string }>(
  run: Run,
  steps: readonly Step[],
  first: number,
  find: (step: Step, query: StepQuery) => Promise<readonly Row[]>,
): Promise<Page<Step, Row>> {
  const found: { step: Step; row: Row; place: Place }[] = [];
  for (const { step, index, where } of stepsLeft(run, steps)) {
    if (found.length > first) break;
    const rows = await find(step, {
      where,
      orderBy: [{ [step.column]: 'asc' }, { id: 'asc' }],
      // One row more than fits tells whether there is more.
      take: first + 1 - found.length,
    });
    for (const row of rows) {
      found.push({ step, row, place: { step: index, value: valueInStep(step, row), id: row.id } });
    }
  }
  const page = found.slice(0, first);
  return { found: page, next: found.length > first ? (page.at(-1)?.place ?? null) : null };
}
