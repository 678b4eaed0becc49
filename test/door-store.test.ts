/** What the database itself refuses: strong logins, overwriting, unprotected tables, slow filters. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { gatewayRole, logWriterRole } from '../src/platform/database.ts';
import { nobody, withScope, type Scope } from '../src/platform/scope.ts';
import { openServerStore } from '../src/platform/store.ts';
import { insertMarks, insertRows, markedRow } from './marks.ts';
import { openGateway, storeKinds, type TestGateway } from './support/gateway.ts';
import { runSql } from './support/postgres.ts';

const id = 'row-internal-mark-db';
const targetId = 'row-internal-mark-tgt';
const closing = (table: string, column: string, value: string) =>
  `update ${table} set ${column} = ${value} where id = '${table === 'target' ? targetId : id}'`;

/** As the owner of the tables, in this order; each either works or is refused as append-only. */
const ownerStatements: readonly (readonly [sql: string, works: boolean])[] = [
  ...['access_record', 'change_record', 'observation', 'target'].flatMap((table) => [
    [`delete from ${table}`, false] as const,
    [`truncate ${table}`, false] as const,
    [`truncate ${table} cascade`, false] as const,
  ]),
  [`update access_record set outcome = 'REFUSED'`, false],
  [`update access_record set outcome = outcome`, false],
  [`update change_record set actor = 'nobody'`, false],
  ...['observation', 'target'].flatMap((table) => [
    [closing(table, 'value', '1'), false] as const,
    [closing(table, 'audience', `'PUBLISHED'`), false] as const,
    [closing(table, 'area_id', `'40@2025-07'`), false] as const,
    [closing(table, 'province_id', 'null'), false] as const,
    [closing(table, 'published_at', 'now()'), false] as const,
    [
      `update ${table} set value = 0, known_to = '2026-02-01' where audience = 'INTERNAL'`,
      false,
    ] as const,
    [closing(table, 'known_to', `'2026-02-01'`), true] as const,
    [closing(table, 'known_to', `'2026-03-01'`), false] as const,
    [closing(table, 'known_to', 'null'), false] as const,
    [closing(table, 'withdrawn_at', `'2026-02-01'`), true] as const,
    [closing(table, 'withdrawn_at', 'null'), false] as const,
  ]),
];

const leaf = Buffer.from(
  JSON.stringify({
    time: '2026-01-01T00:00:00Z',
    requestId: 'r',
    areas: { count: 0, ids: [] },
    given: [],
    employers: { count: 0, ids: [] },
    withheld: [],
    policyVersion: 'p',
    schemaVersion: 's',
    outcome: 'ANSWERED',
    requestCount: 1,
    durationMicros: 1,
    grants: [],
    topics: [],
  }),
).toString('base64');

const everything: Scope = {
  ...nobody,
  instant: '2026-06-01T00:00:00Z',
  topics: ['ENROLLMENT'],
  published: ['ENROLLMENT'],
  national: ['ENROLLMENT'],
};

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly PlanNode[];
}
const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)];

