/** Writes files so that a reader meets the old one or the new one, whole, and leaves those alone that would not change. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly isNew: boolean;
}

async function digestOf(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
    return hash.digest('hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function writeWhole(
  file: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<WrittenFile> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      const chunk = Buffer.from(piece, 'utf8');
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  try {
    // On the disk before it has its name: a power cut must not leave half of it there.
    await pipeline(Readable.from(counted()), createWriteStream(temporary, { flush: true }));
    const sha256 = hash.digest('hex');
    const isNew = (await digestOf(file)) !== sha256;
    if (isNew) await rename(temporary, file);
    return { sha256, bytes, isNew };
  } finally {
    await rm(temporary, { force: true });
  }
}

export const writeJson = (file: string, value: object): Promise<WrittenFile> =>
  writeWhole(file, [`${JSON.stringify(value, null, 2)}\n`]);
