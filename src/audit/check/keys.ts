/** Gathers the verifier keys a check goes by: trusted ones from outside, or those of the export. */
import type { ExportFiles } from './files.ts';
import { parseVerifierKey, type VerifierKey } from './note.ts';
import { Malformed, parsed, problemOf, type Problems } from './problem.ts';

const keyBytesMax = 10_000;

/** The keys below keys/; one that is malformed is a problem. */
export async function readKeys(files: ExportFiles, problems: Problems): Promise<VerifierKey[]> {
  const keys: VerifierKey[] = [];
  for (const { name } of await files.list('keys')) {
    if (!name.endsWith('.vkey')) continue;
    const file = `${files.prefix}keys/${name}`;
    const read = await files.read(`keys/${name}`, keyBytesMax);
    if ('failure' in read && read.failure !== 'LONG') {
      problems.add(problemOf('FILE_UNREADABLE', { file }, { error: read.detail }));
      continue;
    }
    const key = parsed(
      () => parseKeyFile('failure' in read ? null : read.bytes),
      (reason) => problems.add(problemOf('KEY_MALFORMED', { file }, { reason })),
    );
    if (key) keys.push(key);
  }
  return keys;
}

function parseKeyFile(bytes: Buffer | null): VerifierKey {
  if (!bytes) throw new Malformed('TOO_LARGE');
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) throw new Malformed('NOT_UTF8');
  if (!/^[^\n]+\n$/.test(text)) throw new Malformed('KEY_LINE');
  return parseVerifierKey(text.slice(0, -1));
}

/** A line feed at its end does no harm; throws Malformed. */
export const parseTrustedKey = (vkey: string): VerifierKey =>
  parseVerifierKey(vkey.replace(/\n$/, ''));

/** Keys given as text; one that is malformed is a problem. */
export function parseTrustedKeys(vkeys: readonly string[], problems: Problems): VerifierKey[] {
  return vkeys.flatMap((vkey, i) => {
    const key = parsed(
      () => parseTrustedKey(vkey),
      (reason) =>
        problems.add(problemOf('TRUSTED_KEY_MALFORMED', {}, { number: `${i + 1}`, reason })),
    );
    return key ?? [];
  });
}
