/**
 * Relay connections over keyset pages: a cursor holds the sort values of its row, so a page costs the
 * same wherever it lies, and a cursor cannot tell whether a row exists that the caller may not see.
 */
import type { ObjectRef } from '@pothos/core';
import { z } from 'zod';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { PublicError } from './errors.ts';
import { parseDay } from './scalars.ts';

export const firstDefault = 20;
export const firstMax = 200;

export type CursorValue = string | null;

/** One column of an order. Nulls come last in both directions. */
export interface OrderColumn<Row> {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
  readonly nullable?: boolean;
  /** Whether a text in a cursor can be a value of the column; any can when left out. */
  readonly accepts?: (text: string) => boolean;
  /** The row's value, in a form that JSON keeps and Prisma takes back. */
  read(row: Row): CursorValue;
  /** Back to what Prisma takes, where that is no text: a count. */
  readonly parse?: (text: string) => number;
}

/** An order ends with a unique column, so that no two rows are equal in it. */
export interface Order<Row> {
  readonly name: string;
  readonly columns: readonly OrderColumn<Row>[];
}

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface Page<Row> {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: () => Promise<number>;
}

/** `first` is refused outside its bounds, never silently cut. */
export function boundedFirst(first: number | null | undefined, max = firstMax): number {
  const rows = first ?? Math.min(firstDefault, max);
  if (rows < 1 || rows > max) throw new PublicError('FIRST_OUT_OF_BOUNDS', { first: rows, max });
  return rows;
}

const cursorShape = z.tuple([z.string(), z.array(z.string().nullable())]);

function encodeCursor<Row>(list: string, order: Order<Row>, row: Row): string {
  const values = order.columns.map((column) => column.read(row));
  return Buffer.from(JSON.stringify([`${list} ${order.name}`, values])).toString('base64url');
}

function decodeCursor<Row>(list: string, order: Order<Row>, cursor: string): CursorValue[] {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    const [name, values] = cursorShape.parse(JSON.parse(text));
    const fits = name === `${list} ${order.name}` && values.length === order.columns.length;
    const spelt = Buffer.from(text).toString('base64url') === cursor;
    const typed = order.columns.every(({ nullable = false, accepts: fit = () => true }, i) => {
      const value = values[i] ?? null;
      return value === null ? nullable : !value.includes('\0') && fit(value);
    });
    if (fits && spelt && typed) return values;
  } catch {
    // Falls through: whatever is wrong with it, the caller's next step is the same.
  }
  throw new PublicError('CURSOR_INVALID');
}

type Where = Record<string, unknown>;

function valueOf<Row>({ parse }: OrderColumn<Row>, text: CursorValue | undefined) {
  return text == null || !parse ? (text ?? null) : parse(text);
}

/** Rows after the given values: equal in the first columns and later in the next one. */
export function laterThan<Row>(order: Order<Row>, values: readonly CursorValue[]): Where {
  const alternatives = order.columns.flatMap(({ column, direction, nullable }, i): Where[] => {
    const equal = order.columns
      .slice(0, i)
      .map((earlier, j): Where => ({ [earlier.column]: valueOf(earlier, values[j]) }));
    const value = valueOf(order.columns[i]!, values[i]);
    if (value === null) return [];
    const beyond: Where = { [column]: { [direction === 'asc' ? 'gt' : 'lt']: value } };
    const later = nullable ? { OR: [beyond, { [column]: null }] } : beyond;
    return [{ AND: [...equal, later] }];
  });
  return { OR: alternatives };
}

export function orderBy<Row>(order: Order<Row>): Record<string, unknown>[] {
  return order.columns.map(({ column, direction, nullable }) => ({
    [column]: nullable ? { sort: direction, nulls: 'last' } : direction,
  }));
}

export interface PageQuery {
  readonly where: never;
  readonly orderBy: never;
  readonly take: number;
}

/** Which page of which list, in which order; `look` is the look-ahead's part of the query. */
export interface PageRequest<Row> {
  readonly list: string;
  readonly order: Order<Row>;
  readonly args: PageArguments;
  readonly where: Where;
  readonly look?: object;
}

interface PageSource<Row> extends PageRequest<Row> {
  /** Runs the query; what it is given fits any model's findMany. */
  find(query: PageQuery): Promise<Row[]>;
  count(query: { where: never }): Promise<number>;
}

