/** Reads the closed lists of codes: the project's own, the purposes, and those of SDMX. */
import { z } from 'zod';
import { codeOf, idOf, optional, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';
import type { SeedWriter } from '../platform/seed.ts';

const sdmxLists: Record<string, string> = {
  CL_OBS_STATUS: 'sdmx_cl_obs_status.csv',
  CL_CONF_STATUS: 'sdmx_cl_conf_status.csv',
  CL_FREQ: 'sdmx_cl_freq.csv',
  CL_SEX: 'sdmx_cl_sex.csv',
};
/** The lists that the reported figures are coded by, and what the other domains add to them. */
const projectFiles = ['codelists.csv', 'domain_codes.csv'];
export const codeFiles = [...projectFiles, 'purposes.csv', ...Object.values(sdmxLists)];

interface CodeRow {
  readonly list_id: string;
  readonly code: string;
  readonly position: number;
  readonly name_en: string;
  readonly name_vi: string | null;
  readonly description: string | null;
  readonly parent_code: string | null;
  readonly external_ref: string | null;
}

export interface Codes {
  readonly lists: readonly { readonly id: string; readonly basis: string }[];
  readonly codes: readonly CodeRow[];
  has(list: string, code: string): boolean;
}

function codeRow(
  row: Pick<CodeRow, 'list_id' | 'code' | 'position' | 'name_en'> & Partial<CodeRow>,
): CodeRow {
  return { name_vi: null, description: null, parent_code: null, external_ref: null, ...row };
}

const labels = { name_en: text, name_vi: optional(text), description: optional(text) };

function readProjectCodes(files: CsvFiles): CodeRow[] {
  // A parent may stand in another list, as the channel groups do.
  const parent = idOf(`the codes of ${projectFiles.join(' or ')}`, (code) =>
    projectFiles.some((file) => files.has(file, 'code', code)),
  );
  const shape = z.object({
    list: text,
    code: text,
    ...labels,
    parent_code: optional(parent),
    external_ref: optional(text),
  });
  const positions = new Map<string, number>();
  const rows = projectFiles.flatMap((file) => files.rows(file, shape));
  return rows.map(({ line: _, list, ...row }) => {
    const position = positions.get(list) ?? 0;
    positions.set(list, position + 1);
    return codeRow({ ...row, list_id: list, position });
  });
}

function readPurposes(files: CsvFiles): CodeRow[] {
  return files
    .rows('purposes.csv', z.object({ code: text, ...labels }))
    .map(({ line: _, ...row }, position) => codeRow({ ...row, list_id: 'PURPOSE', position }));
}

function readSdmxCodes(files: CsvFiles, list: string, file: string): CodeRow[] {
  return files
    .rows(file, z.object({ code: text, name: text }))
    .map(({ code, name }, position) => codeRow({ list_id: list, code, position, name_en: name }));
}

export function readCodes(files: CsvFiles): Codes {
  files.checkUnique(projectFiles, ['list', 'code']);
  for (const file of ['purposes.csv', ...Object.values(sdmxLists)]) {
    files.checkUnique([file], ['code']);
  }
  const sdmx = Object.entries(sdmxLists);
  const codes = [
    ...readProjectCodes(files),
    ...readPurposes(files),
    ...sdmx.flatMap(([list, file]) => readSdmxCodes(files, list, file)),
  ];
  const lists = [...new Set(codes.map((row) => row.list_id))].map((id) => ({
    id,
    basis: id in sdmxLists ? `SDMX ${id}` : 'Project code list',
  }));
  const known = new Set(codes.map((row) => `${row.list_id} ${row.code}`));
  return { lists, codes, has: (list, code) => known.has(`${list} ${code}`) };
}

/** The cell of a code of a project list. */
export function listed(codes: Codes, list: string) {
  const file = list === 'PURPOSE' ? 'purposes.csv' : projectFiles.join(' or ');
  return codeOf(`list ${list} in ${file}`, (code) => codes.has(list, code));
}

export async function loadCodes(writer: SeedWriter, { lists, codes }: Codes): Promise<void> {
  await writer.upsert('code_list', lists, { key: ['id'], from: codeFiles });
  await writer.upsert('code', codes, { key: ['list_id', 'code'], from: codeFiles });
}