describe.each(storeKinds)('the tables on %s', (kind) => {
  let gateway: TestGateway;
  const outcomes = new Map<string, string>();

  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        await insertMarks(owner);
        const {
          domain: _,
          sex: __,
          residence: ___,
          breakdown: ____,
          ...row
        } = markedRow(['mark-tgt', '11@2025-07', 'ENROLLMENT'], 'INTERNAL');
        const target = {
          ...row,
          kind: 'QUANTIFIED',
          statement: 'x',
          result_ids: [],
          derivable_from: [],
        };
        await insertRows(owner, 'target', [target]);
        await owner.query('select append_access_records($1::jsonb)', [
          JSON.stringify([{ leaf, salt: leaf }]),
        ]);
        await owner.query(
          `insert into change_record values ('mark-change', now(), 'actor', 'INSERT', 'x', 'x', '{}')`,
        );
        for (const [sql] of ownerStatements) {
          const outcome = await owner.query(sql).then(
            ({ rowCount }) => `${rowCount} row`,
            (error: { code: string }) => error.code,
          );
          outcomes.set(sql, outcome);
        }
      },
    });
  });
  afterAll(() => gateway.close());

  const ask = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> =>
    (await withScope(everything, () => gateway.store.gateway.query<Row>(sql))).rows;

  test.each(ownerStatements)('even for the owner: %s', (sql, works) => {
    expect(outcomes.get(sql)).toBe(works ? '1 row' : 'LT002');
  });

  test('every table is under row-level security', async () => {
    const tables = await ask<{ name: string; secured: boolean }>(
      `select c.relname::text as name, c.relrowsecurity as secured from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')`,
    );
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.filter((table) => !table.secured).map((table) => table.name)).toEqual([
      '_prisma_migrations',
    ]);
  });

  test('the gateway role reads, and writes the register, releases and links alone; the log writer nothing', async () => {
    const held = await ask<{ role: string; privilege: string; table: string | null }>(
      `select distinct role, privilege, case when privilege <> 'SELECT' then c.relname::text end as table from pg_class c,
         unnest(array['${gatewayRole}', '${logWriterRole}']) role,
         unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and (has_table_privilege(role, c.oid, privilege)
            or (privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
              and has_any_column_privilege(role, c.oid, privilege)))`,
    );
    expect(held.filter(({ role }) => role !== gatewayRole)).toEqual([]);
    const said = held.map(({ privilege, table }) => `${privilege} ${table ?? ''}`.trim());
    expect(said.sort()).toEqual([
      'DELETE export_link',
      'DELETE grant_area',
      'DELETE grant_purpose',
      'DELETE grant_topic',
      'DELETE release',
      'DELETE release_cell',
      'DELETE release_protection',
      'INSERT agency',
      'INSERT application',
      'INSERT audit_finding',
      'INSERT export_link',
      'INSERT grant',
      'INSERT grant_area',
      'INSERT grant_purpose',
      'INSERT grant_topic',
      'INSERT issuer',
      'INSERT issuer_agency',
      'INSERT log_cosignature',
      'INSERT pre_release_access',
      'INSERT release',
      'INSERT release_cell',
      'INSERT release_protection',
      'SELECT',
      'UPDATE agency',
      'UPDATE application',
      'UPDATE audit_finding',
      'UPDATE debt_identification',
      'UPDATE grant',
      'UPDATE grant_topic',
      'UPDATE issuer',
      'UPDATE pre_release_access',
      'UPDATE release',
      'UPDATE release_job',
    ]);
  });

  test('of a table it may change these columns and no other', async () => {
    const columns = await ask<{ table: string; names: string }>(
      `select table_name::text as table, string_agg(column_name::text, ' ' order by column_name) as names
         from information_schema.column_privileges
        where grantee = '${gatewayRole}' and privilege_type = 'UPDATE' group by 1 order by 1`,
    );
    expect(Object.fromEntries(columns.map(({ table, names }) => [table, names]))).toEqual({
      agency: 'state state_reason',
      application: 'state state_reason',
      audit_finding: 'conclusion reply state',
      debt_identification: 'done ended_at error_code heartbeat_at state step total',
      grant:
        'after_retention contact legal_basis retention_months state state_reason terms valid_from valid_to',
      grant_topic: 'reach',
      issuer: 'state state_reason',
      pre_release_access: 'approved_at approved_by revoked_at',
      release:
        'exceptional note protected_at protected_by provisional scheduled_at scheduled_by title_en title_vi',
      release_job: 'done ended_at error_code error_count heartbeat_at places state step total',
    });
  });

  test('each role may call its own functions only', async () => {
    const callable = await ask<{ role: string; name: string }>(
      `select role, p.proname::text as name from pg_proc p,
         unnest(array['${gatewayRole}', '${logWriterRole}']) role
        where p.pronamespace = 'public'::regnamespace and has_function_privilege(role, p.oid, 'EXECUTE')
        order by 1, 2`,
    );
    const namesOf = (role: string) =>
      callable.filter((row) => row.role === role).map((row) => row.name);
    expect(namesOf(logWriterRole)).toEqual([
      'append_access_records',
      'look_at_logs',
      'open_log',
      'publish_checkpoint',
      'read_log_tiles',
    ]);
    expect(namesOf(gatewayRole)).toEqual([
      'acting_as_steward',
      'acting_role',
      'allocate_debt_payments',
      'answer_union_presence',
      'approve_statutory_list',
      'assign_collection_estimate',
      'audience_employers',
      'begin_debt_identification',
      'begin_release_job',
      'change_state',
      'claim_union_presence',
      'confirm_debt_event',
      'correct_collection_estimate',
      'correct_debt_event',
      'data_usage',
      'debt_change_state',
      'debt_knowledge',
      'decline_inspection',
      'discard_statutory_list',
      'draft_statutory_list',
      'end_union_presence',
      'identify',
      'inside_topics',
      'lock_debt_allocation',
      'lock_debt_employers',
      'own_drafts',
      'own_releases',
      'party_areas',
      'party_campaigns',
      'party_employers',
      'party_grants',
      'party_instruments',
      'place_of_office',
      'pre_releases',
      'provided_grants',
      'publish_release',
      'published_releases',
      'record_debt_event',
      'record_employers',
      'record_obligations',
      'record_payments',
      'record_promise',
      'record_registration_duties',
      'record_underdeclarations',
      'refuse',
      'registered_issuers',
      'revoke_debt_event',
      'scope',
      'scope_actor',
      'scope_agency',
      'scope_any',
      'scope_application',
      'scope_engine',
      'scope_instant',
      'scope_list',
      'scope_subject',
      'territory_closure',
      'territory_renewal',
      'transmit_statutory_list',
      'withdraw_release',
      'withdraw_statutory_list',
      'write_debt_positions',
      'wrong_employer_rows',
    ]);
  });

  test('no temporary table stands in for one that a function names', async () => {
    const functions = await ask<{ name: string; path: string | null }>(
      `select p.proname::text as name, (select c from unnest(p.proconfig) c where c like 'search_path=%') as path
         from pg_proc p
        where p.pronamespace = 'public'::regnamespace and (p.prosecdef or p.proconfig is not null)`,
    );
    expect(functions.length).toBeGreaterThan(100);
    expect(functions.filter(({ path }) => !path?.endsWith(', pg_temp'))).toEqual([]);
  });

  const conditions = [
    ['area_id', `area_id = '11@2025-07'`],
    ['area_id', `area_id = '11@2025-07' and known_to is null`],
    ['province_id', `province_id = '11@2025-07'`],
    ['figure_id', `figure_id in ('mark-db', 'mark-vn') and known_to is null`],
    ['indicator', `indicator = 'PARTICIPANTS' and period_start <= '2022-12-31'`],
  ] as const;
  test.each(conditions)('a filter by %s walks an index: %s', async (column, condition) => {
    const client = await withScope(everything, () => gateway.store.gateway.connect());
    await client.query('BEGIN');
    await client.query('set local enable_seqscan = off');
    const { rows } = await client.query(
      `explain (format json) select * from observation where ${condition}`,
    );
    await client.query('ROLLBACK');
    client.release();
    const [{ Plan: root }] = rows[0]['QUERY PLAN'] as [{ Plan: PlanNode }];
    const nodes = flat(root);
    const indexed = nodes.map((node) => node['Index Cond'] ?? '').join(' ');
    expect(indexed).toContain(`${column} =`);
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  });
});

