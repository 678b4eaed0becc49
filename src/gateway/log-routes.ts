/** The logs over HTTP, in the layout of c2sp.org/tlog-tiles; each read is on the access log itself. */
import {
  findCheckpoint,
  findTree,
  readEntries,
  readTile,
  type LogTree,
} from '../audit/log-data.ts';
import type { LogKind } from '../audit/origins.ts';
import { bundleOf, parsePosition, tileHeight, tileWidth, type TileSpan } from '../audit/tiles.ts';
import { hashSize } from '../audit/tree.ts';
import { refusalFor } from '../identity/principal.ts';
import { PublicError } from '../platform/errors.ts';
import type { Database } from '../platform/prisma-client.ts';
import { withScope } from '../platform/scope.ts';
import type { Exchange, Stage } from './exchange.ts';

/** What stands before the paths of a log's layout. */
const prefixes: readonly (readonly [prefix: string, kind: LogKind])[] = [
  ['/log/changes/', 'CHANGE'],
  ['/log/', 'ACCESS'],
];

const topicOf = { ACCESS: 'ACCESS_LOG', CHANGE: 'CHANGE_LOG' } as const;
const typeOf = { ACCESS: 'AccessRecord', CHANGE: 'ChangeRecord' } as const;

export const isLogPath = (pathname: string): boolean => pathname.startsWith('/log/');

/** Null for a path that no tile has. */
function parseTile(path: string): TileSpan | null {
  const match =
    /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/([x\d/]+?)(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  const position = parsePosition(match?.[2] ?? '');
  const width = match?.[3] === undefined ? tileWidth : Number(match[3]);
  if (!match || position === null || (match[3] !== undefined && width >= tileWidth)) return null;
  return { level: match[1] === 'entries' ? 'entries' : Number(match[1]), position, width };
}

/** Whether a tree of the tree's size has all hashes of the tile. */
function isWithin(tree: LogTree, { level, position, width }: TileSpan): boolean {
  const hashes = level === 'entries' ? tree.size : tree.size >> BigInt(tileHeight * level);
  return position * BigInt(tileWidth) + BigInt(width) <= hashes;
}

async function readBytes(
  db: Database,
  tree: LogTree,
  span: TileSpan,
  { draft }: Exchange,
): Promise<Uint8Array | null> {
  if (!isWithin(tree, span)) return null;
  const { level, position, width } = span;
  if (level !== 'entries') {
    const hashes = await readTile(db, tree, { level, position });
    return hashes && hashes.length >= width * hashSize
      ? hashes.subarray(0, width * hashSize)
      : null;
  }
  const entries = await readEntries(db, tree, position, width);
  // Erased ones are gone for good; their hashes are still in the tiles.
  if (entries.length !== width) return null;
  const kind = tree.kind as LogKind;
  for (const { number } of entries) draft.given(typeOf[kind], { id: String(number) });
  return bundleOf(entries.map(({ leaf }) => leaf));
}

async function answer(db: Database, kind: LogKind, path: string, exchange: Exchange) {
  const tree = await findTree(db, kind);
  if (tree && path === 'checkpoint') {
    const checkpoint = await findCheckpoint(db, tree);
    if (checkpoint) return text(checkpoint.note);
  }
  const span = parseTile(path);
  const bytes = tree && span && (await readBytes(db, tree, span, exchange));
  if (!bytes) throw new PublicError('NOT_FOUND');
  return new Response(Buffer.from(bytes), {
    headers: { 'content-type': 'application/octet-stream' },
  });
}

const text = (body: string) =>
  new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });

/** Serves auditors the checkpoint, the tiles and the entries of a log. */
export function serveLog(db: Database): Stage {
  return async (exchange) => {
    const { draft, principal, request } = exchange;
    const { pathname } = new URL(request.url);
    const [prefix, kind] = prefixes.find(([start]) => pathname.startsWith(start)) ?? [];
    if (!principal || !prefix || !kind) throw new PublicError('NOT_FOUND');
    const path = pathname.slice(prefix.length);
    draft.operationType = 'log';
    draft.operationName = pathname.slice(1);
    const topic = topicOf[kind];
    draft.asked.add(topic);
    const refusal = refusalFor(principal, [topic]);
    if (refusal) throw new PublicError(refusal.code, refusal.parameters);
    return withScope(principal.scope, () => answer(db, kind, path, exchange));
  };
}
