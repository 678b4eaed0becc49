/** Checkpoints and proofs of the logs. */
import { builder } from '../../platform/builder.ts';
import { perRequest } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import { ChangeRecordRef } from '../changes.ts';
import { placesOfChanges } from '../changes-data.ts';
import { addCosignature } from './cosignatures.ts';
import {
  findCheckpoint,
  findProvingTree,
  findTree,
  proveConsistency,
  proveEntry,
  proveNumber,
  type ProvingTree,
} from './data.ts';
import { ConsistencyProofRef, LogCheckpointRef, LogKindEnum, RecordProofRef } from './types.ts';
import type { LogKind } from './origins.ts';
import { AccessRecordRef } from '../types.ts';

const logArgs = () =>
  builder.args((t) => ({
    log: t.field({
      type: LogKindEnum,
      required: true,
      defaultValue: 'ACCESS',
      description: 'Which log.',
    }),
  }));

builder.queryFields((t) => ({
  checkpoint: t.field({
    type: LogCheckpointRef,
    nullable: true,
    description:
      'A signed checkpoint of a log; null where none of that size is kept. Kept are those of the last ten minutes, the last of each hour, and those that were cosigned.',
    args: {
      ...logArgs(),
      size: t.arg({ type: 'Int64', description: 'Of how many records; the newest when left out.' }),
    },
    async resolve(_root, { log, size }, { db }) {
      const tree = await findTree(db, log);
      return tree && findCheckpoint(db, tree, size ?? undefined);
    },
  }),
  consistencyProof: t.field({
    type: ConsistencyProofRef,
    nullable: true,
    description:
      'That nothing of an earlier checkpoint was changed in a later one; null where the log is not in your scope. Error: TREE_SIZE_INVALID.',
    args: {
      ...logArgs(),
      from: t.arg({ type: 'Int64', required: true, description: 'Size of the earlier one.' }),
      to: t.arg({ type: 'Int64', required: true, description: 'Size of the later one.' }),
    },
    async resolve(_root, { log, from, to }, { db }) {
      const tree = await findTree(db, log);
      if (!tree) return null;
      if (from < 1n || from > to || to > tree.size) {
        throw new PublicError('TREE_SIZE_INVALID', { size: String(tree.size) });
      }
      return { from, to, hashes: await proveConsistency(db, tree, from, to) };
    },
  }),
}));

/** One checkpoint for all proofs of an answer, found once for each tree. */
const provingTrees = perRequest('proving-trees', ({ db }) => {
  const found = new Map<string, Promise<ProvingTree | null>>();
  return (kind: LogKind, number: bigint): Promise<ProvingTree | null> => {
    const tree = found.get(kind) ?? findProvingTree(db, kind, number);
    found.set(kind, tree);
    // A record of an earlier tree than the one found has a checkpoint of its own.
    return tree.then((first) =>
      first && number < first.tree.firstNumber ? findProvingTree(db, kind, number) : first,
    );
  };
});

builder.objectField(AccessRecordRef, 'proof', (t) =>
  t.field({
    type: RecordProofRef,
    nullable: true,
    description:
      'That it stands under the newest checkpoint; null until it does, within two seconds.',
    async resolve({ number, leaf }, _args, context) {
      const tree = await provingTrees(context)('ACCESS', number);
      return tree && proveEntry(tree, { number, leaf });
    },
  }),
);

builder.prismaObjectField(ChangeRecordRef, 'proof', (t) =>
  t.field({
    type: RecordProofRef,
    nullable: true,
    description:
      'That it stands under the newest checkpoint of the change log, with the bytes that were signed in its receipt; null until it does.',
    select: { id: true },
    async resolve({ id }, _args, context) {
      const number = await placesOfChanges(context).load(id);
      return number === null ? null : proveNumber(context.db, 'CHANGE', number);
    },
  }),
);

builder.mutationField('cosignCheckpoint', (t) =>
  t.field({
    type: LogCheckpointRef,
    description:
      'Hands in the signature of your agency’s own witness under a checkpoint, so that everyone who gets it sees that you saw it. Errors: COSIGNATURE_INVALID, CHECKPOINT_UNKNOWN, COSIGNATURES_FULL.',
    args: {
      ...logArgs(),
      checkpoint: t.arg.string({
        required: true,
        description: 'The note with your line under it, as "lienthong audit cosign" writes it.',
      }),
      vkey: t.arg.string({
        required: true,
        description: 'The verifier key of your witness (c2sp.org/signed-note), type 0x01 or 0x04.',
      }),
    },
    resolve: (_root, { log, checkpoint, vkey }, { db, principal }) =>
      addCosignature(db, log, { note: checkpoint, vkey, agencyId: principal.agency.id }),
  }),
);
