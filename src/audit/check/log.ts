/** Checks one log of an export: keys, checkpoint, tree, and what was kept of it elsewhere. */
import { checkExtras } from './extras.ts';
import type { ExportFiles } from './files.ts';
import { parseTrustedKeys, readKeys } from './keys.ts';
import type { Signer, VerifierKey } from './note.ts';
import {
  compareRoot,
  compareSigned,
  OldRoots,
  parseOldCheckpoints,
  type KeptCheckpoint,
  type OldCheckpoint,
} from './old.ts';
import { Enough, parsed, problemOf, Problems, type Problem } from './problem.ts';
import type { Reason } from './reasons.ts';
import { parseSignedCheckpoint, verifyCheckpoint, type SignedCheckpoint } from './signed.ts';
import { entriesBelow } from './tiles.ts';
import { TreeWalk } from './walk.ts';

export interface LogRequest {
  readonly kept: readonly KeptCheckpoint[];
  /** When they are given, the keys of the export do not count. */
  readonly trustedKeys: readonly string[] | null;
  readonly firstEntry: bigint | null;
  readonly lastEntry: bigint | null;
  readonly onProgress: (done: bigint, total: bigint) => void;
}

export interface LogReport {
  /** These three are null when the checkpoint cannot be read. */
  readonly origin: string | null;
  readonly size: bigint | null;
  /** In base64. */
  readonly root: string | null;
  readonly signedBy: readonly Signer[];
  readonly cosignedBy: readonly Signer[];
  readonly problems: readonly Problem[];
  /** False when there were so many problems that the check ended early. */
  readonly isComplete: boolean;
  /** Records that were compared with their hash in the tree. */
  readonly entriesChecked: bigint;
  /** Then the signature proves only that the export agrees with itself. */
  readonly keysFromExport: boolean;
}

export class LogCheck {
  readonly #files: ExportFiles;
  readonly #request: LogRequest;
  readonly #problems = new Problems();
  readonly #checkpointFile: string;
  #keys: readonly VerifierKey[] = [];
  #checkpoint: SignedCheckpoint | null = null;
  #signedBy: readonly Signer[] = [];
  #cosignedBy: readonly Signer[] = [];
  #entriesChecked = 0n;

  constructor(files: ExportFiles, request: LogRequest) {
    this.#files = files;
    this.#request = request;
    this.#checkpointFile = `${files.prefix}checkpoint`;
  }

  async run(): Promise<LogReport> {
    const isComplete = await this.#check().then(
      () => true,
      (error: unknown) => {
        if (error instanceof Enough) return false;
        throw error;
      },
    );
    const { kept, trustedKeys } = this.#request;
    return {
      origin: this.#checkpoint?.origin ?? null,
      size: this.#checkpoint?.size ?? null,
      root: this.#checkpoint?.root.toString('base64') ?? null,
      signedBy: this.#signedBy,
      cosignedBy: this.#cosignedBy,
      problems: this.#problems.list,
      isComplete,
      entriesChecked: this.#entriesChecked,
      keysFromExport: trustedKeys === null && kept.length === 0,
    };
  }

  async #check(): Promise<void> {
    await this.#gatherKeys();
    const kept = parseOldCheckpoints(this.#request.kept, this.#problems);
    const checkpoint = await this.#readCheckpoint();
    if (!checkpoint) return;
    this.#checkpoint = checkpoint;
    this.#checkSignatures(checkpoint);
    const comparable = this.#compareSigned(checkpoint, kept);
    const roots = await this.#walk(checkpoint, comparable);
    for (const old of comparable) {
      const problem = compareRoot(old, roots);
      if (problem) this.#problems.add(problem);
    }
    await checkExtras(this.#files, this.#problems, checkpoint.size);
  }

  async #gatherKeys(): Promise<void> {
    const { trustedKeys } = this.#request;
    const exported = await readKeys(this.#files, this.#problems);
    this.#keys = trustedKeys ? parseTrustedKeys(trustedKeys, this.#problems) : exported;
  }

  async #readCheckpoint(): Promise<SignedCheckpoint | null> {
    const file = this.#checkpointFile;
    const read = await this.#files.read('checkpoint');
    if ('failure' in read && read.failure !== 'LONG') {
      const isMissing = read.failure === 'MISSING';
      const code = isMissing ? 'CHECKPOINT_MISSING' : 'FILE_UNREADABLE';
      this.#problems.add(problemOf(code, { file }, isMissing ? {} : { error: read.detail }));
      return null;
    }
    const malformed = (reason: Reason) =>
      this.#problems.add(problemOf('CHECKPOINT_MALFORMED', { file }, { reason }));
    if ('failure' in read) {
      malformed('TOO_LARGE');
      return null;
    }
    return parsed(() => parseSignedCheckpoint(read.bytes), malformed);
  }

  #checkSignatures(checkpoint: SignedCheckpoint): void {
    const { signedBy, cosignedBy, failure } = verifyCheckpoint(checkpoint, this.#keys);
    this.#signedBy = signedBy;
    this.#cosignedBy = cosignedBy;
    if (this.#keys.length === 0 && !this.#request.trustedKeys) {
      this.#problems.add(problemOf('KEYS_MISSING', { file: `${this.#files.prefix}keys` }));
    } else if (failure) {
      const place = { file: this.#checkpointFile };
      this.#problems.add(problemOf(failure.code, place, failure.parameters));
    }
  }

  /** Those that the tree can be compared with: of this log, and not larger. */
  #compareSigned(checkpoint: SignedCheckpoint, old: readonly OldCheckpoint[]): OldCheckpoint[] {
    const isTrusted = this.#request.trustedKeys !== null;
    const present = { checkpoint, signedBy: this.#signedBy, isTrusted, file: this.#checkpointFile };
    for (const one of old) {
      for (const problem of compareSigned(one, present, this.#keys)) this.#problems.add(problem);
    }
    const { origin, size } = checkpoint;
    return old.filter((one) => one.origin === origin && one.size <= size);
  }

  async #walk(
    { size, root }: SignedCheckpoint,
    old: readonly OldCheckpoint[],
  ): Promise<ReadonlyMap<bigint, Buffer>> {
    const first = this.#request.firstEntry ?? 0n;
    const last = this.#request.lastEntry ?? size - 1n;
    const isAsked = this.#request.firstEntry !== null || this.#request.lastEntry !== null;
    if (isAsked && (first < 0n || first > last || last >= size)) {
      const parameters = { first: `${first}`, last: `${last}`, size: `${size}` };
      this.#problems.add(problemOf('RANGE_OUTSIDE', {}, parameters));
    }
    const oldRoots = new OldRoots(old.map((one) => one.size));
    const walk = new TreeWalk(this.#files, this.#problems, {
      size,
      root,
      first,
      last,
      onLeaves: (tile, hashes, tileRoot) => {
        oldRoots.add(tile, hashes, tileRoot);
        this.#request.onProgress(entriesBelow(tile).last + 1n, size);
      },
    });
    try {
      await walk.run();
    } finally {
      this.#entriesChecked = walk.entriesChecked;
    }
    return oldRoots.roots;
  }
}
