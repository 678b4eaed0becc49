/** Gathers the figures of coverage of an area and period, and puts the rows together. */
import { figureLoader, figuresAt, type ObservationRow } from '../observation/data.ts';
import type { Figure } from '../observation/figure.ts';
import type { Context } from '../platform/context.ts';
import { parsePeriodOrThrow, yearBefore } from '../platform/period.ts';
import { formatDay } from '../platform/scalars.ts';
import { readBases } from './bases-data.ts';
import { assembleCoverage, type Coverage } from './coverage.ts';
import {
  closingMonth,
  readClosings,
  readEnrolment,
  readPlans,
  type CoverageQuestion,
  type TargetRow,
} from './data.ts';
import { yearOf } from './denominators.ts';

/** A figure as of the last day of a period answers the question of the period. */
export function withLastDay(timePeriod: string): string[] {
  return [...new Set([timePeriod, formatDay(parsePeriodOrThrow(timePeriod).end)])];
}

const stockOf = ({ indicator, scheme, participantGroup, timePeriod }: Figure) =>
  [indicator, scheme, participantGroup, timePeriod].join('|');

/** What is recorded of a period, and the closing counts of the month that ends it. */
export async function readFigures(
  context: Context,
  question: CoverageQuestion,
  timePeriod: string,
): Promise<Figure[]> {
  const month = closingMonth(parsePeriodOrThrow(timePeriod).end);
  const [recorded, closings] = await Promise.all([
    readEnrolment(context, question),
    // They hold no versions: what was known of them earlier can't be told.
    month && question.asOf === null ? readClosings(context, question, month) : [],
  ]);
  // A stock that a release states is the closing count itself, and is met once.
  const stated = new Set(recorded.map(stockOf));
  return [...recorded, ...closings.filter((closing) => !stated.has(stockOf(closing)))];
}

/** The figures behind unprinted plans; an id that the caller may not read, or meets twice, is left out. */
async function readDerivables(
  context: Context,
  plans: readonly TargetRow[],
  asOf: Date | null,
): Promise<ReadonlyMap<string, Figure>> {
  const ids = [...new Set(plans.flatMap(({ derivableFrom }) => derivableFrom))];
  const lists = asOf
    ? await figuresAt(context, ids, asOf)
    : await Promise.all(ids.map((id) => figureLoader(context).load(id)));
  const only = (rows: readonly ObservationRow[]) => (rows.length === 1 ? rows : []);
  return new Map(lists.flatMap((rows) => only(rows).map((row) => [row.figureId, row] as const)));
}

export interface CoverageOf {
  readonly areaId: string;
  readonly timePeriod: string;
  readonly scheme?: string | null | undefined;
  readonly participantGroup?: string | null | undefined;
  /** What was known at this instant; null for now. */
  readonly asOf: Date | null;
}

export async function readCoverage(context: Context, of: CoverageOf): Promise<Coverage[]> {
  const { areaId, timePeriod, asOf } = of;
  const scheme = of.scheme ?? null;
  const participantGroup = of.participantGroup ?? null;
  const rest = { areaId, scheme, participantGroup, asOf };
  const before = yearBefore(timePeriod);
  const years = [timePeriod, before].flatMap((period) => yearOf(period) ?? []);
  const at = (period: string) =>
    readFigures(context, { ...rest, timePeriods: withLastDay(period) }, period);
  const [figures, earlier, bases] = await Promise.all([
    at(timePeriod),
    before ? at(before) : [],
    readBases(context, { areaIds: [areaId], years, scheme, asOf }),
  ]);
  const figureIds = figures.flatMap(({ figureId }) => figureId ?? []);
  const question = { ...rest, timePeriods: withLastDay(timePeriod) };
  const plans = await readPlans(context, question, figureIds);
  const derivables = await readDerivables(context, plans, asOf);
  return assembleCoverage({ figures, plans, earlier, bases, derivables });
}
