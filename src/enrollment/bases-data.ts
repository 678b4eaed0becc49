/** Reads what rates are a share of: population and labour force, and the groups that a scheme covers. */
import { knownAt, withReferences, type ObservationRow } from '../observation/data.ts';
import type { Context } from '../platform/context.ts';
import { denominatorRules, quartersOf, type Bases } from './denominators.ts';

const indicators = [...new Set(denominatorRules.flatMap(({ indicator }) => indicator ?? []))];

export interface BasesQuestion {
  readonly areaIds: readonly string[];
  readonly years: readonly string[];
  /** The only scheme that is asked for; all when null. */
  readonly scheme: string | null;
  /** Only what everybody may read, whatever else the caller may. */
  readonly publishedOnly?: boolean;
  /** What was known at this instant; now when left out. */
  readonly asOf?: Date | null;
}

export const published = ({ principal }: Context) => ({
  audience: 'PUBLISHED',
  publishedAt: { lte: new Date(principal.scope.instant) },
});

function readDenominators(
  context: Context,
  { areaIds, years, publishedOnly = false, asOf }: BasesQuestion,
): Promise<ObservationRow[]> {
  return context.db.observation.findMany({
    where: {
      ...knownAt(context, asOf),
      ...(publishedOnly ? published(context) : {}),
      areaId: { in: [...areaIds] },
      timePeriod: { in: years.flatMap((year) => [year, ...quartersOf(year)]) },
      indicator: { in: indicators },
      participantGroup: 'ALL',
      breakdown: '',
    },
    include: withReferences,
    orderBy: { figureId: 'asc' },
  });
}

/** The groups of Article 2 that a scheme covers, as the code mappings say. */
async function readCoveredGroups(context: Context, scheme: string): Promise<string[]> {
  const rows = await context.db.codeMapping.findMany({
    where: { relation: 'COVERED_BY', toList: 'SCHEME', toCode: scheme },
    orderBy: { fromCode: 'asc' },
  });
  return rows.map(({ fromCode }) => fromCode);
}

/** Participants of single groups count too, where a scheme's base is made of them. */
function readCovered(
  context: Context,
  groups: readonly string[],
  { areaIds, years, publishedOnly = false, asOf }: BasesQuestion,
): Promise<ObservationRow[]> {
  const [first] = [...years].sort();
  const last = [...years].sort().at(-1);
  return context.db.observation.findMany({
    where: {
      ...knownAt(context, asOf),
      ...(publishedOnly ? published(context) : {}),
      areaId: { in: [...areaIds] },
      indicator: 'PARTICIPANTS',
      scheme: 'COMPULSORY_SI',
      participantGroup: { in: [...groups] },
      breakdown: '',
      periodStart: { gte: new Date(`${first}-01-01`) },
      periodEnd: { lte: new Date(`${last}-12-31`) },
    },
    include: withReferences,
    orderBy: { figureId: 'asc' },
  });
}

export async function readBases(context: Context, question: BasesQuestion): Promise<Bases> {
  if (question.years.length === 0) return { known: [], coveredGroups: [] };
  const accident = 'OCCUPATIONAL_ACCIDENT';
  const isOfGroups = question.scheme === null || question.scheme === accident;
  const [denominators, coveredGroups] = await Promise.all([
    readDenominators(context, question),
    isOfGroups ? readCoveredGroups(context, accident) : [],
  ]);
  const covered = isOfGroups ? await readCovered(context, coveredGroups, question) : [];
  return { known: [...denominators, ...covered], coveredGroups };
}
