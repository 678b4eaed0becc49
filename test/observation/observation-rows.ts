/** Rows of figures that tests put beside the loaded ones. */
import type pg from 'pg';

export const longAgo = '2026-01-01T00:00:00Z';

export interface RowOptions {
  readonly value: number | null;
  readonly timePeriod: string;
  readonly indicator?: string;
  readonly audience?: 'PUBLISHED' | 'INTERNAL';
  readonly obsStatus?: string;
  readonly confStatus?: string;
  readonly unit?: string;
  readonly scheme?: string | null;
  readonly participantGroup?: string | null;
  readonly source?: string;
  readonly contributor?: string;
  readonly figure?: string;
  readonly knownFrom?: string;
  readonly knownTo?: string | null;
  readonly publishedAt?: string;
  readonly withdrawnAt?: string | null;
  readonly hasInternal?: boolean;
}

let serial = 0;

/** The first and last day of a year, month or day, as SQL would not know them. */
function bounds(timePeriod: string): [string, string] {
  if (timePeriod.length === 10) return [timePeriod, timePeriod];
  const [year = '', month] = timePeriod.split('-');
  if (!month) return [`${year}-01-01`, `${year}-12-31`];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return [`${timePeriod}-01`, `${timePeriod}-${last}`];
}

/** A row of the table `observation`, published long ago where nothing else is said. */
export function observationRow(areaId: string, row: RowOptions): object {
  serial += 1;
  const [start, end] = bounds(row.timePeriod);
  const indicator = row.indicator ?? 'POPULATION_COUNT';
  const topic = indicator === 'POPULATION_COUNT' ? 'POPULATION' : 'ENROLLMENT';
  const audience = row.audience ?? 'PUBLISHED';
  return {
    id: `row-${serial}`,
    figure_id: row.figure ?? `figure-${serial}`,
    audience,
    has_internal: row.hasInternal ?? false,
    topic,
    area_id: areaId,
    domain: topic,
    indicator,
    scheme: row.scheme ?? null,
    participant_group: row.participantGroup ?? null,
    scheme_components: [],
    sex: '_T',
    residence: '_T',
    breakdown: '',
    time_period: row.timePeriod,
    period_start: start,
    period_end: end,
    period_basis: 'PRINTED',
    value: row.value,
    decimals: row.value === null ? null : 0,
    unit: row.unit ?? 'PERSONS',
    obs_status: row.obsStatus ?? 'A',
    conf_status: row.confStatus ?? 'F',
    source_id: row.source ?? 'test-source',
    locator: 'table 1',
    contributor_id: row.contributor ?? 'si-vn',
    known_from: row.knownFrom ?? longAgo,
    known_to: row.knownTo ?? null,
    published_at: audience === 'PUBLISHED' ? (row.publishedAt ?? longAgo) : null,
    withdrawn_at: row.withdrawnAt ?? null,
  };
}

export async function insertSource(owner: pg.Pool, id: string, more: object = {}): Promise<void> {
  const source = { id, title: id, bibliographic_title: id, author_or_publisher: 'Test', ...more };
  await owner.query(`insert into source select (jsonb_populate_record(null::source, $1)).*`, [
    JSON.stringify({ kind: 'REPORT', nature: 'REPORTED', ...source }),
  ]);
}

/** As the owner, with the province of each area. */
export async function insertObservations(owner: pg.Pool, rows: readonly object[]): Promise<void> {
  await owner.query(
    `insert into observation
     select (jsonb_populate_record(null::observation, r || jsonb_build_object('province_id', a.province_id))).*
       from jsonb_array_elements($1::jsonb) r join area a on a.id = r ->> 'area_id'`,
    [JSON.stringify(rows)],
  );
}