describe('a server store opens only for a weak login on a migrated database', () => {
  const suffix = randomBytes(4).toString('hex');
  const admin = inject('postgresUrl');
  const database = `lt_store_${suffix}`;
  const empty = `lt_empty_${suffix}`;
  const logins = ['bypass', 'member', 'apart', 'super'].map((name) => `${name}_${suffix}`);
  const [bypass, member, apart, superuser] = logins;
  const urlOf = (login: string, name = database) => {
    const url = new URL(admin);
    url.username = login;
    url.pathname = `/${name}`;
    return url.href;
  };

  beforeAll(() =>
    runSql(
      admin,
      `create database ${database} template lienthong_template owner lt_owner`,
      `create database ${empty}`,
      `create role ${bypass} login bypassrls in role ${gatewayRole}`,
      `create role ${member} login in role ${gatewayRole}, lt_owner`,
      `create role ${apart} login in role ${gatewayRole}`,
      `grant ${bypass} to ${apart} with inherit false`,
      `create role ${superuser} login superuser`,
    ),
  );
  afterAll(() =>
    runSql(
      admin,
      `drop database ${database} with (force)`,
      `drop database ${empty} with (force)`,
      ...[...logins].reverse().map((login) => `drop role ${login}`),
    ),
  );
  const open = async (gatewayUrl: string, logUrl = urlOf('lt_log')) => {
    const store = await openServerStore(gatewayUrl, logUrl);
    await store.close();
    return store.kind;
  };

  test.each([
    ['a superuser', superuser!],
    ['the first superuser', 'postgres'],
    ['the owner', 'lt_owner'],
    ['BYPASSRLS', bypass!],
    ['a member of the owner', member!],
    ['who may become BYPASSRLS', apart!],
  ])('not for %s', async (_who, login) => {
    const tooStrong = { code: 'ROLE_TOO_STRONG' };
    await expect(open(urlOf(login))).rejects.toMatchObject(tooStrong);
    await expect(open(urlOf('lt_gateway'), urlOf(login))).rejects.toMatchObject(tooStrong);
  });

  test('not on a database without the tables', async () => {
    const opened = open(urlOf('lt_gateway', empty), urlOf('lt_log', empty));
    await expect(opened).rejects.toMatchObject({ code: 'NOT_MIGRATED' });
  });

  test('not on one that holds another text of a migration', async () => {
    expect(await open(urlOf('lt_gateway'))).toBe('SERVER');
    await runSql(
      urlOf('postgres'),
      `update _prisma_migrations set checksum = 'other' where migration_name like '%policies'`,
    );
    await expect(open(urlOf('lt_gateway'))).rejects.toMatchObject({
      code: 'NOT_MIGRATED',
      message: expect.stringContaining('_policies'),
    });
  });
});

