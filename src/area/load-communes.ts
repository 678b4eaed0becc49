/** Reads the communes of both structures from an npm package, with our corrections of its codes. */
import { z } from 'zod';
import { oneOf, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';
import {
  communeOf,
  listed,
  listing,
  provinceName,
  type Ward,
  type WardMapping,
} from './listing.ts';
import { readDistricts, type Districts } from './load-districts.ts';
import {
  areaRow,
  successionRow,
  type AreaRow,
  type AreaRows,
  type CorrectionRow,
} from './load-rows.ts';
import { readSteps } from './load-steps.ts';

const lastOldDay = '2025-06-30';
const reform = { on: '2026-04-30', basis: 'Resolution 237/NQ-UBTVQH16' };
const lastDayBefore = '2026-04-29';

const correctionShape = z.object({
  package_code: text,
  province_code: text,
  name_vi: text,
  code: text,
  reason: text,
  reason_vi: text,
  source: text,
});

const changeShape = z.object({
  code: text,
  province_code: text,
  name_vi: text,
  kind_2025_07: oneOf('COMMUNE'),
  kind_2026_04: oneOf('WARD'),
});

function communeRow(ward: Ward): AreaRow {
  return areaRow({
    ...communeOf(ward.name),
    code: ward.ward_code,
    vintage: '2025-07',
    valid_from: '2025-07-01',
    parent_code: ward.province_code,
    province_id: `${ward.province_code}@2025-07`,
  });
}

/**
 * The communes until June 2025 whose code the package gives, below the provinces of that time; about 800
 * further names of it have no code, and their communes are left out.
 */
function readOldCommunes(mappings: readonly WardMapping[], provinces: readonly AreaRow[]) {
  const codeOf = new Map(
    provinces.filter((row) => row.vintage === '2025-06').map((row) => [row.name_vi, row.code]),
  );
  const coded = mappings.filter((mapping) => mapping.old_ward_code);
  return coded.flatMap((mapping) => {
    const parent = codeOf.get(provinceName(mapping.old_province_name));
    // A file of provinces that lacks one lacks its communes too.
    if (!parent) return [];
    const commune = areaRow({
      ...communeOf(mapping.old_ward_name),
      code: mapping.old_ward_code,
      vintage: '2025-06',
      valid_to: lastOldDay,
      parent_code: parent,
      province_id: `${parent}@2025-06`,
    });
    return [{ mapping, commune }];
  });
}

/**
 * The commune since July 2025 that the package names for an old one, by code. Good enough for data that
 * is made up; no proof that all of the old one went there.
 */
export async function listedSuccessors(): Promise<ReadonlyMap<string, string>> {
  const mappings = await listed('ward_mappings');
  const coded = mappings.filter((mapping) => mapping.old_ward_code);
  return new Map(coded.map((mapping) => [mapping.old_ward_code, mapping.new_ward_code]));
}

type Corrected = z.output<typeof correctionShape>;

const codeCorrection = (row: Corrected): CorrectionRow => ({
  id: `code/${row.package_code}`,
  kind: 'CODE_WRONG',
  locator: `wards ${row.package_code}`,
  source: listing,
  listed: row.package_code,
  used: row.code,
  area_id: `${row.code}@2025-07`,
  reason_vi: row.reason_vi,
  reason_en: `${row.reason} ${row.source}.`,
});

/** Today's communes under their right codes, and what was corrected. */
function correctCodes(files: CsvFiles, wards: readonly Ward[]) {
  const byCode = new Map(wards.map((ward) => [ward.ward_code, communeRow(ward)]));
  const corrections: CorrectionRow[] = [];
  for (const row of files.rows('area_corrections.csv', correctionShape)) {
    const { package_code: code } = row;
    const ward = wards.find(({ ward_code }) => ward_code === code);
    const isSame =
      ward?.name.normalize('NFC') === row.name_vi && ward.province_code === row.province_code;
    if (!ward || !isSame) {
      const message = `Remove the row, or name a commune as ${listing} lists it.`;
      files.report('area_corrections.csv', row.line, 'package_code', 'REFERENCE_UNKNOWN', message);
      continue;
    }
    const correction = `Listed as ${code} in ${listing}. ${row.reason} ${row.source}.`;
    byCode.set(code, areaRow({ ...renamed(communeRow(ward), row.code), correction }));
    corrections.push(codeCorrection(row));
  }
  return { communes: [...byCode.values()], corrections };
}

/** The row under another code, without what the old code gave it. */
function renamed({ id: _, external_ref: __, ...row }: AreaRow, code: string) {
  return { ...row, code };
}

/** The wards that ten communes became in April 2026, and the communes with their last day. */
function changeKinds(files: CsvFiles, communes: readonly AreaRow[]) {
  const byCode = new Map(communes.map((row) => [row.code, row]));
  const wards: AreaRow[] = [];
  for (const change of files.rows('communes_2026_04.csv', changeShape)) {
    const commune = byCode.get(change.code);
    const { province_code: province, kind_2025_07: kind, name_vi: name } = change;
    if (commune?.parent_code !== province || commune.kind !== kind || commune.name_vi !== name) {
      const message = `Name a ${kind} of province ${province} as the register lists it.`;
      files.report('communes_2026_04.csv', change.line, 'code', 'REFERENCE_UNKNOWN', message);
      continue;
    }
    const { id: _, ...same } = commune;
    const since = { vintage: '2026-04', kind: change.kind_2026_04, valid_from: reform.on };
    wards.push(areaRow({ ...same, ...since, province_id: `${province}@2026-04` }));
    byCode.set(change.code, { ...commune, valid_to: lastDayBefore });
  }
  return { communes: [...byCode.values()], wards };
}

interface Communes extends AreaRows {
  readonly districts: Districts;
  readonly corrections: readonly CorrectionRow[];
}

/** All communes of both structures, the steps between them, and the districts of the old ones. */
export async function readCommunes(
  files: CsvFiles,
  provinces: readonly AreaRow[],
): Promise<Communes> {
  const mappings = await listed('ward_mappings');
  const old = readOldCommunes(mappings, provinces);
  const listedToday = correctCodes(files, await listed('wards'));
  const { communes, wards } = changeKinds(files, listedToday.communes);
  const steps = readSteps(mappings, {
    old: old.map(({ commune }) => commune),
    current: communes,
    provinceNames: new Map(provinces.map((row) => [row.id, row.name_vi])),
    corrected: new Map(
      listedToday.corrections.map(({ listed: code, used }) => [code, used ?? code]),
    ),
  });
  const changes = wards.map(({ id, code }) =>
    successionRow(`${code}@2025-07`, id, 'KIND_CHANGED', true, reform),
  );
  return {
    areas: [...old.map(({ commune }) => commune), ...communes, ...wards],
    successions: [...steps.successions, ...changes],
    districts: readDistricts(old),
    corrections: [...listedToday.corrections, ...steps.corrections],
  };
}
