/** The receipt of one access: a C2SP tlog-proof that anybody can check without this gateway. */
import type { RecordProof } from './data.ts';

/** The entry itself stands in the extra data, so that the receipt needs nothing beside it. */
export function formatReceipt({ checkpoint, index, hashes, leaf }: RecordProof): string {
  const lines = [
    'c2sp.org/tlog-proof@v1',
    `extra ${Buffer.from(leaf).toString('base64')}`,
    `index ${index}`,
    ...hashes.map((hash) => hash.toString('base64')),
    '',
  ];
  return `${lines.join('\n')}\n${checkpoint.note}`;
}
