/**
 * Writes a log of made-up records as an export and says how long its offline check takes. Not a
 * test; it needs a gigabyte in the temporary folder for a million records:
 *
 *     npx esbuild test/bench/verify.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/verify-bench.mjs
 *     node node_modules/.cache/verify-bench.mjs [records] [bytes]
 */
import { hash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkExport } from '../../src/audit/check/export.ts';
import { sentenceOf } from '../../src/audit/check/problem.ts';
import { tilePath, tileWidth } from '../../src/audit/check/tiles.ts';
import { appendLeaf, emptyEdge, leafHash, rootOf, rootOfEdge } from '../../src/audit/tree.ts';

const [records = 1_000_000, recordBytes = 900] = process.argv.slice(2).map(Number);
const origin = 'bench.example/access';
const directory = mkdtempSync(path.join(tmpdir(), 'verify-bench-'));

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function write(file: string, bytes: Uint8Array | string): void {
  const location = path.join(directory, file);
  mkdirSync(path.dirname(location), { recursive: true });
  writeFileSync(location, bytes);
}

function writeHashes(level: number, hashes: readonly Buffer[]): void {
  for (let start = 0; start < hashes.length; start += tileWidth) {
    const tile = hashes.slice(start, start + tileWidth);
    const number = BigInt(start / tileWidth);
    write(tilePath({ level, number, width: tile.length }), Buffer.concat(tile));
  }
}

/** A bundle's entries with their lengths before them: one random record, numbered. */
function writeBundles(): Buffer[] {
  const leaves: Buffer[] = [];
  const entry = Buffer.from(randomBytes(recordBytes).toString('base64').slice(0, recordBytes));
  for (let start = 0; start < records; start += tileWidth) {
    const width = Math.min(tileWidth, records - start);
    const bundle = Buffer.alloc(width * (2 + recordBytes));
    for (let i = 0; i < width; i++) {
      entry.write((start + i).toString().padStart(12, '0'));
      bundle.writeUInt16BE(recordBytes, i * (2 + recordBytes));
      bundle.set(entry, i * (2 + recordBytes) + 2);
      leaves.push(leafHash(entry));
    }
    write(tilePath({ level: 'entries', number: BigInt(start / tileWidth), width }), bundle);
  }
  return leaves;
}

function writeExport(): void {
  const leaves = writeBundles();
  let [level, row] = [0, leaves];
  while (row.length > 0) {
    writeHashes(level, row);
    const full = Math.floor(row.length / tileWidth);
    row = Array.from({ length: full }, (_, i) =>
      rootOf(row.slice(i * tileWidth, (i + 1) * tileWidth)),
    );
    level += 1;
  }
  const root = rootOfEdge(leaves.reduce((edge, leaf) => appendLeaf(edge, leaf), emptyEdge));
  const text = `${origin}\n${records}\n${root.toString('base64')}\n`;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = Buffer.concat([
    Buffer.from([1]),
    Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'),
  ]);
  const id = hash('sha256', Buffer.concat([Buffer.from(`${origin}\n`), key]), 'hex').slice(0, 8);
  const signature = Buffer.concat([
    Buffer.from(id, 'hex'),
    sign(null, Buffer.from(text), privateKey),
  ]);
  write('checkpoint', `${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`);
  write('keys/log.vkey', `${origin}+${id}+${key.toString('base64')}\n`);
}

async function timed<T>(name: string, run: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const processor = process.cpuUsage();
  const result = await run();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(processor);
  const rate = `${Math.round(records / seconds)} entries per second`;
  say(
    `${name}: ${seconds.toFixed(1)} s (of the processor ${((user + system) / 1e6).toFixed(1)} s), ${rate}`,
  );
  return result;
}

try {
  await timed(`writing ${records} records of ${recordBytes} bytes`, writeExport);
  const before = process.memoryUsage().rss;
  let most = before;
  const onProgress = () => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  const report = await timed('checking', () => checkExport(directory, { onProgress }));
  say(`${report.sound ? 'sound' : 'not sound'}, ${report.entriesChecked} entries checked`);
  for (const problem of report.problems) say(sentenceOf(problem, 'en'));
  const megabytes = [before, most].map((bytes) => Math.round(bytes / 1024 / 1024));
  say(`${megabytes[0]} MB before the check, ${megabytes[1]} MB at most during it`);
} finally {
  rmSync(directory, { recursive: true });
}
