/** Loads what each purpose rests on, who may name it, and how deep it opens which topic. */
import { z } from 'zod';
import { listed, type Codes } from '../observation/load-codes.ts';
import { codeOf, listOf, oneOf, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';
import type { SeedWriter } from '../platform/seed.ts';

export const purposeFiles = ['purpose_rules.csv', 'purpose_topics.csv'];

export const topicCodes = [
  ...['ENROLLMENT', 'FINANCE', 'POPULATION', 'CAMPAIGN', 'PARTNER', 'DEBT'],
  ...['REGISTER', 'ACCESS_LOG', 'CHANGE_LOG'],
];

export function readPurposes(files: CsvFiles, codes: Codes) {
  files.checkUnique(['purpose_rules.csv'], ['purpose']);
  files.checkUnique(['purpose_topics.csv'], ['purpose', 'topic']);
  const purpose = listed(codes, 'PURPOSE');
  const ruleShape = z.object({
    purpose,
    roles: listOf(oneOf('SI', 'LABOUR', 'UNION', 'PRESS', 'AUDITOR', 'STEWARD')),
    legal_basis_en: text,
    legal_basis_vi: text,
  });
  const topicShape = z.object({
    purpose,
    topic: codeOf(topicCodes.join(', '), (code) => topicCodes.includes(code)),
    reach: oneOf('PUBLISHED', 'PARTY', 'INTERNAL'),
  });
  return {
    rules: files.rows('purpose_rules.csv', ruleShape),
    topics: files.rows('purpose_topics.csv', topicShape),
  };
}

export async function loadPurposes(
  writer: SeedWriter,
  { rules, topics }: ReturnType<typeof readPurposes>,
): Promise<void> {
  const purposes = rules.map(({ purpose, roles, legal_basis_en, legal_basis_vi }) => {
    return { code: purpose, roles, legal_basis_en, legal_basis_vi };
  });
  await writer.upsert('purpose', purposes, { key: ['code'], from: ['purpose_rules.csv'] });
  const opened = topics.map(({ purpose, topic, reach }) => ({ purpose, topic, reach }));
  const key = ['purpose', 'topic'];
  await writer.upsert('purpose_topic', opened, { key, from: ['purpose_topics.csv'] });
}
