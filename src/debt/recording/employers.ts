/** Records rows of employers: all of them or none, each new, a correction, or what is said already. */
import type { AreaKey } from '../../area/data.ts';
import type { Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import { dayIn, formatDay } from '../../platform/scalars.ts';
import { reachesInside } from '../../platform/scope.ts';
import { inTransaction } from '../../platform/transaction.ts';
import {
  areasOfKeys,
  firstMonthsOwed,
  officesKnown,
  ownEmployerColumns,
  writeEmployers,
  wrongCodes,
  wrongEmployers,
} from '../employer-entry-data.ts';
import { employersNamed, lockEmployers } from '../recording-data.ts';
import type { Columns } from './fact-kind.ts';
import { assertRowCount, isSame, type Recorded } from './record.ts';
import { RowChecks, shown, type RowCheck } from './row-check.ts';

export interface EmployerGiven {
  readonly unitCode: string;
  readonly area: AreaKey;
  readonly nameVi: string;
  readonly nameEn?: string | null | undefined;
  readonly address: string;
  readonly sector: string;
  readonly ownership: string;
  readonly sizeBand: string;
  readonly isNaturalPerson: boolean;
  readonly office: string;
  readonly paymentCycle: string;
  readonly liableFrom: Date;
  readonly registeredOn?: Date | null | undefined;
  readonly closedOn?: Date | null | undefined;
}

const nameMax = 300;
const lists = {
  sector: 'EMPLOYER_SECTOR',
  ownership: 'OWNERSHIP',
  sizeBand: 'SIZE_BAND',
  paymentCycle: 'PAYMENT_CYCLE',
} as const;
const listed = Object.entries(lists) as [keyof typeof lists, string][];

/** No law of this kind is older; employers may be. */
const liableMin = '1900-01-01';

/** What the rows refer to, read once for all. */
async function referencesOf(context: Context, rows: readonly EmployerGiven[]) {
  const codes = rows.flatMap((row) => listed.map(([field, list]) => [list, row[field]] as const));
  const before = await ownEmployerColumns(
    context,
    rows.map(({ unitCode }) => unitCode),
  );
  return {
    before,
    firstMonths: await firstMonthsOwed(
      context,
      [...before.values()].map(({ id }) => id),
    ),
    areaOf: await areasOfKeys(
      context,
      rows.map(({ area }) => area),
    ),
    wrongCode: await wrongCodes(context, codes),
    offices: await officesKnown(
      context,
      rows.map(({ office }) => office),
    ),
  };
}
type References = Awaited<ReturnType<typeof referencesOf>>;

function placeOf(
  { scope }: Context['principal'],
  { area: key, unitCode }: EmployerGiven,
  { areaOf, before }: References,
  check: RowCheck,
): string | null {
  const area = areaOf(key);
  if (area instanceof PublicError) {
    check.report('area', area.code, area.parameters);
    return null;
  }
  if (area.provinceId === null || !reachesInside(scope, 'DEBT', area)) {
    check.report('area', 'TERRITORY_NOT_OWN');
  }
  const known = before.get(unitCode);
  if (known && known['area_id'] !== area.id) {
    check.report('area', 'EMPLOYER_PLACE_FIXED', { employer: known.id });
  }
  return area.id;
}

/** Nothing is owed for a month before it must register its workers. */
function assertLiableSinceFirst(
  liable: string,
  { id }: { readonly id: string },
  { firstMonths }: References,
  check: RowCheck,
): void {
  const month = firstMonths.get(id);
  if (month === undefined || month >= liable.slice(0, 7)) return;
  check.report('liableFrom', 'EMPLOYER_HAS_MONTH_BEFORE', { employer: id, month });
}

function planEmployer(
  context: Context,
  given: EmployerGiven,
  references: References,
  check: RowCheck,
): Columns {
  const { wrongCode, offices } = references;
  const today = dayIn(new Date(context.principal.scope.instant));
  const before = references.before.get(given.unitCode);
  check.unitCode('unitCode', given.unitCode);
  for (const [field, list] of listed) {
    const wrong = wrongCode(list, given[field]);
    if (wrong) check.report(field, wrong.code, wrong.parameters);
  }
  const { office } = given;
  if (!offices.has(office))
    check.report('office', 'OFFICE_UNKNOWN', { office: office.slice(0, 40) });
  const nameEn = given.nameEn === undefined ? before?.['name_en'] : given.nameEn;
  const liable = formatDay(given.liableFrom);
  const after = {
    unit_code: given.unitCode,
    area_id: placeOf(context.principal, given, references, check),
    name_vi: check.text('nameVi', given.nameVi, nameMax),
    name_en: typeof nameEn === 'string' ? check.text('nameEn', nameEn, nameMax) : null,
    address: check.text('address', given.address, nameMax),
    sector: given.sector,
    ownership: given.ownership,
    size_band: given.sizeBand,
    is_natural_person: given.isNaturalPerson,
    office_id: office,
    payment_cycle: given.paymentCycle,
    liable_from: check.day('liableFrom', given.liableFrom, [liableMin, today]),
    registered_on: check.day(
      'registeredOn',
      given.registeredOn,
      [liableMin, today],
      before?.['registered_on'],
    ),
    closed_on: check.day('closedOn', given.closedOn, [liable, today], before?.['closed_on']),
  };
  if (before && !isSame(before, after)) assertLiableSinceFirst(liable, before, references, check);
  return after;
}

/** Tells, of each row, what only the database sees. */
async function reportWrong(
  context: Context,
  rows: readonly Columns[],
  { offices }: References,
  checks: RowChecks,
): Promise<void> {
  const units = rows.map((row) => row['unit_code']);
  for (const { unit_code: value, office, keeper } of await wrongEmployers(context, rows)) {
    const check = checks.of(units.indexOf(value));
    if (office !== null && offices.has(office)) {
      check.report('office', 'OFFICE_NOT_SERVING', { office });
    }
    if (keeper !== null) {
      check.report('unitCode', 'UNIT_CODE_TAKEN', { value: shown(value), agency: keeper });
    }
  }
}

/** Until the transaction ends, nobody else changes employers of the caller's own numbers that are named, nor their facts. */
async function lockKnown(context: Context, rows: readonly EmployerGiven[]): Promise<void> {
  const units = rows.map(({ unitCode }) => unitCode);
  const { byUnit } = await employersNamed(context, [], units);
  await lockEmployers(
    context,
    [...byUnit.values()].map(({ id }) => id),
  );
}

export async function recordEmployerRows(
  context: Context,
  rows: readonly EmployerGiven[],
  source: string,
): Promise<Recorded> {
  assertRowCount(rows);
  return inTransaction(context, async (inner) => {
    await lockKnown(inner, rows);
    const checks = new RowChecks();
    const references = await referencesOf(inner, rows);
    const seen = new Set<string>();
    const planned = rows.map((given, row) => {
      const check = checks.of(row);
      const { unitCode } = given;
      if (seen.has(unitCode))
        check.report('unitCode', 'VALUE_TWICE', { field: 'rows', value: unitCode });
      seen.add(unitCode);
      const after = planEmployer(inner, given, references, check);
      return { before: references.before.get(unitCode) ?? null, after };
    });
    const rowsAfter = planned.map(({ after }) => after);
    await reportWrong(inner, rowsAfter, references, checks);
    checks.refuse();
    const changed = planned.filter(({ before, after }) => !before || !isSame(before, after));
    await writeEmployers(
      inner,
      changed.map(({ after }) => after),
      source,
    );
    for (const { after, before } of planned) {
      const own = `${inner.principal.agency.id}:${String(after['unit_code'])}`;
      context.draft.employers.add(before?.id ?? own);
      context.draft.areas.add(String(after['area_id']));
    }
    const inserted = changed.filter(({ before }) => before === null).length;
    const corrected = changed.length - inserted;
    return { inserted, corrected, unchanged: rows.length - changed.length };
  });
}
