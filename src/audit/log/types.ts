/** The logs' trees in the schema: checkpoints, and the proofs that lead to them. */
import { builder } from '../../platform/builder.ts';
import type { RecordProof, SignedCheckpoint } from './data.ts';
import { formatReceipt } from './receipt.ts';

export const LogKindEnum = builder.enumType('LogKind', {
  description: 'One of the two logs that are Merkle trees.',
  values: {
    ACCESS: { description: 'The access log: who read what.' },
    CHANGE: { description: 'The change log: who changed what.' },
  } as const,
});

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

export const LogCheckpointRef = builder.objectRef<SignedCheckpoint>('LogCheckpoint').implement({
  description:
    'Size and root of a log’s Merkle tree (RFC 6962) at one moment, signed. Kept elsewhere, it proves later that nothing up to it was changed.',
  fields: (t) => ({
    origin: t.exposeString('origin', {
      description: 'The name of the log and of its keys; the first line of the note.',
    }),
    size: t.expose('size', { type: 'Int64', description: 'How many records it covers.' }),
    rootHash: t.string({
      description: 'The root of the tree of that size, base64.',
      resolve: ({ root }) => base64(root),
    }),
    signedAt: t.expose('signedAt', { type: 'DateTime', description: 'When it was signed.' }),
    note: t.exposeString('note', {
      description:
        'The whole as a signed note (c2sp.org/tlog-checkpoint), cosignatures included: the form in which other programs verify it.',
    }),
  }),
});

export const RecordProofRef = builder.objectRef<RecordProof>('RecordProof').implement({
  description: 'That a record stands in its log (RFC 6962, section 2.1.1).',
  fields: (t) => ({
    index: t.expose('index', { type: 'Int64', description: 'Its place among the tree’s leaves.' }),
    hashes: t.stringList({
      description: 'The inclusion proof, base64, from the leaf’s sibling up to the root’s child.',
      resolve: ({ hashes }) => hashes.map(base64),
    }),
    checkpoint: t.field({
      type: LogCheckpointRef,
      description: 'The checkpoint that it leads to.',
      resolve: ({ checkpoint }) => checkpoint,
    }),
    receipt: t.string({
      description:
        'All of it as a file (c2sp.org/tlog-proof), the record’s bytes in its extra data: `lienthong audit verify` and other programs check it offline.',
      resolve: (proof) => formatReceipt(proof),
    }),
  }),
});

export interface ConsistencyProof {
  readonly from: bigint;
  readonly to: bigint;
  readonly hashes: readonly Buffer[];
}

export const ConsistencyProofRef = builder
  .objectRef<ConsistencyProof>('ConsistencyProof')
  .implement({
    description: 'That the larger tree begins with the smaller one (RFC 6962, section 2.1.2).',
    fields: (t) => ({
      from: t.expose('from', { type: 'Int64', description: 'Size of the smaller tree.' }),
      to: t.expose('to', { type: 'Int64', description: 'Size of the larger tree.' }),
      hashes: t.stringList({
        description: 'The proof, base64; empty where both sizes are equal.',
        resolve: ({ hashes }) => hashes.map(base64),
      }),
    }),
  });
