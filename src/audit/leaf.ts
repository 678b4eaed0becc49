/** A record's fields as its leaf says them: the columns beside it serve filters and prove nothing. */
import { z } from 'zod';
import { PublicError } from '../platform/errors.ts';

const text = z.string();
const maybe = text.nullable();
const listed = z.object({ count: z.int32(), ids: z.array(text), hash: maybe });

const shape = z.object({
  time: text.pipe(z.coerce.date()),
  agency: maybe,
  application: maybe,
  role: maybe,
  purpose: maybe,
  caseReference: maybe,
  grants: z.array(text),
  requestId: text,
  operationName: maybe,
  operationType: maybe,
  documentHash: maybe,
  topics: z.array(text),
  areas: listed,
  given: z.array(z.object({ type: text, provider: text, rows: z.int32() })),
  employers: listed,
  withheld: z.array(z.object({ reason: text, cells: z.int32() })),
  policyVersion: text,
  schemaVersion: text,
  outcome: text,
  errorCode: maybe,
  // Records of version 1 have neither.
  rowsMax: z.int32().nullable().default(null),
  intent: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .default(null),
  requestCount: z.int32(),
  durationMicros: z.int32(),
});

export type LeafFields = z.infer<typeof shape>;
type Leaf = LeafFields | { readonly unreadable: true };

/** What a record is read with: its place in the log, and the bytes that the tree hashes. */
export interface LeafRow {
  readonly number: bigint;
  readonly leaf: Uint8Array;
}

const parsed = new WeakMap<LeafRow, Leaf>();

function parse({ leaf }: LeafRow): Leaf {
  try {
    return shape.parse(JSON.parse(Buffer.from(leaf).toString('utf8')));
  } catch {
    // Whoever changed the bytes, the record says nothing any more; its `leaf` still shows what is there.
    return { unreadable: true };
  }
}

/** Parsed once a row. Throws RECORD_UNREADABLE where the bytes are no record. */
export function leafOf(row: LeafRow): LeafFields {
  const leaf = parsed.get(row) ?? parse(row);
  parsed.set(row, leaf);
  if ('unreadable' in leaf) {
    throw new PublicError('RECORD_UNREADABLE', { record: String(row.number) });
  }
  return leaf;
}
