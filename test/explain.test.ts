/** A caller learns what its own role may ask and why not, and nothing of what other roles have. */
import { getNamedType, isRequiredArgument } from 'graphql';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coordinates } from '../src/policy/table.ts';
import { roles, type Role } from '../src/policy/types.ts';
import { buildSchemas, policyTable } from '../src/schema.ts';
import { openGateway, type AskOptions, type TestGateway } from './support/gateway.ts';

const agencyOf: Readonly<Record<Role, string>> = {
  SI: 'si-dien-bien',
  LABOUR: 'labour-dien-bien',
  UNION: 'union-dien-bien',
  PRESS: 'press-vn',
  AUDITOR: 'audit-vn',
  STEWARD: 'steward-vn',
};
const everyRole = roles.map((role) => [role, agencyOf[role]] as const);
const all = 'coordinate exists needs topics satisfied errorCode grants sentence';
const explain = `query Explain($name: String!) { explainAccess(coordinate: $name) { ${all} } }`;
const { full } = buildSchemas();
const names = coordinates(full);
const isAllowed = (role: Role, name: string) => policyTable[name]?.roles.includes(role) ?? false;

describe('explaining access and simulating it', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind: 'SERVER' });
  });
  afterAll(() => gateway.close());

  const ask = (agency: string, name: string, options: AskOptions = {}) =>
    gateway.ask(agency, explain, { ...options, variables: { name } });
  async function explained(agency: string, name: string, options: AskOptions = {}) {
    const { data, errors, status } = await ask(agency, name, options);
    expect({ errors, status }).toEqual({ errors: [], status: 200 });
    return data.explainAccess;
  }

  test.each(everyRole)(
    '%s is told of exactly its own names, of all that there are',
    async (role, agency) => {
      const found: string[] = [];
      for (let at = 0; at < names.length; at += 19) {
        const group = names.slice(at, at + 19);
        const fields = group.map(
          (name, i) => `n${i}: explainAccess(coordinate: ${JSON.stringify(name)}) { exists }`,
        );
        const { data, errors } = await gateway.ask(agency, `{ ${fields.join(' ')} }`);
        expect(errors).toEqual([]);
        found.push(...group.filter((_name, i) => data[`n${i}`].exists));
      }
      expect(found).toEqual(names.filter((name) => isAllowed(role, name)));
    },
  );

  test.each(everyRole)(
    'for %s a name of others answers byte for byte as one that is nowhere',
    async (role, agency) => {
      const foreign = [
        ...['Query.accessRecords', 'Query.debtSummary', 'ConfStatus.S', 'CampaignCost', 'Agency'],
        ...['Query.observations', 'Query.simulate(role:)', 'EmployerFilter.within'],
      ].filter((name) => names.includes(name) && !isAllowed(role, name));
      expect(foreign).not.toEqual([]);
      for (const name of foreign) {
        // Of the same length, so that the answers' lengths may be compared too.
        const nowhere = name.replace(/\w(?=\W*$)/, '0');
        expect(names).not.toContain(nowhere);
        const [one, other] = [await ask(agency, name), await ask(agency, nowhere)];
        expect(one.text.replaceAll(name, '')).toBe(other.text.replaceAll(nowhere, ''));
        const shape = (headers: Record<string, string>) =>
          Object.entries(headers).filter(
            ([header]) => !/^(date|access-record|request-id)$/.test(header),
          );
        expect(shape(one.headers)).toEqual(shape(other.headers));
        expect(one.data.explainAccess).toEqual({
          coordinate: name,
          exists: false,
          needs: null,
          topics: [],
          satisfied: null,
          errorCode: null,
          grants: [],
          sentence: 'Your role has no such name.',
        });
      }
    },
  );

  test.each(['', 'a', '__Type', 'Query.', 'Query.area(', 'constructor', '__proto__', '@skip'])(
    '"%s" is no name',
    async (name) => {
      expect(await explained('si-dien-bien', name)).toMatchObject({
        coordinate: name,
        exists: false,
      });
    },
  );

  const lists = Object.values(full.getQueryType()?.getFields() ?? {})
    .filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
    // What may be asked without saying of what.
    .filter(({ args }) => !args.some(isRequiredArgument))
    .map(({ name }) => name);
  const purposes = [undefined, null, 'STATISTICS', 'NONSENSE'] as const;
  test.each(everyRole)(
    'for %s the explanation of each list is what asking it brings, whatever the purpose',
    async (role, agency) => {
      const own = lists.filter((name) => isAllowed(role, `Query.${name}`));
      expect(own.length).toBeGreaterThan(2);
      for (const purpose of purposes) {
        const options = purpose === undefined ? {} : { purpose };
        for (const name of own) {
          const told = await explained(agency, `Query.${name}`, options);
          const { errors } = await gateway.ask(agency, `{ ${name} { totalCount } }`, options);
          const code = errors[0]?.extensions.code ?? null;
          expect({ name, purpose, code }).toEqual({ name, purpose, code: told.errorCode });
          expect(told.satisfied).toBe(code === null);
        }
      }
    },
  );

  test.each([
    ['viewer', 'NOTHING', [], []],
    ['areas', 'ANY_GRANT', [], ['grant-press-vn']],
    ['observations', 'TOPIC_GRANT', expect.arrayContaining(['ENROLLMENT']), ['grant-press-vn']],
  ])('%s says what it needs and which grant gives it', async (field, needs, topics, grants) => {
    const found = await explained('press-vn', `Query.${field}`);
    expect(found).toMatchObject({
      exists: true,
      needs,
      topics,
      satisfied: true,
      errorCode: null,
      grants,
    });
  });

  test('an argument of a root field needs what the field needs; a field of a row needs nothing of its own', async () => {
    expect(await explained('press-vn', 'Query.areas(first:)')).toMatchObject({
      exists: true,
      needs: 'ANY_GRANT',
    });
    expect(await explained('press-vn', 'Observation.value')).toMatchObject({
      exists: true,
      needs: null,
      satisfied: null,
      sentence: 'Your role has this name; which rows it shows is decided row by row.',
    });
  });

  test.each([
    ['press-vn', null, 'PURPOSE_REQUIRED'],
    ['press-vn', 'STATISTICS', 'PURPOSE_NOT_GRANTED'],
    ['press-vn', 'NONSENSE', 'PURPOSE_UNKNOWN'],
    ['union-expired', 'WORKER_PROTECTION', 'GRANT_EXPIRED'],
  ])('%s for the purpose %s is told %s before it asks', async (agency, purpose, code) => {
    const found = await explained(agency, 'Query.areas', { purpose });
    expect(found).toMatchObject({ exists: true, satisfied: false, errorCode: code, grants: [] });
    const { errors } = await gateway.ask(agency, '{ areas { totalCount } }', { purpose });
    expect(errors[0]?.extensions.code).toBe(code);
    expect(found.sentence).toContain(errors[0]?.message);
  });

  test('in the caller’s language', async () => {
    const headers = { 'accept-language': 'vi' };
    const known = await explained('press-vn', 'Query.areas', { headers, purpose: null });
    expect(known.sentence).toMatch(/^Vai trò của bạn được hỏi .* chưa đáp ứng: Hãy nêu mục đích/);
    expect((await explained('press-vn', 'Nothing', { headers })).sentence).toBe(
      'Vai trò của bạn không có tên này.',
    );
  });

  const simulation = `query Simulate($role: Role!, $territory: [AreaKey!], $topics: [GrantTopicInput!]) {
    simulate(role: $role, territory: $territory, topics: $topics) {
      role sdl schemaVersion policyVersion territory scope { topic reach areaIds }
    }
  }`;
  async function simulated(variables: Record<string, unknown>) {
    const { data, errors } = await gateway.ask('audit-vn', simulation, { variables });
    expect(errors).toEqual([]);
    return data.simulate;
  }

  test.each(everyRole)(
    'auditors see the schema of %s as it sees it itself',
    async (role, agency) => {
      const own = await request(gateway.gateway.server)
        .get('/schema')
        .set('authorization', `Bearer ${await gateway.token(agency)}`);
      const { sdl, territory, scope } = await simulated({ role });
      expect(sdl).toBe(own.text);
      // Empty is nothing, never everything.
      expect({ territory, scope }).toEqual({ territory: [], scope: [] });
    },
  );

  test.each([
    ['PRESS', '{ simulate(role: PRESS) { sdl } }'],
    ['SI', '{ simulate(role: SI) { sdl } }'],
    ['STEWARD', '{ simulate(role: SI) { schemaVersion } }'],
  ] satisfies [Role, string][])('for %s there is no simulation', async (role, question) => {
    const { status, data, errors } = await gateway.ask(agencyOf[role], question);
    expect({ status, data }).toEqual({ status: 400, data: null });
    expect(errors[0]?.extensions.code).toBe('DOCUMENT_INVALID');
  });

  test.each([
    ['SI', 'si-dien-bien'],
    ['LABOUR', 'labour-lao-cai'],
    ['LABOUR', 'labour-vn'],
    ['UNION', 'union-nghe-an'],
    ['SI', 'si-tua-chua'],
  ] satisfies [Role, string][])(
    'a grant of %s simulated as %s holds it reaches what it reaches in truth',
    async (role, agency) => {
      const held = `{ viewer { grants { effective topics { topic reach } areaIds purposes } territory { topic reach areaIds } purpose } }`;
      const { viewer } = (await gateway.ask(agency, held)).data;
      const [grant, ...more] = viewer.grants.filter((each: { purposes: string[] }) =>
        each.purposes.includes(viewer.purpose),
      );
      expect(more).toEqual([]);
      const territory = grant.areaIds.map((id: string) => {
        const [code, vintage] = id.split('@');
        return { code, vintage };
      });
      const { scope } = await simulated({ role, territory, topics: grant.topics });
      expect(scope).toEqual(viewer.territory);
    },
  );

  test('without topics it is the most that any grant could give the role', async () => {
    const territory = [{ code: '15', vintage: '2025-07' }];
    const { scope, territory: ids } = await simulated({ role: 'PRESS', territory });
    expect(ids).toEqual(expect.arrayContaining(['10@2025-06', '15@2025-06', '15@2025-07']));
    expect(ids).not.toContain('11@2025-07');
    const topics = scope.map(({ topic }: { topic: string }) => topic);
    expect(topics).toContain('ENROLLMENT');
    expect(topics).not.toContain('ACCESS_LOG');
    for (const { reach, areaIds } of scope) {
      expect({ reach, areaIds }).toEqual({
        reach: 'INTERNAL',
        areaIds: expect.arrayContaining(ids),
      });
    }
  });

  test.each([
    [{ code: '15' }, 'AREA_AMBIGUOUS'],
    [{ code: 'nowhere' }, 'AREA_UNKNOWN'],
  ])('a territory that is none is refused: %o', async (key, code) => {
    const variables = { role: 'SI', territory: [{ code: 'VN-DB' }, key] };
    const { data, errors } = await gateway.ask('audit-vn', simulation, { variables });
    expect(data).toBeNull();
    expect(errors[0]?.extensions.code).toBe(code);
  });

  test('without the purpose nothing is simulated', async () => {
    const options = { variables: { role: 'SI' }, purpose: null };
    const { errors } = await gateway.ask('audit-vn', simulation, options);
    expect(errors[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
  });

  test('both are on the record, and a foreign name leaves no trace that a caller could read', async () => {
    const explainedReply = await ask('union-nghe-an', 'Query.accessRecords');
    const variables = { role: 'UNION', territory: [{ code: '11', vintage: '2025-07' }] };
    const simulatedReply = await gateway.ask('audit-vn', simulation, { variables });
    const record = `query ($number: Int64!) {
      accessRecord(number: $number) { agency operationName outcome topics areaIds }
    }`;
    const recordOf = async ({ headers }: { headers: Record<string, string> }) => {
      const number = headers['access-record'];
      return (await gateway.ask('audit-vn', record, { variables: { number } })).data.accessRecord;
    };
    expect(await recordOf(explainedReply)).toEqual({
      agency: 'union-nghe-an',
      operationName: 'Explain',
      outcome: 'ANSWERED',
      topics: [],
      areaIds: [],
    });
    expect(await recordOf(simulatedReply)).toEqual({
      agency: 'audit-vn',
      operationName: 'Simulate',
      outcome: 'ANSWERED',
      topics: ['REGISTER'],
      areaIds: ['11@2025-07'],
    });
  });
});
