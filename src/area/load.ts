/** Loads territory: provinces of three editions, communes of both structures, and groups of areas. */
import { z } from 'zod';
import { day, idOf, oneOf, optional, text, type Cell } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';
import type { SeedWriter } from '../platform/seed.ts';
import { readCommunes } from './load-communes.ts';
import {
  areaRow,
  successionRow,
  type AreaRow,
  type AreaRows,
  type CorrectionRow,
  type MemberRow,
} from './load-rows.ts';

export type { AreaRow } from './load-rows.ts';

export const areaFiles = [
  'provinces.csv',
  'communes_2026_04.csv',
  'area_corrections.csv',
  'areas.csv',
  'area_aliases.csv',
  'area_members.csv',
];

export interface Areas extends AreaRows {
  readonly byId: ReadonlyMap<string, AreaRow>;
  /** By the project code that reported figures use. */
  readonly byAlias: ReadonlyMap<string, AreaRow>;
  readonly members: readonly MemberRow[];
  /** Where the listing of communes was mended, and why. */
  readonly corrections: readonly CorrectionRow[];
}

/** The edition after each one, and the reform of provinces that made it. */
const nextEdition: Record<string, { vintage: string; on: string; basis: string }> = {
  '2025-06': { vintage: '2025-07', on: '2025-07-01', basis: 'Resolution 202/2025/QH15' },
  '2025-07': { vintage: '2026-04', on: '2026-04-30', basis: 'Resolution 30/2026/QH16' },
};
const vintage = oneOf('2025-06', '2025-07', '2026-04');

const provinceShape = z.object({
  vintage,
  code: text,
  name_vi: text,
  name_en: text,
  kind: oneOf('PROVINCE', 'CITY'),
  valid_from: optional(day),
  valid_to: optional(day),
  successor_code: optional(text),
  exact: optional(oneOf('true', 'false')),
});

function readProvinces(files: CsvFiles): AreaRows {
  const listed = files.rows('provinces.csv', provinceShape);
  const rows = listed.map(({ line: _, successor_code: __, exact: ___, ...province }) => {
    const province_id = `${province.code}@${province.vintage}`;
    return areaRow({ ...province, parent_code: 'VN', province_id });
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const successions = listed.flatMap((province) => {
    const { line, successor_code: code, name_vi: name } = province;
    if (code === null) return [];
    const next = nextEdition[province.vintage];
    const successor = byId.get(`${code}@${next?.vintage}`);
    if (!next || !successor) {
      const message = 'Name a province of the next edition, or add it.';
      files.report('provinces.csv', line, 'successor_code', 'REFERENCE_UNKNOWN', message);
      return [];
    }
    const predecessors = listed.filter(
      (other) => other.vintage === province.vintage && other.successor_code === code,
    );
    const isSame = predecessors.length === 1 && successor.name_vi === name;
    const kept = province.kind === successor.kind ? 'CONTINUED' : 'KIND_CHANGED';
    const kind = isSame ? kept : 'MERGED';
    const id = `${province.code}@${province.vintage}`;
    return [successionRow(id, successor.id, kind, province.exact === 'true', next)];
  });
  return { areas: rows, successions };
}

const groupKind = oneOf('COUNTRY', 'REGION', 'OFFICE_CLUSTER', 'DISTRICT_COLLECTIVE');

/** What is neither province nor commune, though figures are reported for it. */
function readGroups(files: CsvFiles, provinces: readonly AreaRow[]): AreaRow[] {
  const hasCode = (code: string) => provinces.some((row) => row.code === code);
  const hasId = (id: string) => provinces.some((row) => row.id === id);
  const shape = z.object({
    code: text,
    vintage,
    kind: groupKind,
    name_vi: text,
    name_en: text,
    description: text,
    valid_from: optional(day),
    valid_to: optional(day),
    parent_code: optional(
      idOf('the codes of provinces.csv, or VN', (code) => code === 'VN' || hasCode(code)),
    ),
    province_id: optional(idOf('the provinces, code@vintage', hasId)),
    external_ref: optional(text),
  });
  return files.rows('areas.csv', shape).map(({ line: _, ...row }) => areaRow(row));
}

/** The cell of an area's id, such as 11@2025-07. */
export function areaId(byId: ReadonlyMap<string, AreaRow>): Cell<string> {
  return idOf('the ids of areas, code@vintage', (id) => byId.has(id));
}

export async function readAreas(files: CsvFiles): Promise<Areas> {
  files.checkUnique(['provinces.csv', 'areas.csv'], ['vintage', 'code']);
  files.checkUnique(['communes_2026_04.csv'], ['code']);
  files.checkUnique(['area_corrections.csv'], ['package_code']);
  files.checkUnique(['area_aliases.csv'], ['alias']);
  files.checkUnique(['area_aliases.csv'], ['area_id']);
  files.checkUnique(['area_members.csv'], ['group_id', 'member_id']);
  const provinces = readProvinces(files);
  const communes = await readCommunes(files, provinces.areas);
  const { districts, corrections } = communes;
  const groups = [...readGroups(files, provinces.areas), ...districts.areas];
  const rows = [...provinces.areas, ...communes.areas, ...groups];
  const byId = new Map(rows.map((row) => [row.id, row]));
  const id = areaId(byId);
  const clusters = files.rows('area_members.csv', z.object({ group_id: id, member_id: id }));
  const members = [...clusters.map(({ line: _, ...member }) => member), ...districts.members];
  for (const { alias, area_id } of files.rows(
    'area_aliases.csv',
    z.object({ alias: text, area_id: id }),
  )) {
    byId.set(area_id, { ...byId.get(area_id)!, alias });
  }
  const areas = [...byId.values()];
  const byAlias = new Map(areas.flatMap((row) => (row.alias ? [[row.alias, row]] : [])));
  const successions = [...provinces.successions, ...communes.successions];
  return { areas, successions, members, corrections, byId, byAlias };
}

export async function loadAreas(writer: SeedWriter, areas: Areas): Promise<void> {
  const own = ['areas.csv', 'area_aliases.csv', 'area_corrections.csv', 'communes_2026_04.csv'];
  await writer.upsert('area', areas.areas, { key: ['id'], from: ['provinces.csv', ...own] });
  await writer.upsert('area_member', areas.members, {
    key: ['group_id', 'member_id'],
    from: ['area_members.csv'],
  });
  await writer.upsert('area_succession', areas.successions, {
    key: ['id'],
    from: ['provinces.csv', 'communes_2026_04.csv'],
  });
  await writer.upsert('area_correction', areas.corrections, {
    key: ['id'],
    from: ['area_corrections.csv', 'provinces.csv'],
  });
}