describe.each(storeKinds)('a figure lies in the province of its area on %s', (kind) => {
  test('or is refused, for the owner too', async () => {
    const gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        const copied = owner.query(
          `insert into observation select (jsonb_populate_record(o, jsonb_build_object(
             'id', 'elsewhere', 'figure_id', 'elsewhere', 'province_id', '40@2025-07'))).*
           from observation o where o.province_id = '11@2025-06' limit 1`,
        );
        await expect(copied).rejects.toMatchObject({ code: 'LT003' });
      },
    });
    await gateway.close();
  });
});

describe('a server that ends connections', () => {
  test('ends what was under way on them, and not the process', async () => {
    const gateway = await openGateway({ kind: 'SERVER' });
    const { store } = gateway;
    // Between two statements, when the client waits for nothing and is nobody's idle one.
    const client = await withScope(nobody, () => store.gateway.connect());
    await client.query('BEGIN');
    const ended = new Promise((resolve) => client.once('end', resolve));
    const admin = new pg.Client({ connectionString: inject('postgresUrl') });
    await admin.connect();
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where state like 'idle in transaction%'
         and datname = (select datname from pg_stat_activity where pid = $1)`,
      [await backendOf(client)],
    );
    expect(rowCount).toBe(1);
    await admin.end();
    await ended;
    await expect(client.query('select 1')).rejects.toThrow();
    client.release();
    expect((await gateway.ask('press-vn', '{ viewer { role } }')).status).toBe(200);
    await gateway.close();
  });
});

async function backendOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}
