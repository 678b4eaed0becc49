/** Who may use what of the logs' trees: auditors, and who is told of a change of its own. */
import { members, mutation, root, type } from '../../policy/table.ts';
import { auditors, type PolicyTable, type Topic } from '../../policy/types.ts';

const logs = ['ACCESS_LOG', 'CHANGE_LOG'] as const satisfies readonly Topic[];

export const policy: PolicyTable = {
  ...type('LogKind', auditors, 'ACCESS CHANGE'),
  ...type('LogCheckpoint', auditors, 'origin size rootHash signedAt note'),
  ...type('RecordProof', auditors, 'index hashes checkpoint receipt'),
  ...type('ConsistencyProof', auditors, 'from to hashes'),
  ...members('AccessRecord', auditors, 'proof'),
  ...members('ChangeRecord', auditors, 'proof'),
  ...root('checkpoint', auditors, logs, 'log size'),
  ...root('consistencyProof', auditors, logs, 'log from to'),
  ...mutation('cosignCheckpoint', auditors, logs, 'log checkpoint vkey'),
};
