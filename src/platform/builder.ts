/** The Pothos builder: the types of the context and the scalars, and no type of any domain. */
import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from './context.ts';
import type PrismaTypes from './prisma/pothos-types.ts';
import { getDatamodel } from './prisma/pothos-types.ts';
import {
  formatDay,
  formatInstant,
  ofLiteral,
  parseCount,
  parseDayOrThrow,
  parseInstant,
} from './scalars.ts';

export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  Scalars: {
    Decimal: { Input: string; Output: string };
    Date: { Input: Date; Output: Date };
    DateTime: { Input: Date; Output: Date };
    Int64: { Input: bigint; Output: bigint };
  };
}>({
  plugins: [RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  relay: {
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    idFieldOptions: { description: 'Its id over all types; give it to `node`.' },
    nodeTypeOptions: { description: 'A row that `node` finds by its id.' },
    pageInfoTypeOptions: { description: 'Whether a list goes on, and from where.' },
    hasNextPageFieldOptions: { description: 'Whether rows follow this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether this page was asked with `after`.' },
    startCursorFieldOptions: { description: 'The cursor of the first row; null on an empty page.' },
    endCursorFieldOptions: { description: 'The cursor of the last row; null on an empty page.' },
  },
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    // A nested list is bounded by its own argument, never silently.
    maxConnectionSize: 500,
    onUnusedQuery: null,
  },
});

builder.queryType({
  description: 'What may be asked. Every field is limited by role, purpose and grants.',
});

builder.mutationType({
  description:
    'What may be changed. One change a request: it is announced on the access log first, and written together with its entry in the change log, or not at all.',
});

builder.scalarType('Decimal', {
  description:
    'An exact decimal number as a string, with the digits of its source: "97.0" is printed with one decimal.',
  serialize: (value) => value,
  parseValue: (value) => String(value),
});

builder.scalarType('Date', {
  description: 'A day, as 2025-07-01.',
  serialize: (value) => formatDay(value),
  parseValue: parseDayOrThrow,
  parseLiteral: ofLiteral(parseDayOrThrow),
});

builder.scalarType('DateTime', {
  description: 'An instant in the time of Viet Nam, as 2025-07-01T00:00:00.000+07:00 (RFC 3339).',
  serialize: (value) => formatInstant(value),
  parseValue: parseInstant,
  parseLiteral: ofLiteral(parseInstant),
});

builder.scalarType('Int64', {
  description: 'A whole number that may exceed 32 bits, as a string.',
  serialize: (value) => String(value),
  parseValue: parseCount,
  parseLiteral: ofLiteral(parseCount),
});
