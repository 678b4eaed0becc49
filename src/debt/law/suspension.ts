/** Which months of the retirement fund are suspended, and when their amounts fall due after it (Art 37). Pure. */
import {
  addDays,
  addMonths,
  compareText,
  earlier,
  firstDayOf,
  lastDayOf,
  later,
  monthOf,
  type Day,
  type Month,
} from './days.ts';
import { shifted } from './due.ts';
import type { SuspensionFact } from './facts.ts';
import { basisOf, type Basis, type LegalParameters } from './parameters.ts';

/** Months without a gap that wait for one due date. */
export interface Run {
  readonly from: Month;
  /** Inclusive. */
  readonly to: Month;
  /** The decisions that it is made of. */
  readonly spans: readonly Span[];
  readonly basis: Basis;
}

interface Span {
  readonly from: Month;
  readonly to: Month | null;
  readonly decidedOn: Day;
}

const lengthCode = 'SUSPENSION_MAX_MONTHS';

/** The parameter that limits a run; a suspension older than the law is held to the law's first one. */
function limitOf(parameters: LegalParameters, from: Month) {
  const start = parameters.startOf(lengthCode);
  if (start === null) return null;
  const day = later(firstDayOf(from), start);
  const months = parameters.count(lengthCode, day);
  const row = parameters.at(lengthCode, day);
  return months === null || row === null ? null : { months, basis: basisOf(row) };
}

function spanOf(fact: SuspensionFact, day: Day): Span | null {
  const { fromMonth, toMonth, endedOn } = fact;
  const ended = endedOn != null && endedOn <= day ? monthOf(endedOn) : null;
  const to = ended && toMonth ? earlier(ended, toMonth) : (ended ?? toMonth ?? null);
  return to !== null && to < fromMonth ? null : { from: fromMonth, to, decidedOn: fact.decidedOn };
}

interface Joined {
  readonly from: Month;
  readonly to: Month | null;
  readonly spans: readonly Span[];
}

/** Suspensions that follow each other without a gap are one, so that the limit cannot be met twice. */
function joined(spans: readonly Span[]): Joined[] {
  const runs: Joined[] = [];
  for (const span of spans) {
    const last = runs.at(-1);
    if (last && (last.to === null || span.from <= addMonths(last.to, 1))) {
      const to = last.to === null || span.to === null ? null : later(last.to, span.to);
      runs[runs.length - 1] = { from: last.from, to, spans: [...last.spans, span] };
    } else runs.push({ from: span.from, to: span.to, spans: [span] });
  }
  return runs;
}

/**
 * What waits together: a decision goes on with the one before it if it came while that could still be paid in time. A
 * later one begins anew, because what is late by then is none of its months.
 */
function waiting(
  parameters: LegalParameters,
  spans: readonly Span[],
  last: Month,
  basis: Basis,
): Run[] {
  const runs: Run[] = [];
  for (const span of spans.filter(({ from }) => from <= last)) {
    const to = span.to === null ? last : earlier(span.to, last);
    const before = runs.at(-1);
    if (before && (to <= before.to || span.decidedOn <= lastDayToPay(parameters, before))) {
      const all = [...before.spans, span];
      runs[runs.length - 1] = { from: before.from, to: later(before.to, to), spans: all, basis };
    } else runs.push({ from: span.from, to, spans: [span], basis });
  }
  return runs;
}

/** The runs as they stood on a day, the months beyond the limit left out. */
export function runsOn(
  parameters: LegalParameters,
  suspensions: readonly SuspensionFact[],
  day: Day,
): Run[] {
  const spans = suspensions
    .filter((fact) => fact.decidedOn <= day)
    .flatMap((fact) => spanOf(fact, day) ?? [])
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.decidedOn, b.decidedOn));
  return joined(spans).flatMap(({ from, spans: parts }) => {
    const limit = limitOf(parameters, from);
    if (!limit || limit.months === 0) return [];
    return waiting(parameters, parts, addMonths(from, limit.months - 1), limit.basis);
  });
}

/** The newest, where a later decision takes a month up again. */
export const runOf = (runs: readonly Run[], month: Month): Run | null =>
  runs.findLast(({ from, to }) => from <= month && month <= to) ?? null;

/** The day of the first decision that reaches the month. */
export const decidedOn = ({ spans }: Run, month: Month): Day =>
  spans
    .filter(({ from, to }) => from <= month && (to === null || month <= to))
    .map((span) => span.decidedOn)
    .sort()[0]!;

/** The first day on which the run is over. */
export const releasedOn = ({ to }: Run): Day => addDays(lastDayOf(to), 1);

const catchUpCode = 'SUSPENSION_CATCH_UP_DUE';

/** The last day to pay what was suspended; null where nobody has set the rule, or it was over under the law before. */
export function catchUpDue(parameters: LegalParameters, { to }: Run) {
  const candidate = lastDayOf(addMonths(to, 1));
  const row = parameters.verified(catchUpCode, candidate);
  const start = parameters.startOf(catchUpCode);
  const isOld = start !== null && candidate < start;
  if (row?.value !== 'LAST_DAY_OF_NEXT_MONTH') return { dueOn: null, candidate, basis: [], isOld };
  return { dueOn: shifted(parameters, candidate), candidate, basis: [basisOf(row)], isOld };
}

function lastDayToPay(parameters: LegalParameters, run: Run): Day {
  const { dueOn, candidate } = catchUpDue(parameters, run);
  return dueOn ?? candidate;
}

/** Every day on which what is suspended may change. */
export function turningDays(
  parameters: LegalParameters,
  suspensions: readonly SuspensionFact[],
  until: Day,
): Day[] {
  const decisions = suspensions.flatMap((fact) => [
    fact.decidedOn,
    ...(fact.endedOn == null ? [] : [fact.endedOn]),
  ]);
  const ends = decisions.flatMap((day) => runsOn(parameters, suspensions, day).map(releasedOn));
  return [...new Set([...decisions, ...ends])].filter((day) => day <= until);
}
