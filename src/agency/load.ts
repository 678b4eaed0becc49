/** Loads the register: agencies, their applications and issuer, offices, and grants. */
import { z } from 'zod';
import { areaId, type Areas } from '../area/load.ts';
import { listed, type Codes } from '../observation/load-codes.ts';
import { codeOf, day, idOf, listOf, number, oneOf, optional, text } from '../platform/csv-cells.ts';
import type { CsvFiles, Row } from '../platform/csv.ts';
import type { SeedWriter } from '../platform/seed.ts';
import { loadPurposes, purposeFiles, readPurposes, topicCodes } from './load-purposes.ts';

const registerFiles = ['agencies.csv', 'offices.csv', 'grants.csv'];
export const agencyFiles = [...registerFiles, ...purposeFiles];

export const developmentIssuer = 'urn:lienthong:development';

const agencyShape = z.object({
  id: text,
  role: oneOf('SI', 'LABOUR', 'UNION', 'PRESS', 'AUDITOR', 'STEWARD'),
  name_vi: text,
  name_en: text,
});

const reaches = ['PUBLISHED', 'PARTY', 'INTERNAL'];

/** A cell such as ENROLLMENT=INTERNAL. */
const topicReach = codeOf('TOPIC=PUBLISHED, TOPIC=PARTY or TOPIC=INTERNAL', (pair) => {
  const [topic = '', reach = '', ...more] = pair.split('=');
  return topicCodes.includes(topic) && reaches.includes(reach) && more.length === 0;
}).transform((pair) => {
  const [topic = '', reach = ''] = pair.split('=');
  return { topic, reach };
});

/** What else Decree 47/2020 Art 38 asks an agreement to name: columns to the names in `terms`. */
const termNames = {
  method: 'method',
  processing: 'processing',
  use_limits: 'useLimits',
  security: 'security',
  storage: 'storage',
  duties: 'duties',
} as const;
const termCells = {
  method: optional(text),
  processing: optional(text),
  use_limits: optional(text),
  security: optional(text),
  storage: optional(text),
  duties: optional(text),
};

function officeShape(files: CsvFiles, areas: Areas) {
  return z.object({
    id: text,
    agency_id: agencyId(files),
    level: oneOf('NATIONAL', 'PROVINCIAL', 'GRASSROOTS'),
    name_vi: text,
    name_en: text,
    valid_from: day,
    areas: listOf(areaId(areas.byId)),
  });
}

function grantShape(files: CsvFiles, areas: Areas, codes: Codes) {
  return z
    .object({
      id: text,
      kind: oneOf('AGREEMENT', 'STATUTORY', 'ACCREDITATION'),
      provider: agencyId(files),
      consumer: agencyId(files),
      state: oneOf('DRAFT', 'PROPOSED', 'ACTIVE', 'SUSPENDED', 'ENDED'),
      legal_basis: text,
      valid_from: day,
      valid_to: optional(day),
      topics: listOf(topicReach),
      areas: listOf(areaId(areas.byId)),
      purposes: listOf(listed(codes, 'PURPOSE')),
      contact: optional(text),
      retention_months: optional(number),
      after_retention: optional(text),
      ...termCells,
    })
    .refine((row) => row.valid_to === null || row.valid_from <= row.valid_to, {
      path: ['valid_to'],
      error: 'Let the grant end on or after the day on which it begins.',
    })
    .refine((row) => new Set(row.topics.map(({ topic }) => topic)).size === row.topics.length, {
      path: ['topics'],
      error: 'Name each topic once.',
    });
}

function agencyId(files: CsvFiles) {
  return idOf('the ids of agencies.csv', (id) => files.has('agencies.csv', 'id', id));
}

type Office = z.output<ReturnType<typeof officeShape>>;

export interface Register {
  readonly agencies: readonly z.output<typeof agencyShape>[];
  readonly offices: readonly Office[];
  readonly grants: readonly z.output<ReturnType<typeof grantShape>>[];
  readonly purposes: ReturnType<typeof readPurposes>;
  readonly areas: Areas;
  /** The agency whose office serves an area; where none does, the national one. */
  readonly contributorOf: (areaId: string) => string;
}

function contributors(files: CsvFiles, offices: readonly Row<Office>[]) {
  const national = offices.find((office) => office.level === 'NATIONAL');
  if (!national) {
    const message = 'Add an office of level NATIONAL; it stands in where no other serves an area.';
    files.report('offices.csv', 1, 'level', 'REFERENCE_UNKNOWN', message);
  }
  const byArea = new Map<string, string>();
  for (const { line, areas, agency_id } of offices) {
    for (const area of areas) {
      const message = `Leave ${area} to one office; another row names it already.`;
      if (byArea.has(area)) files.report('offices.csv', line, 'areas', 'ID_DUPLICATE', message);
      byArea.set(area, agency_id);
    }
  }
  return (area: string) => byArea.get(area) ?? national?.agency_id ?? '';
}

