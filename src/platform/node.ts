/** Relay's `node`: one row by its global id. */
import { decodeGlobalID } from '@pothos/plugin-relay';
import { isObjectType } from 'graphql';
import { builder } from './builder.ts';
import { PublicError } from './errors.ts';

/** The type and key of a global id; refuses what this gateway cannot have given out. */
function parseId(id: string): { typename: string; id: string } {
  try {
    const parts = decodeGlobalID(id);
    const spelt = Buffer.from(`${parts.typename}:${parts.id}`).toString('base64') === id;
    const isKey = parts.id !== '' && !parts.id.includes('\0');
    if (spelt && isKey && /^[A-Za-z]+$/.test(parts.typename)) return parts;
  } catch {
    // Falls through: whatever is wrong with it, the caller's next step is the same.
  }
  throw new PublicError('ID_MALFORMED');
}

builder.queryField('node', (t) =>
  t.node({
    description:
      'A row by its id. Null alike for a row that is not there, is not yours, or is of a type that your role has not. Error: ID_MALFORMED.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of an earlier answer.' }) },
    id: (_root, { id }, _context, info) => {
      const type = info.schema.getType(parseId(id).typename);
      const isNode = isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');
      return isNode ? id : null;
    },
  }),
);
