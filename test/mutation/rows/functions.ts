/** The functions that decide about scope: those of the policies, and those that say who asks; their mutants. */
import pg from 'pg';
import { mutantsOf } from './mutants.ts';
import { areas, businessTopics } from './readers.ts';
import { registerExpectations } from './register-expectations.ts';
import type { Statement } from './policies.ts';

interface FunctionRow {
  readonly name: string;
  readonly language: string;
  readonly result: string;
  readonly body: string;
  readonly definition: string;
  /** Tables with a policy that calls it. */
  readonly tables: readonly string[];
}

export interface ScopeFunction extends FunctionRow {
  /** Whether a function that questions.ts asks stands on it. */
  readonly isAsked: boolean;
}

/** What the gateway calls without a policy and learns by; questions.ts asks them. */
const asked = ['identify', 'registered_issuers', 'audience_employers', 'data_usage'];
/** What it calls to change something: asked by the front door, in the tests of each of these steps. */
const commands = [
  'begin_release_job',
  'debt_knowledge',
  'publish_release',
  'withdraw_release',
  'draft_statutory_list',
  'transmit_statutory_list',
  'approve_statutory_list',
  'withdraw_statutory_list',
  'discard_statutory_list',
  'record_debt_event',
  'correct_debt_event',
  'revoke_debt_event',
  'decline_inspection',
  'confirm_debt_event',
  'record_promise',
  'claim_union_presence',
  'answer_union_presence',
  'end_union_presence',
  'begin_debt_identification',
  'write_debt_positions',
  'lock_debt_employers',
  'lock_debt_allocation',
  'record_employers',
  'wrong_employer_rows',
  'record_obligations',
  'record_payments',
  'record_registration_duties',
  'record_underdeclarations',
  'allocate_debt_payments',
  'place_of_office',
  'assign_collection_estimate',
  'correct_collection_estimate',
];
/** What tells of no row: asked by the front door, in test/observation/changes.test.ts and test/debt/changes.test.ts. */
const clocks = ['change_state', 'debt_change_state'];

/** Those, those of the policies, and all that they call in turn: a new one is found by itself. */
export async function readFunctions(client: pg.Client): Promise<ScopeFunction[]> {
  const { rows } = await client.query<FunctionRow>(
    `select p.proname::text as name, l.lanname::text as language, pg_get_function_result(p.oid) as result,
       p.prosrc as body, pg_get_functiondef(p.oid) as definition,
       array(select distinct c.relname::text from pg_depend d
         join pg_policy o on o.oid = d.objid join pg_class c on c.oid = o.polrelid
        where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass
          and d.refobjid = p.oid) as tables
     from pg_proc p join pg_language l on l.oid = p.prolang
     where p.pronamespace = 'public'::regnamespace and l.lanname in ('sql', 'plpgsql') order by 1`,
  );
  return rows
    .map((row) => {
      const callers = callersOf(row, rows);
      return {
        ...row,
        tables: [...new Set(callers.flatMap(({ tables }) => tables))].sort(),
        isAsked: callers.some(({ name }) => asked.includes(name)),
      };
    })
    .filter(({ tables, isAsked }) => tables.length > 0 || isAsked);
}

/** Functions past row-level security that the gateway may call and of which nothing here is asked. */
export async function readUnasked(client: pg.Client, role: string): Promise<string[]> {
  const known = [...(await readFunctions(client)).map(({ name }) => name), ...commands, ...clocks];
  const { rows } = await client.query<{ name: string }>(
    `select proname::text as name from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef and has_function_privilege($1, oid, 'EXECUTE')
        and not proname = any($2) order by 1`,
    [role, known],
  );
  return rows.map(({ name }) => name);
}

/** Itself, and whatever calls it, directly or not. */
function callersOf(called: FunctionRow, all: readonly FunctionRow[]): FunctionRow[] {
  const callers = new Set([called]);
  for (const { name } of callers) {
    for (const other of all) {
      if (new RegExp(`\\b${name}\\(`).test(other.body)) callers.add(other);
    }
  }
  return [...callers];
}

/** Every key that a list of the scope may hold, and every marked key or grant that a party may. */
const anything = [
  ...businessTopics,
  'REGISTER',
  'ACCESS_LOG',
  'CHANGE_LOG',
  ...businessTopics.flatMap((topic) =>
    ['*', ...Object.values(areas).map(({ area_id }) => area_id)].map((area) => `${topic}|${area}`),
  ),
  ...['m1', 'm1c', 'm2', 'mv', 'now'].map((name) => `mark-joined-${name}`),
  ...Object.values(areas).map(({ area_id }) => area_id),
  ...Object.keys(registerExpectations['grant']!.rows),
  ...['asked', 'rivals', 'left', 'leaves', 'person'].map((name) => `mark-${name}`),
];
const arrayOf = (items: readonly string[]) =>
  `array[${items.map((item) => pg.escapeLiteral(item)).join(', ')}]::text[]`;

/** Answers that do not look at the question, by the type of the answer. */
const constants: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', 'false'],
  'text[]': [arrayOf(anything), arrayOf([])],
  'timestamp with time zone': [`'infinity'::timestamptz`, `'-infinity'::timestamptz`],
  text: [`'mark-union'::text`, 'null::text'],
  jsonb: [`'{}'::jsonb`],
};

export function functionStatementsOf(of: ScopeFunction): Statement[] {
  const wrap = (answer: string) =>
    of.language === 'plpgsql' ? `begin return ${answer}; end` : `select ${answer}`;
  const whole = (constants[of.result] ?? []).map((answer) => ({
    change: `answers ${answer.slice(0, 40)}`,
    sql: wrap(answer),
  }));
  return [...whole, ...mutantsOf(of.body)].map(({ change, sql }) => ({
    name: `${of.name}(): ${change}`,
    sql: of.definition.replace(of.body, () => sql),
  }));
}
