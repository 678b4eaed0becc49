/** What one request may ask at the most, and the rules that hold it. */
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import {
  getNamedType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  isNonNullType,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { PublicError, type ErrorCode } from './errors.ts';

/** Named, so that the viewer can read them; the numbers are generous for people and small for machines. */
export const limits = {
  bodyBytes: { value: 64 * 1024, unit: 'bytes' },
  tokens: { value: 2_000, unit: 'tokens' },
  depth: { value: 12, unit: 'levels' },
  aliases: { value: 30, unit: 'aliases' },
  directives: { value: 20, unit: 'directives' },
  rootFields: { value: 20, unit: 'fields' },
  rows: { value: 10_000, unit: 'rows that the document could return' },
  operationsAtOnce: { value: 64, unit: 'operations of the whole gateway' },
  statementSeconds: { value: 10, unit: 'seconds of one database statement' },
} as const;

/** The deepest introspection that GraphiQL and code generators ask. */
const introspectionIsFree = { ignoreIntrospection: true };

function refuse(code: ErrorCode, max: number) {
  return [
    () => {
      throw new PublicError(code, { max });
    },
  ];
}

/** Rules on the document alone: parser and validation. */
export function documentLimits(): Plugin[] {
  return [
    maxTokensPlugin({
      n: limits.tokens.value,
      propagateOnRejection: false,
      onReject: refuse('DOCUMENT_TOO_LONG', limits.tokens.value),
    }),
    maxDepthPlugin({
      n: limits.depth.value,
      ...introspectionIsFree,
      flattenFragments: true,
      propagateOnRejection: false,
      onReject: refuse('DOCUMENT_TOO_DEEP', limits.depth.value),
    }),
    maxAliasesPlugin({
      n: limits.aliases.value,
      allowList: [],
      propagateOnRejection: false,
      onReject: refuse('TOO_MANY_ALIASES', limits.aliases.value),
    }),
    maxDirectivesPlugin({
      n: limits.directives.value,
      propagateOnRejection: false,
      onReject: refuse('TOO_MANY_DIRECTIVES', limits.directives.value),
    }),
  ] as unknown as Plugin[];
}

interface Estimate {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly firstDefault: number;
}

/** A list without `first` is short by its nature: a row's conflicts, a grant's topics. */
const shortListRows = 10;

function isList(type: GraphQLOutputType): boolean {
  return isNonNullType(type) ? isList(type.ofType) : isListType(type);
}

function rowsOf(selections: SelectionSetNode, typeName: string, estimate: Estimate): number {
  const type = estimate.schema.getType(typeName);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  let rows = 0;
  for (const selection of selections.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      rows += rowsOf(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, estimate);
    } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = estimate.fragments.get(selection.name.value);
      if (fragment) rows += rowsOf(fragment.selectionSet, fragment.typeCondition.name.value, estimate);
    } else if (selection.selectionSet) {
      const field = fields[selection.name.value];
      if (!field) continue;
      const first = field.args.some((arg) => arg.name === 'first');
      const argument = selection.arguments?.find((arg) => arg.name.value === 'first')?.value;
      const asked =
        argument?.kind === Kind.INT
          ? Number(argument.value)
          : argument?.kind === Kind.VARIABLE
            ? Number(estimate.variables[argument.name.value] ?? estimate.firstDefault)
            : estimate.firstDefault;
      const inner = rowsOf(selection.selectionSet, getNamedType(field.type).name, estimate);
      if (first) rows += Math.max(1, asked) * (1 + inner);
      else if (isRowsOfConnection(typeName, selection.name.value)) rows += inner;
      else rows += isList(field.type) ? shortListRows * (1 + inner) : inner;
    }
  }
  return rows;
}

/** `nodes` and `edges` repeat the rows that the connection's own `first` has counted. */
function isRowsOfConnection(typeName: string, field: string): boolean {
  return typeName.endsWith('Connection') && (field === 'nodes' || field === 'edges');
}

/** Rules that need the schema and the variables: how many root fields, how many rows at the most. */
export function assertAffordable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  firstDefault: number,
): void {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const rootFields = countFields(operation.selectionSet, fragments);
  const rootMax = limits.rootFields.value;
  if (rootFields > rootMax) throw new PublicError('TOO_MANY_ROOT_FIELDS', { max: rootMax });
  const rootType = schema.getQueryType()?.name ?? '';
  const rows = rowsOf(operation.selectionSet, rootType, { schema, fragments, variables, firstDefault });
  const max = limits.rows.value;
  if (rows > max) throw new PublicError('TOO_MANY_ROWS', { rows, max });
}

function countFields(
  selections: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  return selections.selections.reduce((count, selection) => {
    if (selection.kind === Kind.FIELD) return count + 1;
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : fragments.get(selection.name.value);
    return count + (inner ? countFields(inner.selectionSet, fragments) : 0);
  }, 0);
}
