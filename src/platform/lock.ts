/** One process for one embedded data folder: two would silently lose rows. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export class StoreLockedError extends Error {
  readonly code = 'STORE_LOCKED';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes the folder's lock, from a dead process too; returns the release. */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = path.join(directory, 'lock');
  const take = () => writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
  try {
    take();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = Number(readFileSync(file, 'utf8'));
    // A lock that was being written when its process died names nobody.
    if (owner > 0 && owner !== process.pid && isAlive(owner)) {
      throw new StoreLockedError(
        `Process ${owner} uses ${directory}; stop it first, or set DATA_DIR to another folder.`,
      );
    }
    rmSync(file);
    take();
  }
  return () => rmSync(file, { force: true });
}
