/** Without grant, territory or purpose there is nothing: no row, no count, no code list, no hint. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sentence, type ErrorCode } from '../src/platform/errors.ts';
import {
  openGateway,
  storeKindsAtLength,
  type AskOptions,
  type TestGateway,
} from './support/gateway.ts';

async function prepare(owner: pg.Pool): Promise<void> {
  const statements = [
    // An agency in good standing to whom nobody has granted anything.
    `insert into agency (id, name_vi, name_en, role, state, registered_at, registered_by, approved_by)
       values ('union-none', 'x', 'x', 'UNION', 'ACTIVE', now(), 'one', 'two')`,
    `insert into application (id, agency_id, name, state) values ('union-none-app', 'union-none', 'x', 'ACTIVE')`,
    `insert into issuer_agency (issuer_id, agency_id) values ('urn:lienthong:development', 'union-none')`,
    `update "grant" set state = 'SUSPENDED' where id = 'grant-union-lao-cai'`,
    `update "grant" set state = 'PROPOSED' where id = 'grant-labour-lao-cai'`,
    `update "grant" set state = 'DRAFT' where id = 'grant-labour-vn'`,
    `update "grant" set state = 'ENDED' where id = 'grant-si-nghe-an'`,
    `update "grant" set valid_from = '2999-01-01' where id = 'grant-union-nghe-an'`,
    // The provider of two grants.
    `update agency set state = 'SUSPENDED' where id = 'si-dien-bien'`,
    `delete from grant_area where grant_id in ('grant-press-nghe-an', 'grant-si-lao-cai')`,
    `delete from grant_topic where grant_id = 'grant-si-tua-chua'`,
    `delete from grant_purpose where grant_id = 'grant-labour-nghe-an'`,
  ];
  for (const statement of statements) await owner.query(statement);
}

interface Case {
  readonly agency: string;
  readonly why: string;
  readonly code: ErrorCode;
  readonly parameters?: Record<string, string>;
  /** What the header says; the agency's main purpose when left out, null for no header. */
  readonly purpose?: string | null;
  /** The token's own purposes. */
  readonly purposes?: string[];
}

const notActive = (agency: string, why: string): Case => {
  const parameters = { grant: `grant-${agency}` };
  return { agency, why, code: 'GRANT_NOT_ACTIVE', parameters };
};
const withoutTerritory = (agency: string): Case => {
  const parameters = { grant: `grant-${agency}` };
  return { agency, why: 'the grant names no territory', code: 'TERRITORY_EMPTY', parameters };
};
const purposeCase = (
  code: ErrorCode,
  agency: string,
  purpose: string | null,
  why: string,
  purposes?: string[],
): Case => ({ agency, why, code, purpose, ...(purposes ? { purposes } : {}) });

const si = 'SOCIAL_INSURANCE_ADMINISTRATION';
const cases: readonly Case[] = [
  { agency: 'union-none', why: 'no grant at all', code: 'GRANT_MISSING' },
  {
    agency: 'union-expired',
    why: 'the grant has ended',
    code: 'GRANT_EXPIRED',
    parameters: { grant: 'grant-union-expired', day: '2025-12-31' },
  },
  notActive('union-lao-cai', 'the grant is suspended'),
  notActive('labour-lao-cai', 'the provider has not approved the grant'),
  notActive('labour-vn', 'the grant is a draft'),
  notActive('si-nghe-an', 'the grant was ended'),
  notActive('union-nghe-an', 'the grant has not begun'),
  notActive('labour-dien-bien', 'the provider is suspended'),
  notActive('union-dien-bien', 'the provider is suspended'),
  withoutTerritory('press-nghe-an'),
  withoutTerritory('si-lao-cai'),
  { agency: 'si-tua-chua', why: 'the grant names no topic', code: 'GRANT_MISSING' },
  { agency: 'labour-nghe-an', why: 'the grant names no purpose', code: 'PURPOSE_NOT_GRANTED' },
  purposeCase('PURPOSE_REQUIRED', 'press-vn', null, 'no purpose'),
  purposeCase('PURPOSE_REQUIRED', 'si-vn', ' ', 'a blank purpose'),
  purposeCase('PURPOSE_UNKNOWN', 'press-vn', 'CURIOSITY', 'an unknown purpose'),
  purposeCase('PURPOSE_UNKNOWN', 'press-vn', 'public_information', 'a purpose in other letters'),
  purposeCase('PURPOSE_UNKNOWN', 'si-vn', `${si}, STATISTICS`, 'two purposes'),
  purposeCase('PURPOSE_UNKNOWN', 'si-vn', `${si}' or 'a' = 'a`, 'a purpose that is SQL'),
  purposeCase('PURPOSE_NOT_GRANTED', 'press-vn', si, 'another role’s purpose'),
  purposeCase('PURPOSE_NOT_GRANTED', 'si-vn', 'AUDIT', 'another role’s purpose'),
  purposeCase('PURPOSE_NOT_GRANTED', 'press-vn', 'AUDIT', 'a token cannot widen', ['AUDIT']),
  purposeCase('PURPOSE_NOT_IN_TOKEN', 'si-vn', si, 'a token for another purpose', ['STATISTICS']),
  purposeCase('PURPOSE_NOT_IN_TOKEN', 'press-vn', 'PUBLIC_INFORMATION', 'the same', [
    'AUDIT',
    'STATISTICS',
  ]),
];

