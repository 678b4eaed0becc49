/** A file system of a few megabytes that a test may fill, and free again. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SmallDisk {
  /** Where it is mounted. */
  readonly directory: string;
  /** Writes a file until so many bytes are free, and no more. */
  fill(bytesLeft?: number): void;
  /** Removes that file. */
  free(): void;
  unmount(): void;
}

function run(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`A small disk is mounted by root only: ${command}: ${stderr || error?.message}`);
}

const chunk = Buffer.alloc(64 * 1024);

/** Writes nothing but errors when the last byte is taken. */
function writeUntilFull(file: string, bytes: number): void {
  const descriptor = openSync(file, 'a');
  try {
    for (let left = bytes; left > 0;) {
      left -= writeSync(descriptor, chunk, 0, Math.min(left, chunk.length));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}

export function mountSmallDisk(megabytes: number): SmallDisk {
  const directory = mkdtempSync(path.join(tmpdir(), 'lienthong-disk-'));
  const filler = path.join(directory, 'filler');
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', directory);
  } catch (error) {
    rmSync(directory, { recursive: true });
    throw error;
  }
  return {
    directory,
    fill(bytesLeft = 0) {
      const { bavail, bsize } = statfsSync(directory);
      // With none to be left, what others free meanwhile is taken too.
      writeUntilFull(
        filler,
        bytesLeft === 0 ? megabytes * 1024 * 1024 : bavail * bsize - bytesLeft,
      );
    },
    free: () => rmSync(filler, { force: true }),
    unmount() {
      run('umount', '--lazy', directory);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