export function readRegister(files: CsvFiles, areas: Areas, codes: Codes): Register {
  for (const file of registerFiles) files.checkUnique([file], ['id']);
  const offices = files.rows('offices.csv', officeShape(files, areas));
  return {
    agencies: files.rows('agencies.csv', agencyShape),
    offices,
    grants: files.rows('grants.csv', grantShape(files, areas, codes)),
    purposes: readPurposes(files, codes),
    areas,
    contributorOf: contributors(files, offices),
  };
}

/**
 * What people have decided in the register since is theirs: a load never activates what is
 * suspended.
 */
const keep = ['state', 'registered_at', 'registered_by', 'approved_by'];

async function loadAgencies(writer: SeedWriter, { agencies }: Register): Promise<void> {
  const from = ['agencies.csv'];
  const people = { registered_by: 'registrar-1', approved_by: 'registrar-2' };
  const entry = { state: 'ACTIVE', registered_at: writer.instant, ...people };
  const rows = agencies.map(({ id, role, name_vi, name_en }) => {
    return { id, role, name_vi, name_en, ...entry };
  });
  await writer.upsert('agency', rows, { key: ['id'], from, keep });
  const applications = agencies.map(({ id }) => {
    return {
      id: `${id}-app`,
      agency_id: id,
      name: `Demonstration client of ${id}`,
      state: 'ACTIVE',
    };
  });
  await writer.upsert('application', applications, { key: ['id'], from, keep });
  const issuer = { id: developmentIssuer, name: 'Development issuer', kind: 'DEVELOPMENT' };
  const issuers = [{ ...issuer, jwks_uri: 'development:', state: 'ACTIVE' }];
  await writer.upsert('issuer', issuers, { key: ['id'], from, keep });
  const spoken = agencies.map(({ id }) => ({ issuer_id: developmentIssuer, agency_id: id }));
  await writer.upsert('issuer_agency', spoken, { key: ['issuer_id', 'agency_id'], from });
}

async function loadOffices(writer: SeedWriter, { offices, areas }: Register): Promise<void> {
  const from = ['offices.csv'];
  const rows = offices.map(({ id, agency_id, level, name_vi, name_en, valid_from }) => {
    return { id, agency_id, level, name_vi, name_en, valid_from };
  });
  await writer.upsert('office', rows, { key: ['id'], from });
  // An office serves an area while both exist.
  const served = offices.flatMap((office) =>
    office.areas.map((area_id) => {
      const area = areas.byId.get(area_id);
      const begins = [office.valid_from, area?.valid_from ?? office.valid_from].sort();
      const valid = { valid_from: begins[1], valid_to: area?.valid_to ?? null };
      return { office_id: office.id, area_id, ...valid };
    }),
  );
  const key = ['office_id', 'area_id', 'valid_from'];
  await writer.upsert('office_area', served, { key, from });
}

type Grant = Register['grants'][number];

function termsOf(grant: Pick<Grant, keyof typeof termNames>): Record<string, string> {
  const columns = Object.keys(termNames) as (keyof typeof termNames)[];
  return Object.fromEntries(
    columns.flatMap((column) => {
      const words = grant[column];
      return words === null ? [] : [[termNames[column], words]];
    }),
  );
}

async function loadGrants(writer: SeedWriter, register: Register): Promise<void> {
  const from = ['grants.csv'];
  // What its provider has narrowed since stays narrow, and the rest of what people changed stays theirs.
  const decided = await writer.changedByRequest(
    'grant',
    'grant_topic',
    'grant_area',
    'grant_purpose',
  );
  const grants = register.grants.filter(({ id }) => !decided.has(id));
  const rows = grants.map(({ id, kind, provider, consumer, state, legal_basis, ...valid }) => {
    const parties = { provider_id: provider, consumer_id: consumer };
    const { valid_from, valid_to, contact, retention_months, after_retention } = valid;
    const named = { contact, retention_months, after_retention, terms: termsOf(valid) };
    return { id, kind, ...parties, state, legal_basis, valid_from, valid_to, ...named };
  });
  await writer.upsert('grant', rows, { key: ['id'], from, keep });
  const topicRows = grants.flatMap(({ id, topics }) =>
    topics.map(({ topic, reach }) => ({ grant_id: id, topic, reach })),
  );
  await writer.upsert('grant_topic', topicRows, { key: ['grant_id', 'topic'], from });
  const areaRows = grants.flatMap(({ id, areas }) =>
    areas.map((area_id) => ({ grant_id: id, area_id })),
  );
  await writer.upsert('grant_area', areaRows, { key: ['grant_id', 'area_id'], from });
  const purposeRows = grants.flatMap(({ id, purposes }) =>
    purposes.map((purpose, position) => ({ grant_id: id, purpose, position })),
  );
  await writer.upsert('grant_purpose', purposeRows, { key: ['grant_id', 'purpose'], from });
}

export async function loadRegister(writer: SeedWriter, register: Register): Promise<void> {
  await loadPurposes(writer, register.purposes);
  await loadAgencies(writer, register);
  await loadOffices(writer, register);
  await loadGrants(writer, register);
}
