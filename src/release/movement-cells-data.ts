/** The cells of a release of enrolment: stocks by commune and above, and what moved between them. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Release } from '../platform/prisma/client.ts';
import { cellKey, type CellPlace, type SourceCell } from './cell.ts';
import { dataflowOrThrow, monthEndsOrThrow } from './dataflows.ts';
import type { Territory } from './territory-data.ts';

interface MovementRow {
  readonly area_id: string;
  readonly scheme: string;
  readonly participant_group: string;
  readonly month: string;
  readonly closing: number;
  readonly joined: number;
  readonly returned: number;
  readonly gone: number;
}

/** Social insurance is its compulsory and its voluntary part. */
export const seriesBranches = [
  { parent: 'SOCIAL_INSURANCE/ALL', children: ['COMPULSORY_SI/EMPLOYEES', 'VOLUNTARY_SI/ALL'] },
];

const listedMax = 5;

function readRows(context: Context, communes: readonly string[], months: readonly string[]) {
  return context.db.$queryRaw<MovementRow[]>`
    select area_id, scheme, participant_group, time_period as month, closing, joined, returned,
      left_withdrawal + left_pension + left_other_scheme + left_moved + left_stopped as gone
    from enrolment_movement
    where area_id = any(${communes}::text[]) and time_period = any(${months}::text[])`;
}

/** A table with holes would tell by its sums what the holes are. */
function assertWhole(
  rows: readonly MovementRow[],
  expected: ReadonlyMap<string, readonly string[]>,
) {
  const series = [...new Set(rows.map((row) => `${row.scheme}/${row.participant_group}`))];
  const held = new Set(
    rows.map((row) => `${row.month} ${row.area_id} ${row.scheme}/${row.participant_group}`),
  );
  const missing = [...expected].flatMap(([month, communes]) =>
    communes.flatMap((commune) =>
      (series.length > 0 ? series : ['any scheme'])
        .filter((one) => !held.has(`${month} ${commune} ${one}`))
        .map((one) => `${commune} ${one} ${month}`),
    ),
  );
  if (missing.length === 0 && rows.length > 0) return;
  const cells = missing.slice(0, listedMax).join('; ');
  throw new PublicError('RELEASE_CELLS_MISSING', { count: missing.length, cells });
}

/** The measures of a row: the stock on the last day of the month, and the flows in it. */
function* measuresOf(row: MovementRow, monthEnd: string, hasFlows: boolean) {
  const base = {
    areaId: row.area_id,
    scheme: row.scheme,
    participantGroup: row.participant_group,
    breakdown: '',
    unit: 'PERSONS',
    kind: 'PERSONS',
  } as const;
  const stock = { timePeriod: monthEnd, periodStart: monthEnd, periodEnd: monthEnd };
  yield { ...base, ...stock, indicator: 'PARTICIPANTS', value: BigInt(row.closing) };
  if (!hasFlows) return;
  const flow = { timePeriod: row.month, periodStart: `${row.month}-01`, periodEnd: monthEnd };
  const counts = {
    ENROLMENT_JOINED: row.joined,
    ENROLMENT_RETURNED: row.returned,
    ENROLMENT_LEFT: row.gone,
  };
  for (const [indicator, count] of Object.entries(counts)) {
    yield { ...base, ...flow, indicator, value: BigInt(count) };
  }
}

/** Adds a cell to those above it: in its areas, and in the sum of its schemes. */
class Table {
  readonly cells = new Map<string, SourceCell>();

  add(cell: SourceCell): void {
    const key = cellKey(cell);
    const before = this.cells.get(key);
    this.cells.set(key, before ? { ...before, value: before.value + cell.value } : cell);
  }
}

function schemesOf(
  place: CellPlace,
  isSummed: boolean,
): Pick<CellPlace, 'scheme' | 'participantGroup'>[] {
  const own = { scheme: place.scheme, participantGroup: place.participantGroup };
  const [branch] = seriesBranches;
  const isPart = branch?.children.includes(`${own.scheme}/${own.participantGroup}`);
  const [scheme = '', participantGroup = ''] = branch?.parent.split('/') ?? [];
  return isSummed && isPart ? [own, { scheme, participantGroup }] : [own];
}

/** The areas of the release that hold a commune: itself, its province where there are several, the release's own. */
function areasAbove(commune: string, release: Release, territory: Territory): string[] {
  const province = territory.provinceOf(commune);
  const isNational = release.provinceId === null;
  return [...new Set([commune, ...(isNational && province ? [province] : []), release.areaId])];
}

/** Every cell of the release, communes first summed up to its area. Refuses a table with holes. */
export async function readMovementCells(
  context: Context,
  release: Release,
  territory: Territory,
): Promise<SourceCell[]> {
  const dataflow = dataflowOrThrow(release.dataflow);
  const ends = monthEndsOrThrow(dataflow, release.timePeriod);
  const endOf = new Map(ends.map((end) => [end.slice(0, 7), end]));
  const expected = new Map(
    ends.map((end) => [end.slice(0, 7), territory.communesOf(release.areaId, end)]),
  );
  const communes = [...new Set([...expected.values()].flat())];
  const rows = await readRows(context, communes, [...endOf.keys()]);
  assertWhole(rows, expected);
  const series = new Set(rows.map((row) => `${row.scheme}/${row.participant_group}`));
  const isSummed = seriesBranches[0]!.children.every((child) => series.has(child));
  const table = new Table();
  for (const row of rows) {
    const areas = areasAbove(row.area_id, release, territory);
    for (const cell of measuresOf(row, endOf.get(row.month)!, dataflow.hasFlows)) {
      for (const scheme of schemesOf(cell, isSummed)) {
        for (const areaId of areas) table.add({ ...cell, ...scheme, areaId });
      }
    }
  }
  return [...table.cells.values()];
}
