/** The policies that the migrated database holds, and their mutants as statements. */
import type pg from 'pg';
import { policyMutantsOf } from './mutants.ts';

interface Policy {
  readonly table: string;
  readonly name: string;
  readonly using: string | null;
  readonly check: string | null;
}

/** A change to the database, made as its owner. */
export interface Statement {
  readonly name: string;
  readonly sql: string;
}

export async function readPolicies(client: pg.Client): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(
    `select c.relname::text as "table", p.polname::text as name,
       pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
     from pg_policy p join pg_class c on c.oid = p.polrelid
     where c.relnamespace = 'public'::regnamespace order by 1, 2`,
  );
  return rows;
}

/** Removed; with `true` in place of each expression; and each mutant of each expression. */
export function statementsOf({ table, name, using, check }: Policy): Statement[] {
  const where = `"${name}" on "${table}"`;
  const altered = (clause: 'using' | 'with check', expression: string | null): Statement[] => {
    if (expression === null) return [];
    const told = `${table}.${name} ${clause}`;
    const mutants = [{ change: 'true', sql: 'true' }, ...policyMutantsOf(expression)];
    return mutants.map(({ change, sql }) => ({
      name: `${told}: ${change}`,
      sql: `alter policy ${where} ${clause} (${sql})`,
    }));
  };
  return [
    { name: `${table}.${name} removed`, sql: `drop policy ${where}` },
    ...altered('using', using),
    ...altered('with check', check),
  ];
}

/** Tables of the gateway, whether a policy is on them, and whether its role has any right to them. */
export async function readTables(
  client: pg.Client,
  role: string,
): Promise<{ table: string; isGranted: boolean }[]> {
  const { rows } = await client.query<{ table: string; isGranted: boolean }>(
    `select c.relname::text as "table",
       has_any_column_privilege($1, c.oid, 'SELECT, INSERT, UPDATE')
         or has_table_privilege($1, c.oid, 'DELETE') as "isGranted"
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
     order by 1`,
    [role],
  );
  return rows;
}
