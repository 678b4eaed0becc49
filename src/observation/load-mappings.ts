/** Loads what a code is in another list, as far as a source proves it. */
import { z } from 'zod';
import { oneOf, optional, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';
import type { SeedWriter } from '../platform/seed.ts';
import type { Codes } from './load-codes.ts';

const file = 'code_mappings.csv';
export const mappingFiles = [file, 'participant_groups.csv'];

interface Mapping {
  readonly from_list: string;
  readonly from_code: string;
  readonly to_list: string | null;
  readonly to_code: string | null;
  readonly relation: 'SAME' | 'PART_OF' | 'COVERED_BY' | 'UNMAPPED';
  readonly exact: boolean;
  readonly instrument: string | null;
  readonly basis: string;
}

/** The table of legal groups says of each its scheme, and whether accident insurance covers it. */
function ofLegalGroups({ legalGroups }: Codes): Mapping[] {
  const from = (code: string) => ({ from_list: 'PARTICIPANT_GROUP', from_code: code });
  return legalGroups.flatMap(({ code, scheme, instrument, isCoveredByAccidentInsurance }) => [
    {
      ...from(code),
      to_list: 'SCHEME',
      to_code: scheme,
      relation: 'PART_OF' as const,
      exact: true,
      instrument,
      basis: 'The instrument names the group among those of the scheme.',
    },
    ...(isCoveredByAccidentInsurance
      ? [
          {
            ...from(code),
            to_list: 'SCHEME',
            to_code: 'OCCUPATIONAL_ACCIDENT',
            relation: 'COVERED_BY' as const,
            exact: true,
            instrument: null,
            basis:
              'Marked as covered by occupational accident insurance in the table of legal groups; the instrument is not named there.',
          },
        ]
      : []),
  ]);
}

export function readMappings(files: CsvFiles, codes: Codes): Mapping[] {
  files.checkUnique([file], ['from_list', 'from_code', 'to_list', 'to_code']);
  const shape = z.object({
    from_list: text,
    from_code: text,
    to_list: optional(text),
    to_code: optional(text),
    relation: oneOf('SAME', 'PART_OF', 'COVERED_BY', 'UNMAPPED'),
    exact: oneOf('true', 'false'),
    instrument: optional(text),
    basis: text,
  });
  const rows = files.rows(file, shape);
  for (const { line, from_list, from_code, to_list, to_code, relation } of rows) {
    const unknown = (column: string) =>
      files.report(file, line, column, 'CODE_UNKNOWN', `Use a code of the list named beside it.`);
    if (!codes.has(from_list, from_code)) unknown('from_code');
    if (to_code !== null && !codes.has(to_list ?? '', to_code)) unknown('to_code');
    if ((relation === 'UNMAPPED') === (to_code === null && to_list === null)) continue;
    const message = 'Leave the counterpart blank where the relation is UNMAPPED, and only there.';
    files.report(file, line, 'relation', 'VALUE_MALFORMED', message);
  }
  const listed = rows.map(({ line: _, exact, ...row }) => ({ ...row, exact: exact === 'true' }));
  return [...listed, ...ofLegalGroups(codes)];
}

export async function loadMappings(
  writer: SeedWriter,
  mappings: readonly Mapping[],
): Promise<void> {
  const rows = mappings.map((row) => ({
    id: [row.from_list, row.from_code, row.relation, row.to_list, row.to_code]
      .filter(Boolean)
      .join('/'),
    ...row,
  }));
  await writer.upsert('code_mapping', rows, { key: ['id'], from: mappingFiles });
}