export async function readPage<Row>(source: PageSource<Row>): Promise<Page<Row>> {
  const { list, order, args, where } = source;
  const first = boundedFirst(args.first);
  const after = args.after == null ? null : decodeCursor(list, order, args.after);
  const rows = await source.find({
    where: (after ? { AND: [where, laterThan(order, after)] } : where) as never,
    orderBy: orderBy(order) as never,
    take: first + 1,
  });
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ node, cursor: encodeCursor(list, order, node) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => source.count({ where: where as never }),
  };
}

/** What of a Prisma model a page needs. */
interface Table {
  findMany(query: never): PromiseLike<unknown[]>;
  count(query: never): PromiseLike<number>;
}

/** Reads pages of one table, with what was looked ahead and nothing else. */
export function pagesOf<Row>(table: (db: Context['db']) => Table) {
  return (context: Context, request: PageRequest<Row>): Promise<Page<Row>> => {
    const rows = table(context.db);
    return readPage({
      ...request,
      find: async (query) => (await rows.findMany({ ...request.look, ...query } as never)) as Row[],
      count: async (query) => rows.count(query as never),
    });
  };
}

/** What columns that are no texts accept of a cursor; of the rest the database makes an error. */
export const accepts = {
  day: (text: string) =>
    /^.{10}T00:00:00\.000Z$/.test(text) && parseDay(text.slice(0, 10)) !== null,
  instant: (text: string) => {
    const instant = new Date(text);
    return !Number.isNaN(instant.getTime()) && instant.toISOString() === text;
  },
  decimal: (text: string) => /^-?\d{1,30}(\.\d{1,15})?$/.test(text),
  wholeNumber: (text: string) => /^\d{1,18}$/.test(text),
  count: (text: string) => /^\d{1,9}$/.test(text),
} as const;

/** Both paths to a connection's rows, for Prisma's look-ahead. */
export const nodePaths = (...rest: string[]): string[][] => [
  ['nodes', ...rest],
  ['edges', 'node', ...rest],
];

/** A cursor holds values of its row, so whoever gets one has got of the row. */
function witnessed<Row>(
  page: Page<Row>,
  give: (rows: readonly Row[]) => void,
): Page<Row>['pageInfo'] {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
  return {
    hasNextPage,
    hasPreviousPage,
    get startCursor() {
      give(page.nodes.slice(0, 1));
      return startCursor;
    },
    get endCursor() {
      give(page.nodes.slice(-1));
      return endCursor;
    },
  };
}

/** The connection and edge types of a node type. */
export function defineConnection<Row>(name: string, node: ObjectRef<never, Row>) {
  const giveIn = (context: Context) => (rows: readonly Row[]) => {
    for (const row of rows) context.draft.given(name, row as object);
  };
  const edge = builder.objectRef<Page<Row>['edges'][number]>(`${name}Edge`).implement({
    description: `A ${name} and its place in the list.`,
    fields: (t) => ({
      node: t.field({
        type: node as never,
        description: 'The row.',
        resolve: (e) => e.node as never,
      }),
      cursor: t.exposeString('cursor', { description: 'Give it as `after` to go on from here.' }),
    }),
  });
  return builder.objectRef<Page<Row>>(`${name}Connection`).implement({
    description: `A page of a list of ${name}, as far as the caller may see it.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The rows with their cursors.',
        resolve: (page, _args, context) => {
          giveIn(context)(page.nodes);
          return [...page.edges];
        },
      }),
      nodes: t.field({
        type: [node] as never,
        description: 'The rows alone.',
        resolve: (page) => [...page.nodes] as never,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: 'Whether there is more, and from where.',
        resolve: (page, _args, context) => witnessed(page, giveIn(context)),
      }),
      totalCount: t.int({
        description: 'How many rows of the whole list the caller may see.',
        resolve: (page) => page.totalCount(),
      }),
    }),
  });
}

/** Rows by their code, where the code is the key. */
export function byCode<Row extends { id: string }>(): Order<Row> {
  return { name: 'CODE', columns: [{ column: 'id', direction: 'asc', read: (row) => row.id }] };
}

/** The arguments of every connection. */
export const pageArgs = () =>
  builder.args((t) => ({
    first: t.int({
      description: `How many rows: 1 to ${firstMax}; ${firstDefault} when left out. Else FIRST_OUT_OF_BOUNDS.`,
    }),
    after: t.string({ description: 'The `endCursor` of the page before. Else CURSOR_INVALID.' }),
  }));
