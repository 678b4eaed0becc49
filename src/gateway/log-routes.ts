/** The logs over HTTP, in the layout of c2sp.org/tlog-tiles; each read is on the access log itself. */
import { readLogFile } from '../audit/log/files.ts';
import type { LogKind } from '../audit/log/origins.ts';
import { refusalFor } from '../identity/principal.ts';
import { PublicError } from '../platform/errors.ts';
import type { Database } from '../platform/prisma-client.ts';
import { withScope } from '../platform/scope.ts';
import type { Stage } from './exchange.ts';

/** What stands before the paths of a log's layout. */
const prefixes = [
  { prefix: '/log/changes/', kind: 'CHANGE', topic: 'CHANGE_LOG', type: 'ChangeRecord' },
  { prefix: '/log/', kind: 'ACCESS', topic: 'ACCESS_LOG', type: 'AccessRecord' },
] as const satisfies readonly { kind: LogKind; [word: string]: string }[];

export const isLogPath = (pathname: string): boolean => pathname.startsWith('/log/');

/** The tree that the address names; the one in force when it names none. */
function epochOf({ searchParams }: URL): number | undefined {
  const epoch = searchParams.get('epoch');
  if (epoch === null) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(epoch)) throw new PublicError('NOT_FOUND');
  return Number(epoch);
}

/** Serves auditors the checkpoint, the tiles and the entries of a log. */
export function serveLog(db: Database): Stage {
  return async ({ draft, principal, request }) => {
    const url = new URL(request.url);
    const log = prefixes.find(({ prefix }) => url.pathname.startsWith(prefix));
    if (!principal || !log) throw new PublicError('NOT_FOUND');
    draft.operationType = 'log';
    draft.operationName = url.pathname.slice(1);
    draft.asked.add(log.topic);
    const refusal = refusalFor(principal, [log.topic]);
    if (refusal) throw new PublicError(refusal.code, refusal.parameters);
    const path = url.pathname.slice(log.prefix.length);
    const file = await withScope(principal.scope, () =>
      readLogFile(db, log.kind, path, epochOf(url)),
    );
    if (!file) throw new PublicError('NOT_FOUND');
    for (const number of file.numbers) draft.given(log.type, { id: String(number) });
    const { body } = file;
    return typeof body === 'string'
      ? new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
      : new Response(Buffer.from(body), {
          headers: { 'content-type': 'application/octet-stream' },
        });
  };
}
