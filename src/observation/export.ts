/** Tables of figures as files: which there are, the link to one, and what its download reads. */
import {
  astFromValue,
  coerceInputValue,
  GraphQLError,
  valueFromASTUntyped,
  type GraphQLField,
  type GraphQLResolveInfo,
} from 'graphql';
import { refusalFor } from '../identity/principal.ts';
import { builder } from '../platform/builder.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { limits } from '../platform/limits.ts';
import { csvWriter } from '../platform/plain-csv.ts';
import { pageLists, pageWriter, type PageHeading, type PageWords } from '../platform/plain-page.ts';
import { visibleTable, type About, type PlainTable } from '../platform/plain-table.ts';
import { labelsOf } from '../platform/plain-words.ts';
import type {
  AcceptedFile,
  GivenRow,
  StreamedPage,
  TableExports,
} from '../platform/table-export.ts';
import type { Role } from '../policy/types.ts';
import { insertLink, linkMinutes, linkOrThrow, readLists, type ExportLink } from './export-data.ts';
import type { FileFigure } from './sdmx-column.ts';
import { sdmxCsvHead, sdmxCsvLine, type FileOptions } from './sdmx-csv.ts';
import { listsOf, structureMessage, type Dataflow, type Structure } from './sdmx-structure.ts';

export interface ExportPage<Row> {
  readonly rows: readonly Row[];
  /** What they tell of, for the access record, each once in a table. */
  readonly given: readonly GivenRow[];
}

export interface ExportTable<Row> {
  /** At most one more than `max`. */
  count(max: number): Promise<number>;
  pages(): AsyncIterable<ExportPage<Row>> | Iterable<ExportPage<Row>>;
  /** What holds of all rows, for the head of a page. */
  heading?(): Promise<PageHeading | null>;
}

interface Source<Arguments, Row> {
  /** Whoever may not ask it may not download the table. */
  readonly rootField: string;
  /** Refuses arguments that the root field would refuse; the rows are those of the context's scope. */
  open(context: Context, args: Arguments): Promise<ExportTable<Row>>;
}

/** A table of figures that can leave as a file; `Arguments` are those of its root field. */
export interface ExportSource<Arguments, Row extends FileFigure = FileFigure> extends Source<
  Arguments,
  Row
> {
  readonly dataflow: Dataflow;
  readonly structure: Structure<Row>;
}

/** Any other table: it leaves as plain CSV, or as a page to print. */
export interface PlainSource<Arguments, Row> extends Source<Arguments, Row> {
  readonly table: PlainTable<Row>;
}

/** Pages whose rows are all of one type. */
export async function* pagesOfType<Row extends object>(
  type: string,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<ExportPage<Row>> {
  for await (const rows of pages) yield { rows, given: rows.map((row) => ({ type, row })) };
}

/** Arguments as they were given: a day, say, as the schema writes it and not as it has read it. */
function writtenArguments(args: object, { parentType, fieldName }: GraphQLResolveInfo): object {
  const types = new Map(
    parentType.getFields()[fieldName]?.args.map(({ name, type }) => [name, type]),
  );
  const written = Object.entries(args).flatMap(([name, value]) => {
    const type = types.get(name);
    const node = type && astFromValue(value, type);
    return node ? [[name, valueFromASTUntyped(node)] as const] : [];
  });
  return Object.fromEntries(written);
}

/** Makes a link to a table; `args` are the root field's own, as the schema has read them. */
export async function makeLink<Arguments extends object, Row>(
  context: Context,
  source: Source<Arguments, Row>,
  args: Arguments,
  info: GraphQLResolveInfo,
): Promise<ExportLink> {
  await source.open(context, args);
  // They are read again at the download, by the schema of whoever asks then.
  return insertLink(context, source.rootField, writtenArguments(args, info));
}

export const ExportLinkRef = builder.objectRef<ExportLink>('ExportLink').implement({
  description: `An address under which a table is downloaded, with the token, role and purpose of any other request. It is of the agency and application that asked for it, and holds for ${linkMinutes} minutes. Figures come as SDMX-CSV 2.0; other tables as CSV (UTF-8, comma, one line of field names), or with Accept: text/html as a page to print.`,
  fields: (t) => ({
    url: t.string({
      description: 'The path on this gateway: GET it. Errors: EXPORT_UNKNOWN, EXPORT_EXPIRED.',
      resolve: ({ id }) => `/export/${id}`,
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'Until when a download may begin.',
    }),
  }),
});

/** The gates before the rows: what the root field asks of the role and of the request. */
function assertMayAsk(context: Context, coordinate: string): void {
  const { contract, principal, draft } = context;
  const needs = contract.policy[coordinate]?.needs;
  if (!needs || !contract.byRole[principal.role].names.has(coordinate)) {
    throw new PublicError('EXPORT_UNKNOWN');
  }
  if (typeof needs !== 'string') for (const topic of needs) draft.asked.add(topic);
  const refusal = refusalFor(principal, needs);
  if (refusal) throw new PublicError(refusal.code, refusal.parameters);
}

/** What the role could ask when the link was made, and can't any more, is as unknown as the link. */
function readArguments(given: object, field: GraphQLField<unknown, Context> | undefined): object {
  const known = new Map(field?.args.map((arg) => [arg.name, arg]));
  const read = Object.entries(given).map(([name, value]) => {
    const arg = known.get(name);
    if (!arg) throw new PublicError('EXPORT_UNKNOWN');
    const onError = (_path: unknown, _value: unknown, error: Error) => {
      const originalError = new GraphQLError(error.message);
      throw new PublicError('EXPORT_UNKNOWN', {}, { originalError });
    };
    return [name, coerceInputValue(value, arg.type, onError)] as const;
  });
  return Object.fromEntries(read);
}

type FigureSource = ExportSource<never>;
type AnySource = FigureSource | PlainSource<never, object>;

const isOfFigures = (source: AnySource): source is FigureSource => 'dataflow' in source;

interface Writer {
  readonly headers: Readonly<Record<string, string>>;
  readonly head: string;
  readonly tail: string;
  line(row: never): string;
}

function figureWriter(
  { rootField, dataflow, structure }: FigureSource,
  file: AcceptedFile,
): Writer {
  const options: FileOptions = { dataflow: dataflow.id, ...file, columns: structure.columns };
  return {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${rootField}.csv"`,
    },
    head: sdmxCsvHead(options),
    tail: '',
    line: (row) => sdmxCsvLine(row, options),
  };
}

