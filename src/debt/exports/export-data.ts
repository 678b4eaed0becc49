/** Reads whole lists of this domain for files, page after page in the order asked. */
import { pageRows } from '../../observation/export-data.ts';
import type { ExportPage, ExportTable } from '../../observation/export.ts';
import type { Order, PageQuery } from '../../platform/connection.ts';
import type { Context } from '../../platform/context.ts';
import { readRun, stepsLeft } from '../../observation/changes-run.ts';
import type {
  Area,
  DebtChange,
  DebtEvent,
  DebtPosition,
  Employer,
  Prisma,
  StatutoryList,
  StatutoryListEntry,
} from '../../platform/prisma/client.ts';
import { withScope } from '../../platform/scope.ts';
import type { GivenRow } from '../../platform/table-export.ts';
import { eachPage } from '../../platform/whole-list.ts';
import { openChanges, type ChangesAsked } from '../changes-data.ts';

/** Null where row-level security hides it, whatever the relation says. */
interface WithEmployer {
  readonly employer: Employer | null;
}
export type ListedPosition = DebtPosition & {
  readonly employer: (Employer & { readonly area: Area }) | null;
};
export type ListedEntry = StatutoryListEntry & { readonly list: StatutoryList | null };
export type ListedEvent = DebtEvent & WithEmployer;
/** Its entry too is null where it is hidden. */
export type ListedChange = DebtChange &
  WithEmployer & { readonly entry: StatutoryListEntry | null };

/** What of a Prisma model a whole list needs. */
interface Table {
  findMany(query: never): PromiseLike<unknown[]>;
  count(query: never): PromiseLike<number>;
}

interface Question<Row> {
  readonly type: string;
  readonly order: Order<Row>;
  readonly where: object;
  readonly include?: object;
}

type Related = Partial<WithEmployer & Pick<ListedEntry, 'list'>>;

/** The employers and lists of the rows, each once in a file: what they say leaves with it. */
function* newRelated(rows: readonly Related[], told: Set<string>): Generator<GivenRow> {
  for (const { employer, list } of rows) {
    for (const [type, row] of [
      ['Employer', employer],
      ['StatutoryList', list],
    ] as const) {
      if (!row || told.has(`${type} ${row.id}`)) continue;
      told.add(`${type} ${row.id}`);
      yield { type, row };
    }
  }
}

/** Each page in a transaction of its own, in the scope of the request. */
function wholeList<Row extends object>(table: (db: Context['db']) => Table) {
  return (context: Context, { type, order, where, include }: Question<Row>): ExportTable<Row> => {
    const { db, principal } = context;
    const find = (query: PageQuery) =>
      withScope(
        principal.scope,
        async () =>
          (await table(db).findMany({
            ...query,
            ...(include ? { include } : {}),
          } as never)) as Row[],
      );
    async function* pages(): AsyncGenerator<ExportPage<Row>> {
      const list = { order, where: where as Record<string, unknown>, find };
      const told = new Set<string>();
      for await (const rows of eachPage<Row>(list, pageRows)) {
        const given = rows.map((row): GivenRow => ({ type, row }));
        yield { rows, given: [...given, ...newRelated(rows, told)] };
      }
    }
    return {
      count: async (max) => table(db).count({ where, take: max + 1 } as never),
      pages,
    };
  };
}

type Where<T> = Omit<Question<T>, 'type' | 'include' | 'where'>;
const include = { employer: true };
const ofChanges = { ...include, entry: true };

const positions = wholeList<ListedPosition>((db) => db.debtPosition);
export const wholePositions = (
  context: Context,
  question: Where<DebtPosition> & { readonly where: Prisma.DebtPositionWhereInput },
) =>
  positions(context, {
    type: 'DebtPosition',
    ...question,
    include: { employer: { include: { area: true } } },
  });

const events = wholeList<ListedEvent>((db) => db.debtEvent);
export const wholeEvents = (
  context: Context,
  question: Where<DebtEvent> & { readonly where: Prisma.DebtEventWhereInput },
) => events(context, { type: 'DebtEvent', ...question, include });

const entries = wholeList<ListedEntry>((db) => db.statutoryListEntry);
export const wholeEntries = (
  context: Context,
  question: Where<StatutoryListEntry> & { readonly where: Prisma.StatutoryListEntryWhereInput },
) => entries(context, { type: 'StatutoryListEntry', ...question, include: { list: true } });

/** The list on which all of the entries stand; null where there are several, or none. */
export async function onlyList(
  { db }: Context,
  where: Prisma.StatutoryListEntryWhereInput,
): Promise<(StatutoryList & { readonly area: Area }) | null> {
  const [list, another] = await db.statutoryList.findMany({
    where: { entries: { some: where } },
    include: { area: true },
    take: 2,
  });
  return another ? null : (list ?? null);
}

/** All that `debtChanges` would tell in pages, as of the instant at which the download begins. */
export async function wholeChanges(
  context: Context,
  asked: ChangesAsked,
): Promise<ExportTable<ListedChange>> {
  const { db, principal } = context;
  const { where, run, steps } = await openChanges(context, asked);
  const left = run ? stepsLeft(run, steps) : [];
  async function* pages(): AsyncGenerator<ExportPage<ListedChange>> {
    const told = new Set<string>();
    for (let rest = run; rest;) {
      const present = rest;
      const { found, next } = await withScope(principal.scope, () =>
        readRun(present, steps, pageRows, async (_step, query) => {
          const page = { ...query, where: { AND: [where, query.where] }, include: ofChanges };
          return (await db.debtChange.findMany(page as never)) as ListedChange[];
        }),
      );
      const rows = found.map(({ row }) => row);
      const given = rows.map((row): GivenRow => ({ type: 'DebtChange', row }));
      yield { rows, given: [...given, ...newRelated(rows, told)] };
      rest = next && { ...present, at: next };
    }
  }
  return {
    count: async (max) => {
      let count = 0;
      for (const step of left) {
        count += await db.debtChange.count({ where: { AND: [where, step.where] }, take: max + 1 });
      }
      return Math.min(count, max + 1);
    },
    pages,
  };
}
