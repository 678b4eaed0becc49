/** Rows of contribution debt for tests: made from a few words, inserted as the tables' owner. */
import type pg from 'pg';

export type Row = Readonly<Record<string, unknown>>;

const synthetic = { topic: 'DEBT', source_id: 'dien-bien-2024', contributor_id: 'si-vn' };
/** Facts of the marks are known since long ago. */
const knownFrom = '2025-01-01T00:00:00Z';

/** After anything that demonstration data tells of. */
export const day = '2031-03-31';

export const employer = (id: string, area: string, more: Row = {}): Row => ({
  ...synthetic,
  id,
  area_id: area,
  unit_code: `unit-${id}`,
  name_vi: `Công ty ${id}`,
  name_en: null,
  address: `Address of ${id}`,
  sector: 'MANUFACTURING',
  ownership: 'PRIVATE',
  size_band: 'W10_49',
  is_natural_person: false,
  office_id: 'office-vn',
  payment_cycle: 'MONTHLY',
  liable_from: '2020-01-01',
  registered_on: '2020-01-01',
  closed_on: null,
  ...more,
});

export const position = (
  employerId: string,
  amount: string | number | bigint,
  more: Row = {},
): Row => ({
  ...synthetic,
  id: `position-${employerId}`,
  audience: 'INTERNAL',
  employer_id: employerId,
  as_of: day,
  state: 'LATE_UNPAID',
  state_since: '2031-01-01',
  legal_basis: 'Art 38',
  amount: String(amount),
  months_late: 3,
  oldest_due_on: '2030-12-31',
  workers_affected: 20,
  workers_band: 'W10_49',
  ...more,
});

const funds = ['retirement', 'sickness', 'accident', 'unemployment', 'health'];

/** What of a position is owed to each fund, in the order of list FUND. */
export const split = (...amounts: readonly (number | bigint | null)[]): Row =>
  Object.fromEntries(
    funds.map((fund, n) => [`amount_${fund}`, amounts[n] == null ? null : String(amounts[n])]),
  );

/** What a union is told of the same position: no fund, and of fewer than 10 workers the band alone. */
export function forParties(row: Row): Row {
  const workers = Number(row['workers_affected']);
  const told = workers < 10 ? { workers_affected: null, workers_band: 'W1_9' } : {};
  return { ...row, ...told, ...split(), id: `${String(row['id'])}-party`, audience: 'PARTY' };
}

/** The same amount due and paid to each of the five funds. */
export function obligation(
  employerId: string,
  month: string,
  [due, paid]: readonly [number | bigint, number | bigint],
  more: Row = {},
): Row {
  const amounts = funds.flatMap((fund) => [
    [`due_${fund}`, String(due)],
    [`paid_${fund}`, String(paid)],
  ]);
  return {
    ...synthetic,
    employer_id: employerId,
    time_period: month,
    period_start: `${month}-01`,
    due_on: `${month}-28`,
    payment_cycle: 'MONTHLY',
    registered_on: null,
    workers: 20,
    contribution_base: '100000000',
    known_from: knownFrom,
    ...Object.fromEntries(amounts),
    ...more,
  };
}

export const payment = (employerId: string, receivedOn: string, amount: string): Row => ({
  ...synthetic,
  id: `payment-${employerId}-${receivedOn}`,
  employer_id: employerId,
  received_on: receivedOn,
  amount,
  reversed_on: null,
  known_from: knownFrom,
});

export const event = (id: string, employerId: string, kind: string, more: Row = {}): Row => ({
  ...synthetic,
  id,
  employer_id: employerId,
  kind,
  occurred_on: '2031-02-01',
  agency_id: 'si-dien-bien',
  participant_ids: [],
  confirmed_at: null,
  amount: null,
  agreed_by: null,
  kept: null,
  note: null,
  stage: 'DONE',
  cause: null,
  from_on: null,
  until_on: null,
  time_periods: [],
  known_from: knownFrom,
  ...more,
});

export const registrationDuty = (id: string, employerId: string, more: Row = {}): Row => ({
  ...synthetic,
  id,
  employer_id: employerId,
  duty_from: '2025-08-01',
  registered_on: null,
  workers: 3,
  amount: null,
  known_from: knownFrom,
  ...more,
});