/** What everyone may ask who holds a grant, and what the readers of figures may. */
const questions = [
  '{ observations(first: 1) { totalCount } }',
  '{ observations(where: { figureId: "obs-tc-hi-households-new-2025-11" }) { nodes { value } } }',
  '{ targets(first: 1) { totalCount nodes { value } } }',
  '{ coverage(area: { code: "VN-DB" }, timePeriod: "2022") { scheme } }',
  '{ coverage(area: { code: "nowhere" }, timePeriod: "never") { scheme } }',
  '{ conflicts(first: 1) { totalCount } }',
  '{ sources(first: 1) { totalCount } }',
  '{ instruments(first: 1) { totalCount } }',
  '{ areas(first: 1) { totalCount } }',
  '{ area(key: { code: "VN-DB" }) { nameVi } }',
  '{ area(key: { code: "nowhere" }) { nameVi } }',
  '{ codeLists(first: 1) { totalCount } }',
  '{ codeList(id: "PURPOSE") { codes { code } } }',
  '{ node(id: "QXJlYToxMUAyMDI1LTA3") { id } }',
];

describe.each(storeKindsAtLength)(
  'without grant, territory or purpose there is nothing on %s',
  (kind) => {
    let gateway: TestGateway;
    beforeAll(async () => {
      gateway = await openGateway({ kind, prepare });
    });
    afterAll(() => gateway.close());

    const optionsOf = async ({ agency, purpose, purposes }: Case): Promise<AskOptions> => ({
      token: await gateway.token(agency, purposes ? { purposes } : {}),
      ...(purpose === undefined ? {} : { purpose }),
    });

    test.each(['si-vn', 'press-vn'])(
      '%s is in good standing and gets something',
      async (agency) => {
        for (const question of questions.filter((text) => !/nowhere/.test(text))) {
          const { errors, status } = await gateway.ask(agency, question);
          expect({ question, errors, status }).toEqual({ question, errors: [], status: 200 });
        }
      },
    );

    test.each(cases)('$code for $agency: $why', async (row) => {
      const { agency, code, parameters = {} } = row;
      const options = await optionsOf(row);
      for (const question of questions) {
        const languages = question === questions[0] ? (['en', 'vi'] as const) : (['en'] as const);
        for (const language of languages) {
          const headers = { 'accept-language': language };
          const { status, data, errors } = await gateway.ask(agency, question, {
            ...options,
            headers,
          });
          const answers = Object.values(data ?? {}).filter((value) => value !== null);
          const said = errors.map(({ message, extensions }) => ({ message, extensions }));
          const message = sentence(code, parameters, language);
          expect({ question, status, answers, said }).toEqual({
            question,
            status: 403,
            answers: [],
            said: [{ message, extensions: { code, ...parameters } }],
          });
        }
      }
    });

    test.each(cases)(
      '$agency still learns who it is, and that it reaches nothing: $why',
      async (row) => {
        const question = '{ viewer { agency territory { topic } } }';
        const { errors, data } = await gateway.ask(row.agency, question, await optionsOf(row));
        expect(errors).toEqual([]);
        expect(data.viewer).toEqual({ agency: row.agency, territory: [] });
      },
    );

    test('a token that names its purpose serves that purpose', async () => {
      const token = await gateway.token('si-vn', { purposes: ['STATISTICS'] });
      const { errors, data } = await gateway.ask(
        'si-vn',
        '{ viewer { purpose } areas { totalCount } }',
        {
          token,
          purpose: 'STATISTICS',
        },
      );
      expect(errors).toEqual([]);
      expect(data.viewer.purpose).toBe('STATISTICS');
      expect(data.areas.totalCount).toBeGreaterThan(3_000);
    });
  },
);
