/** The functions that decide about scope: those of the policies, and those that say who asks; their mutants. */
import pg from 'pg';
import { mutantsOf } from './mutants.ts';
import { areas, businessTopics } from './readers.ts';
import type { Statement } from './policies.ts';

interface ScopeFunction {
  readonly name: string;
  readonly language: string;
  readonly result: string;
  readonly body: string;
  readonly definition: string;
}

/** What the gateway calls without a policy. */
const callers = ['identify', 'registered_issuers'];

/** Those, and all that they call in turn: a function that a new policy calls is found by itself. */
export async function readFunctions(client: pg.Client): Promise<ScopeFunction[]> {
  const { rows } = await client.query<ScopeFunction & { isCalled: boolean }>(
    `select p.proname::text as name, l.lanname::text as language, pg_get_function_result(p.oid) as result,
       p.prosrc as body, pg_get_functiondef(p.oid) as definition,
       p.proname = any($1) or exists (select from pg_depend d where d.classid = 'pg_policy'::regclass
         and d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid) as "isCalled"
     from pg_proc p join pg_language l on l.oid = p.prolang
     where p.pronamespace = 'public'::regnamespace order by 1`,
    [callers],
  );
  const called = new Set(rows.filter(({ isCalled }) => isCalled));
  for (const caller of called) {
    for (const other of rows) {
      if (new RegExp(`\\b${other.name}\\(`).test(caller.body)) called.add(other);
    }
  }
  return [...called];
}

/** Every key that a list of the scope may hold, and every marked key that a party may. */
const anything = [
  ...businessTopics,
  'REGISTER',
  'ACCESS_LOG',
  'CHANGE_LOG',
  ...businessTopics.flatMap((topic) =>
    ['*', ...Object.values(areas).map(({ area_id }) => area_id)].map((area) => `${topic}|${area}`),
  ),
  ...['m1', 'm1c', 'm2', 'mv', 'now'].map((name) => `mark-joined-${name}`),
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