const purposeList = 'PURPOSE';

async function wordsOf(
  context: Context,
  table: PlainTable<object>,
  opened: Pick<ExportTable<never>, 'heading'>,
): Promise<PageWords> {
  const kept = await readLists(context, [purposeList, ...pageLists(table)]);
  const lists = new Map(kept.map(({ id, codes }) => [id, labelsOf(codes)]));
  const purpose = lists.get(purposeList)?.get(context.principal.purpose ?? '') ?? null;
  return { heading: (await opened.heading?.()) ?? null, purpose, lists };
}

async function plainWriter(
  context: Context,
  source: PlainSource<never, object>,
  file: AcceptedFile,
  about: About & { readonly opened: Pick<ExportTable<never>, 'heading'> },
): Promise<Writer> {
  const table = visibleTable(source.table, context);
  if (!file.isPage) return csvWriter(table, file, context, about);
  const page = await wordsOf(context, table, about.opened);
  return pageWriter(table, file, context, { ...about, page });
}

async function* textOf(
  pages: ReturnType<ExportTable<never>['pages']>,
  writer: Writer,
): AsyncGenerator<StreamedPage> {
  for await (const { rows, given } of pages) {
    yield { rows: rows.length, given, text: rows.map((row) => writer.line(row)).join('') };
  }
}

/** All tables together; `fieldOf` finds a root field in a role's schema. */
export function tableExports(
  sources: readonly AnySource[],
  fieldOf: (role: Role, rootField: string) => GraphQLField<unknown, Context> | undefined,
): TableExports {
  return {
    async open(context, id, accept) {
      const link = await linkOrThrow(context, id);
      const source = sources.find(({ rootField }) => rootField === link.source);
      if (!source) throw new PublicError('EXPORT_UNKNOWN');
      const { rootField: name } = source;
      const file = accept(isOfFigures(source) ? 'FIGURES' : 'PLAIN');
      assertMayAsk(context, `Query.${name}`);
      const args = readArguments(link.filter as object, fieldOf(context.principal.role, name));
      const table = await source.open(context, args as never);
      const max = limits.exportRows.value;
      const rows = await table.count(max);
      if (rows > max) throw new PublicError('EXPORT_TOO_LARGE', { max });
      const about = { name, arguments: link.filter, rows };
      const writer = isOfFigures(source)
        ? figureWriter(source, file)
        : await plainWriter(context, source, file, { ...about, opened: table });
      const { headers, head, tail } = writer;
      return { ...about, headers, head, tail, pages: () => textOf(table.pages() as never, writer) };
    },
    async structure(context) {
      assertMayAsk(context, 'Query.codeLists');
      const figures = sources.filter(isOfFigures);
      const structures = figures.map(({ structure }) => structure);
      const own = structures.flatMap(({ lists = [] }) => lists);
      const isOwn = (id: string) => own.some((list) => list.id === id);
      const kept = await readLists(
        context,
        listsOf(...structures).filter((id) => !isOwn(id)),
      );
      for (const { id } of kept) context.draft.given('CodeList', { id });
      const flows = figures.map(({ dataflow, structure }) => ({ ...dataflow, structure }));
      const prepared = new Date(context.principal.scope.instant);
      return `${JSON.stringify(structureMessage(flows, [...kept, ...own], prepared), null, 2)}\n`;
    },
  };
}