export const underdeclaration = (id: string, employerId: string, more: Row = {}): Row => ({
  ...synthetic,
  id,
  employer_id: employerId,
  time_period: '2025-08',
  registered_base: '70000000',
  legal_base: '100000000',
  workers: 10,
  corrected_on: null,
  amount: null,
  known_from: knownFrom,
  ...more,
});

/** A claim that the insurance agency has confirmed. */
export const presence = (employerId: string, union: string, more: Row = {}): Row => ({
  ...synthetic,
  employer_id: employerId,
  agency_id: union,
  since: '2020-01-01',
  ended_on: null,
  claimed_at: '2025-01-01T00:00:00Z',
  confirmed_at: '2025-02-01T00:00:00Z',
  confirmed_by: 'si-vn',
  ...more,
});
export const unconfirmed = { confirmed_at: null, confirmed_by: null };

export const list = (id: string, area: string, more: Row = {}): Row => ({
  ...synthetic,
  id,
  area_id: area,
  time_period: '2031-Q1',
  version: 1,
  debt_on: '2031-03-31',
  paid_until: '2031-04-10',
  prepared_by: `preparer of ${id}`,
  approved_by: `approver of ${id}`,
  published_at: '2026-01-01T00:00:00Z',
  withdrawn_at: null,
  ...more,
});

/** An entry is published like its list. */
export const entry = (
  id: string,
  of: Row,
  amount: string | number | bigint,
  more: Row = {},
): Row => ({
  ...synthetic,
  id,
  area_id: of['area_id'],
  list_id: of['id'],
  unit_code: `unit-${id}`,
  name_vi: `Công ty ${id}`,
  address: `Address of ${id}`,
  office_name_vi: 'Cơ quan',
  office_name_en: 'Office',
  listed_as: 'LATE',
  workers: 30,
  months_late: 4,
  amount: String(amount),
  published_at: of['published_at'],
  withdrawn_at: of['withdrawn_at'],
  ...more,
});

export interface DebtRows {
  readonly employers?: readonly Row[];
  readonly positions?: readonly Row[];
  readonly obligations?: readonly Row[];
  readonly payments?: readonly Row[];
  readonly events?: readonly Row[];
  readonly registrationDuties?: readonly Row[];
  readonly underdeclarations?: readonly Row[];
  readonly presences?: readonly Row[];
  readonly lists?: readonly Row[];
  readonly entries?: readonly Row[];
}

/** What lies at an area takes its province, what belongs to an employer the employer's place. */
async function insert(
  owner: pg.Pool,
  table: string,
  rows: readonly Row[],
  by: 'AREA' | 'EMPLOYER',
) {
  const place =
    by === 'AREA' ? "area p on p.id = r ->> 'area_id'" : "employer p on p.id = r ->> 'employer_id'";
  const areaId = by === 'AREA' ? 'p.id' : 'p.area_id';
  const { rowCount } = await owner.query(
    `insert into ${table}
     select (jsonb_populate_record(null::${table},
       r || jsonb_build_object('area_id', ${areaId}, 'province_id', p.province_id))).*
     from jsonb_array_elements($1::jsonb) r join ${place}`,
    [JSON.stringify(rows)],
  );
  if (rowCount !== rows.length) throw new Error(`${table}: a row names no place.`);
}

export async function insertDebt(owner: pg.Pool, rows: DebtRows): Promise<void> {
  await insert(owner, 'employer', rows.employers ?? [], 'AREA');
  await insert(owner, 'debt_position', rows.positions ?? [], 'EMPLOYER');
  await insert(owner, 'obligation', rows.obligations ?? [], 'EMPLOYER');
  await insert(owner, 'payment', rows.payments ?? [], 'EMPLOYER');
  await insert(owner, 'debt_event', rows.events ?? [], 'EMPLOYER');
  await insert(owner, 'registration_duty', rows.registrationDuties ?? [], 'EMPLOYER');
  await insert(owner, 'underdeclaration', rows.underdeclarations ?? [], 'EMPLOYER');
  await insert(owner, 'union_presence', rows.presences ?? [], 'EMPLOYER');
  await insert(owner, 'statutory_list', rows.lists ?? [], 'AREA');
  await insert(owner, 'statutory_list_entry', rows.entries ?? [], 'AREA');
}
