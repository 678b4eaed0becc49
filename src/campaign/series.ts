/** Series of outputs: what one source counts by one measure over time, with its totals. Pure. */
import { sum, type DerivedFigure } from '../observation/derive.ts';
import type { SeriesRule, Source } from '../platform/prisma/client.ts';
import type { OutputFigure } from './output.ts';

export interface OutputSeries {
  readonly code: string;
  readonly measure: string;
  readonly channel: string;
  readonly source: Source;
  /** Null where none is recorded; nothing is added then. */
  readonly rule: SeriesRule | null;
  /** In order of period, without totals. */
  readonly outputs: readonly OutputFigure[];
  readonly printedTotal: OutputFigure | null;
  /** Null where the outputs are of one period. */
  readonly computedTotal: DerivedFigure | null;
}

interface Span {
  readonly start: Date;
  readonly end: Date;
}

const dayMillis = 86_400_000;
const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);
const startOf = ({ periodStart }: OutputFigure) => periodStart?.getTime() ?? Infinity;
const endOf = ({ periodEnd }: OutputFigure) => periodEnd?.getTime() ?? Infinity;

/** Oldest first, without a period last. */
const byPeriod = (a: OutputFigure, b: OutputFigure) =>
  compare(startOf(a), startOf(b)) ||
  compare(endOf(a), endOf(b)) ||
  compare(a.figureId, b.figureId) ||
  compare(a.id, b.id);

/** The distinct periods, oldest first; null when one is not stated. */
function spansOf(outputs: readonly OutputFigure[]): Span[] | null {
  const spans = new Map<string, Span>();
  for (const { periodStart: start, periodEnd: end } of outputs) {
    if (!start || !end) return null;
    spans.set(`${start.getTime()} ${end.getTime()}`, { start, end });
  }
  return [...spans.values()].sort((a, b) => compare(a.start.getTime(), b.start.getTime()));
}

/** The day after one period is compared with the first day of the next. */
const everyStep = (spans: readonly Span[], holds: (gapDays: number) => boolean) =>
  spans
    .slice(1)
    .every(({ start }, i) => holds((start.getTime() - spans[i]!.end.getTime()) / dayMillis - 1));

/** Whether no event can be in the sum twice: periods apart, and each activity once in its period. */
function areDistinct(outputs: readonly OutputFigure[], spans: readonly Span[]): boolean {
  const keys = outputs.map(({ timePeriod, activityName, partnerId }) =>
    JSON.stringify([timePeriod, activityName, partnerId]),
  );
  return new Set(keys).size === keys.length && everyStep(spans, (gapDays) => gapDays >= 0);
}

/** First day and length (ISO 8601), in the largest unit that fits. */
function rangeText({ start, end }: Span): string {
  const next = new Date(end.getTime() + dayMillis);
  const months =
    (next.getUTCFullYear() - start.getUTCFullYear()) * 12 +
    next.getUTCMonth() -
    start.getUTCMonth();
  const isWhole = next.getUTCDate() === start.getUTCDate();
  const days = Math.round((next.getTime() - start.getTime()) / dayMillis);
  const length = !isWhole ? `${days}D` : months % 12 ? `${months}M` : `${months / 12}Y`;
  return `${start.toISOString().slice(0, 10)}/P${length}`;
}

/** What a sum can be said to be: exact only where all of it is. */
function qualifierOf(outputs: readonly OutputFigure[]): string | null {
  const all = new Set(outputs.map(({ qualifier }) => qualifier ?? 'EXACT'));
  const [only = 'EXACT', ...others] = [...all].filter((qualifier) => qualifier !== 'EXACT');
  return others.length > 0 ? 'ABOUT' : only;
}

/** The exact sum over the periods; without value, and with the reason, where there may be none. */
function sumOf(
  outputs: readonly OutputFigure[],
  rule: SeriesRule | null,
): { readonly total: DerivedFigure; readonly span: Span | null } | null {
  const [first, ...rest] = outputs;
  if (!first || new Set(outputs.map(({ timePeriod }) => timePeriod)).size < 2) return null;
  const spans = spansOf(outputs);
  const mayAdd = rule?.additiveOverTime === true && spans && areDistinct(outputs, spans);
  const total = sum([first, ...rest], { refused: mayAdd ? null : 'NOT_ADDITIVE' });
  const span = spans && {
    start: spans[0]!.start,
    end: new Date(Math.max(...spans.map(({ end }) => end.getTime()))),
  };
  // Over a gap the sum is of its inputs, and of no period that could be named.
  const isWhole = spans !== null && everyStep(spans, (gapDays) => gapDays <= 0);
  return {
    span,
    total: {
      ...total,
      qualifier: total.value === null ? null : qualifierOf(outputs),
      timePeriod: span && isWhole ? rangeText(span) : null,
      periodBasis: isWhole ? 'INFERRED' : 'NOT_STATED',
    },
  };
}

/** The printed total of the same period, else the newest. */
function printedTotalOf(totals: readonly OutputFigure[], span: Span | null): OutputFigure | null {
  const same = totals.find(
    (total) => startOf(total) === span?.start.getTime() && endOf(total) === span.end.getTime(),
  );
  return same ?? totals.at(-1) ?? null;
}

/**
 * One series per code, measure, channel and source: what differs in one of them is never added, and
 * demonstration data is never mixed into what a document reports.
 */
export function assembleSeries(
  outputs: readonly OutputFigure[],
  rules: readonly SeriesRule[],
): OutputSeries[] {
  const groups = new Map<string, OutputFigure[]>();
  for (const output of [...outputs].sort(byPeriod)) {
    const key = JSON.stringify([output.series, output.measure, output.channel, output.sourceId]);
    groups.set(key, [...(groups.get(key) ?? []), output]);
  }
  return [...groups.values()].map((group) => {
    const { series, measure, channel, source } = group[0]!;
    const rule = rules.find((one) => one.series === series && one.measure === measure) ?? null;
    const parts = group.filter(({ isTotal }) => !isTotal);
    const totals = group.filter(({ isTotal }) => isTotal);
    const added = sumOf(parts, rule);
    return {
      code: series ?? '',
      measure,
      channel,
      source,
      rule,
      outputs: parts,
      printedTotal: printedTotalOf(totals, added?.span ?? null),
      computedTotal: added?.total ?? null,
    };
  });
}
