/** Counts the rows that leave in an answer, wherever in the document they stand. */
import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  getNamedType,
  isInterfaceType,
  isObjectType,
  type GraphQLFieldConfig,
  type GraphQLInterfaceType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../platform/context.ts';
import type { MeteredRow } from './draft.ts';

/** Types whose rows are counted: what has an id of its own, figures, derived ones too, and what says `metered`. */
function meteredTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const interfaces = type.getInterfaces().map((named) => named.name);
    const isRow = interfaces.includes('Node') || interfaces.includes('Observation');
    if (isRow || type.extensions['metered'] === true) names.add(type.name);
  }
  return names;
}

/** Follows lists and promises to the rows in a resolver's result. */
function eachRow(value: unknown, visit: (row: MeteredRow) => void): unknown {
  if (value instanceof Promise) {
    return value.then((settled: unknown) => eachRow(settled, visit));
  }
  if (Array.isArray(value)) return value.map((item) => eachRow(item, visit));
  if (typeof value === 'object' && value !== null && !(value instanceof Error)) visit(value);
  return value;
}

/** The figures that a computed one tells of, though none of them may be in the answer itself. */
function inputsOf({ derivedFrom }: MeteredRow): readonly MeteredRow[] {
  return Array.isArray(derivedFrom) ? (derivedFrom as MeteredRow[]) : [];
}

export function meterSchema(schema: GraphQLSchema): GraphQLSchema {
  const metered = meteredTypes(schema);
  const figure = schema.getType('Observation');
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (config: GraphQLFieldConfig<unknown, Context>) => {
      const type = getNamedType(config.type);
      const abstract = isInterfaceType(type) ? type : null;
      if (!abstract && !metered.has(type.name)) return config;
      const resolve = config.resolve ?? defaultFieldResolver;
      return {
        ...config,
        resolve: (parent: unknown, args: object, context: Context, info: GraphQLResolveInfo) => {
          const give = (row: MeteredRow, of: GraphQLInterfaceType | null) => {
            const name = of?.resolveType?.(row, context, info, of) ?? type.name;
            context.draft.given(typeof name === 'string' ? name : type.name, row);
            for (const input of inputsOf(row)) give(input, isInterfaceType(figure) ? figure : null);
          };
          return eachRow(resolve(parent, args, context, info), (row) => give(row, abstract));
        },
      };
    },
  });
}
