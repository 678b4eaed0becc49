/** Reads the targets of an area of today, and of what it was made of. */
import { areasById, findArea, type AreaKey } from '../area/data.ts';
import { readLineage } from '../area/lineage-data.ts';
import { unitIdsOf } from '../area/lineage.ts';
import { withReferences } from '../observation/data.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { targetWhere } from './data.ts';
import { restateTargets, type RestatedTarget } from './restated.ts';

/** Few targets are assigned to an area in a year. */
const targetsMax = 1_000;

export interface RestatedQuestion {
  readonly area: AreaKey;
  readonly indicator?: string | null | undefined;
  readonly scheme?: string | null | undefined;
  readonly participantGroup?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly asOf?: Date | null | undefined;
}

export async function readRestatedTargets(
  context: Context,
  { area: key, asOf, ...filter }: RestatedQuestion,
): Promise<RestatedTarget[]> {
  const area = await findArea(context, key);
  context.draft.areas.add(area.id);
  const lines = (await readLineage(context, area.id)).inCurrent(area.id);
  const ids = unitIdsOf(lines);
  const rows = await context.db.target.findMany({
    where: {
      ...(await targetWhere(context, filter, { asOf })),
      kind: 'QUANTIFIED',
      timePeriod: { not: null },
      areaId: { in: ids },
    },
    include: withReferences,
    orderBy: [{ periodStart: 'asc' }, { figureId: 'asc' }, { id: 'asc' }],
    take: targetsMax + 1,
  });
  if (rows.length > targetsMax) throw new PublicError('SERIES_TOO_LONG', { max: targetsMax });
  const areas = await areasById(context, ids);
  return restateTargets(lines, rows, new Map(areas.map((one) => [one.id, one])));
}
