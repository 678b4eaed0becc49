/** Tables of figures as files: which there are, the link to one, and what its download reads. */
import { coerceInputValue, GraphQLError, isInputType, type GraphQLNamedType } from 'graphql';
import { refusalFor } from '../identity/principal.ts';
import { builder } from '../platform/builder.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { limits } from '../platform/limits.ts';
import type { KeyChoice, StreamedPage, TableExports } from '../platform/table-export.ts';
import type { Role } from '../policy/types.ts';
import { insertLink, linkMinutes, linkOrThrow, readLists, type ExportLink } from './export-data.ts';
import type { FileFigure } from './sdmx-columns.ts';
import { sdmxCsvHead, sdmxCsvLine } from './sdmx-csv.ts';
import { listsUsed, structureMessage, type Dataflow } from './sdmx-structure.ts';

/** A table that can leave as a file; `Filter` is the input type of its root field. */
export interface ExportSource<Filter> {
  /** Its root field: whoever may not ask that may not download it. */
  readonly rootField: string;
  readonly filterType: string;
  readonly typeName: string;
  readonly dataflow: Dataflow;
  /** Refuses a filter that the root field would refuse; the rows are those of the context's scope. */
  open(
    context: Context,
    filter: Filter,
  ): Promise<{
    /** At most one more than `max`. */
    count(max: number): Promise<number>;
    pages(): AsyncIterable<readonly FileFigure[]>;
  }>;
}

/** Makes a link to a table; call it where the filter's input type is the source's. */
export async function makeLink<Filter extends object>(
  context: Context,
  source: ExportSource<Filter>,
  filter: Filter,
): Promise<ExportLink> {
  await source.open(context, filter);
  // As it was given: it is read again at the download, by the schema of whoever asks then.
  return insertLink(context, source.rootField, JSON.parse(JSON.stringify(filter)) as object);
}

export const ExportLinkRef = builder.objectRef<ExportLink>('ExportLink').implement({
  description: `An address under which a table is downloaded as SDMX-CSV 2.0, with the token, role and purpose of any other request. It is of the agency and application that asked for it, and holds for ${linkMinutes} minutes.`,
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

function readFilter(filter: unknown, type: GraphQLNamedType | undefined): unknown {
  if (!isInputType(type)) throw new PublicError('EXPORT_UNKNOWN');
  return coerceInputValue(filter, type, (_path, _value, error) => {
    // What the role could ask when the link was made, and can't any more.
    throw new PublicError('EXPORT_UNKNOWN', {}, { originalError: new GraphQLError(error.message) });
  });
}

async function* textOf(
  source: ExportSource<never>,
  pages: AsyncIterable<readonly FileFigure[]>,
  keys: KeyChoice,
): AsyncGenerator<StreamedPage> {
  const options = { dataflow: source.dataflow.id, keys };
  for await (const rows of pages) {
    yield { rows, text: rows.map((row) => sdmxCsvLine(row, options)).join('') };
  }
}

/** All tables together; `typeOf` finds an input type in a role's schema. */
export function tableExports(
  sources: readonly ExportSource<never>[],
  typeOf: (role: Role, name: string) => GraphQLNamedType | undefined,
): TableExports {
  return {
    async open(context, id, keys) {
      const link = await linkOrThrow(context, id);
      const source = sources.find(({ rootField }) => rootField === link.source);
      if (!source) throw new PublicError('EXPORT_UNKNOWN');
      assertMayAsk(context, `Query.${source.rootField}`);
      const filter = readFilter(link.filter, typeOf(context.principal.role, source.filterType));
      const table = await source.open(context, filter as never);
      const max = limits.exportRows.value;
      const rows = await table.count(max);
      if (rows > max) throw new PublicError('EXPORT_TOO_LARGE', { max });
      return {
        name: source.rootField,
        typeName: source.typeName,
        filter: link.filter,
        rows,
        head: sdmxCsvHead({ dataflow: source.dataflow.id, keys }),
        pages: () => textOf(source, table.pages(), keys),
      };
    },
    async structure(context) {
      assertMayAsk(context, 'Query.codeLists');
      const lists = await readLists(context, listsUsed);
      for (const { id } of lists) context.draft.given('CodeList', { id });
      const flows = sources.map(({ dataflow }) => dataflow);
      const prepared = new Date(context.principal.scope.instant);
      return `${JSON.stringify(structureMessage(flows, lists, prepared), null, 2)}\n`;
    },
  };
}
