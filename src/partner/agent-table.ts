/** The agent systems of an area as the table that a source prints, with the sums computed. Pure. */
import { sum, type DerivedFigure } from '../observation/derive.ts';
import { measure, type Figure, type MeasuredFigure } from '../observation/figure.ts';

/** What a system's measures are made of. */
export type SystemRow = Pick<
  Figure,
  'areaId' | 'area' | 'timePeriod' | 'periodBasis' | 'obsStatus' | 'confStatus' | 'source'
> & {
  readonly id: string;
  readonly topic: string;
  readonly contributorId: string;
  readonly locator: string;
  readonly isTotal: boolean;
  readonly agentStaff: number | null;
  readonly collectionPoints: number | null;
};

export const staffOf = (row: SystemRow): MeasuredFigure =>
  measure(row, row.agentStaff, { indicator: 'AGENT_STAFF', unit: 'PERSONS' });

export const pointsOf = (row: SystemRow): MeasuredFigure =>
  measure(row, row.collectionPoints, { indicator: 'COLLECTION_POINTS', unit: 'POINTS' });

/** One source's systems of one period. */
export interface AgentSystemTable<Row extends SystemRow = SystemRow> {
  readonly source: Row['source'];
  readonly timePeriod: string | null;
  /** In the order of the source. */
  readonly rows: readonly Row[];
  readonly printedTotal: Row | null;
  readonly computedStaff: DerivedFigure | null;
  readonly computedPoints: DerivedFigure | null;
}

function sumOf(figures: readonly MeasuredFigure[]): DerivedFigure | null {
  const [first, ...others] = figures;
  return first ? sum([first, ...others]) : null;
}

const inPrint = new Intl.Collator('en', { numeric: true });

/** One table per source and period: nothing is added over sources, or over periods. */
export function assembleTables<Row extends SystemRow>(
  systems: readonly Row[],
): AgentSystemTable<Row>[] {
  const groups = new Map<string, Row[]>();
  for (const row of systems) {
    const key = JSON.stringify([row.source?.id, row.timePeriod]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const rows = group
        .filter((row) => !row.isTotal)
        .sort((a, b) => inPrint.compare(a.locator, b.locator) || (a.id < b.id ? -1 : 1));
      return {
        source: group[0]?.source ?? null,
        timePeriod: group[0]?.timePeriod ?? null,
        rows,
        printedTotal: group.find((row) => row.isTotal) ?? null,
        computedStaff: sumOf(rows.map(staffOf)),
        computedPoints: sumOf(rows.map(pointsOf)),
      };
    });
}

type PointRow = Pick<SystemRow, 'id' | 'topic' | 'contributorId' | 'areaId' | 'area'> & {
  readonly staff: number;
  readonly publishedAt: Date | null;
};

/** A point's staff is what its register says now; it is told of no period. */
export function staffAtPoint(point: PointRow, source: Figure['source']): MeasuredFigure {
  const register = { timePeriod: null, periodBasis: 'NOT_STATED', obsStatus: 'A', locator: null };
  const confStatus = point.publishedAt === null ? 'N' : 'F';
  const row = { ...point, ...register, confStatus, source };
  return measure(row, point.staff, { indicator: 'AGENT_STAFF', unit: 'PERSONS' });
}
