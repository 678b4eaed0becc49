/** The statements that the gateway sends for a question, and how the database answers each. */
import pg from 'pg';

export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

export interface Plan {
  readonly root: PlanNode;
  readonly nodes: readonly PlanNode[];
  readonly executionMillis: number;
  readonly planningMillis: number;
}

/** A statement as it was sent, and what its transaction began with: role, timeout and scope. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly prelude: string;
}

const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)];

type Query = (...args: unknown[]) => unknown;

/** Runs the work and returns the statements on a table, or of a kind, that node-postgres sent meanwhile, in this process. */
export async function statementsOn(
  table: string | RegExp,
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  const preludes = new WeakMap<object, string>();
  const found: Statement[] = [];
  const isWanted = (text: string) =>
    typeof table === 'string' ? text.includes(`"${table}"`) : table.test(text);
  prototype.query = function (this: object, ...args: unknown[]) {
    const [config, given] = args as [{ text?: string; values?: unknown[] } | string, unknown];
    const text = typeof config === 'string' ? config : (config.text ?? '');
    const isSetting = /^(BEGIN; )?set local /i.test(text);
    if (text.startsWith('BEGIN;')) preludes.set(this, text);
    else if (isSetting) preludes.set(this, `${preludes.get(this)}; ${text}`);
    else if (isWanted(text)) {
      const values = (typeof config === 'string' ? given : config.values) ?? given ?? [];
      found.push({ text, values: values as unknown[], prelude: preludes.get(this) ?? '' });
    }
    return query.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return found;
}

export interface ExplainOptions {
  /** Runs it and counts rows, pages and time. */
  readonly analyze?: boolean;
  /** Before the plan is made, such as `set local enable_seqscan = off`. */
  readonly settings?: readonly string[];
}

/** The plan of a statement under the scope that it was sent with; nothing is kept. */
export async function explain(
  client: pg.ClientBase,
  { prelude, text, values }: Statement,
  { analyze = false, settings = [] }: ExplainOptions = {},
): Promise<Plan> {
  await client.query(prelude);
  try {
    for (const setting of settings) await client.query(setting);
    const options = analyze ? 'analyze, buffers, timing off, format json' : 'format json';
    const { rows } = await client.query<Record<string, unknown[]>>(`explain (${options}) ${text}`, [
      ...values,
    ]);
    const [plan] = rows[0]!['QUERY PLAN'] as [Record<string, unknown>];
    return {
      root: plan['Plan'] as PlanNode,
      nodes: flat(plan['Plan'] as PlanNode),
      executionMillis: Number(plan['Execution Time'] ?? 0),
      planningMillis: Number(plan['Planning Time'] ?? 0),
    };
  } finally {
    await client.query('rollback');
  }
}

/** Whoever can be asked as an agency. */
export interface Asked {
  ask(agency: string, question: string): Promise<{ readonly errors: readonly unknown[] }>;
}

/** What a question makes the gateway ask of a table, by the agency that asks. */
export const questionStatements = async (
  gateway: Asked,
  table: string,
  [agency, question]: readonly [agency: string, question: string],
): Promise<Statement[]> =>
  statementsOn(table, async () => {
    const { errors } = await gateway.ask(agency, question);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
  });
