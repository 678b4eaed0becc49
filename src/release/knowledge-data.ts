/** What the audience knows or will know of a family: other releases, versions and published figures. */
import type { CellKind } from '../disclosure/table.ts';
import type { Context } from '../platform/context.ts';
import type { Release, ReleaseCell } from '../platform/prisma/client.ts';
import { cellKey, type Sight } from './cell.ts';
import type { Layer, StatedCell } from './family.ts';

interface KnownOf {
  readonly lower: bigint | null;
  readonly upper: bigint | null;
  readonly below: bigint | null;
  readonly above: bigint | null;
}

const sight = ({ lower, upper, below, above }: KnownOf): Sight => ({
  ...(lower === null ? {} : { lower }),
  ...(upper === null ? {} : { upper }),
  ...(below === null || above === null ? {} : { required: { lower: below, upper: above } }),
});

/** As published: shown to everybody, or suppressed. */
const decided = (cell: ReleaseCell): StatedCell => ({
  key: cell.key,
  kind: cell.kind as CellKind,
  value: cell.value,
  state: cell.shown ? 'PUBLIC' : 'HIDDEN',
  sights: {
    PUBLIC: sight({
      lower: cell.knownLower,
      upper: cell.knownUpper,
      below: cell.requiredLower,
      above: cell.requiredUpper,
    }),
    COALITION: sight({
      lower: cell.coalitionLower,
      upper: cell.coalitionUpper,
      below: cell.coalitionRequiredLower,
      above: cell.coalitionRequiredUpper,
    }),
  },
});

/** The cells of a release that is protected, as they are published. */
export async function readDecidedLayer({ db }: Context, release: string): Promise<Layer> {
  const cells = await db.releaseCell.findMany({
    where: { releaseId: release },
    orderBy: { key: 'asc' },
  });
  return { name: release, cells: cells.map(decided) };
}

/**
 * Releases that are published, will be, or were withdrawn, in the order of their approval. What was once
 * decided to be shown counts as known, whatever became of it.
 */
export async function readOtherReleases(context: Context, release: Release): Promise<Layer[]> {
  const others = await context.db.release.findMany({
    where: { topic: release.topic, approvedAt: { not: null }, id: { not: release.id } },
    orderBy: [{ approvedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  const layers: Layer[] = [];
  for (const { id } of others) layers.push(await readDecidedLayer(context, id));
  return layers.filter(({ cells }) => cells.length > 0);
}

interface PublishedRow {
  readonly indicator: string;
  readonly area_id: string;
  readonly scheme: string | null;
  readonly participant_group: string | null;
  readonly breakdown: string;
  readonly time_period: string;
  readonly value: string;
  readonly unit: string;
}

const kinds: Readonly<Record<string, CellKind>> = {
  PERSONS: 'PERSONS',
  EMPLOYERS: 'EMPLOYERS',
  VND: 'MONEY',
};

/** Whole numbers published outside releases: documents, loads, earlier versions of them, future ones too. */
export async function readPublishedFigures(context: Context, topic: string): Promise<Layer> {
  const rows = await context.db.$queryRaw<PublishedRow[]>`
    select distinct indicator, area_id, scheme, participant_group, breakdown, time_period, value::text as value, unit
    from observation o
    where topic = ${topic} and audience = 'PUBLISHED' and value is not null and value >= 0 and value = trunc(value)
      and value < 1000000000000000
      and sex = '_T' and residence = '_T' and time_period is not null and unit = any(${Object.keys(kinds)}::text[])
      and not exists (select from release_cell c where c.release_id = o.release_id)
    order by 1, 2, 3, 4, 5, 6, 7`;
  return {
    name: 'published',
    cells: rows.map((row) => ({
      key: cellKey({
        indicator: row.indicator,
        areaId: row.area_id,
        scheme: row.scheme,
        participantGroup: row.participant_group,
        breakdown: row.breakdown,
        timePeriod: row.time_period,
      }),
      kind: kinds[row.unit]!,
      value: BigInt(row.value.split('.')[0]!),
      state: 'PUBLIC',
    })),
  };
}
