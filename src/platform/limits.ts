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
  OperationTypeNode,
  isNonNullType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { operationTimeoutSeconds, statementTimeoutSeconds } from './database.ts';
import { PublicError, type ErrorCode } from './errors.ts';

/** Named, so that the viewer can read them; the numbers are generous for people and small for machines. */
export const limits = {
  // Hundreds of rows of facts as variables; the document itself is held by its tokens.
  bodyBytes: { value: 512 * 1024, unit: 'bytes' },
  tokens: { value: 2_000, unit: 'tokens' },
  depth: { value: 12, unit: 'levels' },
  aliases: { value: 30, unit: 'aliases' },
  directives: { value: 20, unit: 'directives' },
  rootFields: { value: 20, unit: 'fields' },
  rows: { value: 10_000, unit: 'rows that the document could return' },
  operationsAtOnce: { value: 64, unit: 'operations of the whole gateway' },
  exportRows: { value: 1_000_000, unit: 'rows of one export' },
  exportsAtOnce: { value: 2, unit: 'exports of one agency on one gateway' },
  exportSeconds: { value: 900, unit: 'seconds of one export' },
  exportWaitSeconds: { value: 60, unit: 'seconds that an export waits for its reader' },
  statementSeconds: { value: statementTimeoutSeconds, unit: 'seconds of one database statement' },
  operationSeconds: {
    value: operationTimeoutSeconds,
    unit: 'seconds of all database statements of a request',
  },
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
  /** Rows of the fragments met so far: each is counted once, however often it is spread. */
  readonly fragmentRows: Map<string, number>;
}

/** A list without `first` is short by its nature: a row's conflicts, a grant's topics. */
const shortListRows = 10;

/** Of a field whose list is shorter still: `extensions: fewRows(2)`. */
export const fewRows = (rows: number) => ({ rows });

const shortRowsOf = ({ extensions }: GraphQLField<unknown, unknown>): number =>
  typeof extensions['rows'] === 'number' ? extensions['rows'] : shortListRows;

function isList(type: GraphQLOutputType): boolean {
  return isNonNullType(type) ? isList(type.ofType) : isListType(type);
}

function rowsOf(selections: SelectionSetNode, typeName: string, estimate: Estimate): number {
  const type = estimate.schema.getType(typeName);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  let rows = 0;
  for (const selection of selections.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      rows += rowsOf(
        selection.selectionSet,
        selection.typeCondition?.name.value ?? typeName,
        estimate,
      );
    } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      rows += rowsOfFragment(selection.name.value, estimate);
    } else if (selection.selectionSet) {
      const field = fields[selection.name.value];
      if (!field) continue;
      const first = field.args.find((arg) => arg.name === 'first');
      const inner = rowsOf(selection.selectionSet, getNamedType(field.type).name, estimate);
      if (first) rows += Math.max(1, rowsAsked(selection, first, estimate)) * (1 + inner);
      else if (isRowsOfConnection(typeName, selection.name.value)) rows += inner;
      else rows += isList(field.type) ? shortRowsOf(field) * (1 + inner) : inner;
    }
  }
  return rows;
}

/** What the list will be cut to: the argument, a variable's value, or the list's own default. */
function rowsAsked(field: FieldNode, first: GraphQLArgument, estimate: Estimate): number {
  const value = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
  const unasked = Number(first.defaultValue ?? estimate.firstDefault);
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind !== Kind.VARIABLE) return unasked;
  return Number(estimate.variables[value.name.value] ?? unasked);
}

function rowsOfFragment(name: string, estimate: Estimate): number {
  const fragment = estimate.fragments.get(name);
  if (!fragment) return 0;
  const { fragmentRows } = estimate;
  const rows =
    fragmentRows.get(name) ??
    rowsOf(fragment.selectionSet, fragment.typeCondition.name.value, estimate);
  fragmentRows.set(name, rows);
  return rows;
}

/** The variables' values with the defaults of those that were not sent. */
function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of variableDefinitions) {
    if (defaultValue?.kind === Kind.INT) defaults[variable.name.value] = Number(defaultValue.value);
  }
  return { ...defaults, ...variables };
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
  const tokensMax = limits.tokens.value;
  if (countFields(operation.selectionSet, { fragments, nested: true }) > tokensMax) {
    throw new PublicError('DOCUMENT_TOO_LONG', { max: tokensMax });
  }
  const rootFields = countFields(operation.selectionSet, { fragments, nested: false });
  const rootMax = limits.rootFields.value;
  if (rootFields > rootMax) throw new PublicError('TOO_MANY_ROOT_FIELDS', { max: rootMax });
  if (operation.operation === OperationTypeNode.MUTATION && rootFields > 1) {
    throw new PublicError('MUTATION_NOT_ALONE');
  }
  const rootType = schema.getRootType(operation.operation)?.name ?? '';
  const rows = rowsOf(operation.selectionSet, rootType, {
    schema,
    fragments,
    variables: withDefaults(operation, variables),
    firstDefault,
    fragmentRows: new Map(),
  });
  const max = limits.rows.value;
  if (rows > max) throw new PublicError('TOO_MANY_ROWS', { rows, max });
}

interface Counting {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Whether the fields of fields count too. */
  readonly nested: boolean;
}

/**
 * Fields, those of a fragment at each of its uses: what execution has to walk. Fragments that spread
 * others twice double it at every step, so each is counted once.
 */
function countFields(
  { selections }: SelectionSetNode,
  counting: Counting,
  known = new Map<string, number>(),
): number {
  const countFragment = (name: string): number => {
    const fragment = counting.fragments.get(name);
    const count =
      known.get(name) ?? (fragment ? countFields(fragment.selectionSet, counting, known) : 0);
    known.set(name, count);
    return count;
  };
  return selections.reduce((count, selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return count + countFragment(selection.name.value);
    const own = selection.kind === Kind.FIELD ? 1 : 0;
    const below = own === 0 || counting.nested ? selection.selectionSet : undefined;
    return count + own + (below ? countFields(below, counting, known) : 0);
  }, 0);
}
