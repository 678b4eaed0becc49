/** Reads the closed lists of codes: the project's own, the purposes, and those of SDMX. */
import { z } from 'zod';
import { codeOf, day, idOf, oneOf, optional, text } from '../platform/csv-cells.ts';
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
/** The points of Article 2 and the health insurance groups; and what each scheme costs. */
const legalFiles = ['participant_groups.csv', 'schemes.csv'];
export const codeFiles = [
  ...projectFiles,
  ...legalFiles,
  'purposes.csv',
  ...Object.values(sdmxLists),
];

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
  readonly legalGroups: readonly LegalGroup[];
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

/** A point of Article 2 or a health insurance group. */
export interface LegalGroup {
  readonly code: string;
  readonly scheme: string;
  readonly instrument: string;
  readonly isCoveredByAccidentInsurance: boolean;
}

const schemeCode = (files: CsvFiles) =>
  codeOf('list SCHEME in codelists.csv', (code) => files.has('codelists.csv', 'code', code));

/** The groups of the law stand in one list with the reported ones: a figure is of one or the other. */
function readLegalGroups(files: CsvFiles, first: number) {
  const shape = z.object({
    code: text,
    scheme: schemeCode(files),
    name_vi: text,
    name_en: text,
    valid_from: optional(day),
    instrument: text,
    occupational_accident_covered: oneOf('true', 'false'),
  });
  const rows = files.rows('participant_groups.csv', shape);
  return {
    groups: rows.map((row) => ({
      ...row,
      isCoveredByAccidentInsurance: row.occupational_accident_covered === 'true',
    })),
    codes: rows.map(({ code, scheme, name_vi, name_en, valid_from, instrument }, i) =>
      codeRow({
        list_id: 'PARTICIPANT_GROUP',
        code,
        position: first + i,
        name_en,
        name_vi,
        description: valid_from ? `In force since ${valid_from}.` : null,
        parent_code: scheme,
        external_ref: instrument,
      }),
    ),
  };
}

function readSchemeRates(files: CsvFiles): CodeRow[] {
  const shape = z.object({
    code: schemeCode(files),
    name_vi: text,
    name_en: text,
    rate_note: text,
  });
  return files
    .rows('schemes.csv', shape)
    .map(({ line: _, rate_note, ...row }, position) =>
      codeRow({ ...row, list_id: 'SCHEME_RATE', position, description: rate_note }),
    );
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
  for (const file of ['purposes.csv', ...legalFiles, ...Object.values(sdmxLists)]) {
    files.checkUnique([file], ['code']);
  }
  const sdmx = Object.entries(sdmxLists);
  const project = readProjectCodes(files);
  const reported = project.filter((row) => row.list_id === 'PARTICIPANT_GROUP').length;
  const legal = readLegalGroups(files, reported);
  const codes = [
    ...project,
    ...legal.codes,
    ...readSchemeRates(files),
    ...readPurposes(files),
    ...sdmx.flatMap(([list, file]) => readSdmxCodes(files, list, file)),
  ];
  const lists = [...new Set(codes.map((row) => row.list_id))].map((id) => ({
    id,
    basis: id in sdmxLists ? `SDMX ${id}` : 'Project code list',
  }));
  const known = new Set(codes.map((row) => `${row.list_id} ${row.code}`));
  const { groups: legalGroups } = legal;
  return { lists, codes, legalGroups, has: (list, code) => known.has(`${list} ${code}`) };
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
