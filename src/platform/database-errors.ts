/** What PostgreSQL said, out of the wrappers that the adapter and Prisma put around it. */
import { errorTable, PublicError, type ErrorCode } from './errors.ts';

interface DatabaseError {
  readonly sqlState: unknown;
  readonly message: string;
  readonly detail: string | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The same error in every layer of the chain that knows of it, outermost first. */
function layersOf(error: unknown): DatabaseError[] {
  const found: DatabaseError[] = [];
  for (let cause = error, depth = 0; cause && depth < 6; depth += 1) {
    const layer = cause as Record<string, unknown>;
    for (const sqlState of [layer['code'], layer['originalCode']]) {
      const message = text(layer['originalMessage']) ?? text(layer['message']) ?? '';
      found.push({ sqlState, message, detail: text(layer['detail']) });
    }
    const meta = layer['meta'] as Record<string, unknown> | undefined;
    cause = layer['cause'] ?? meta?.['driverAdapterError'];
  }
  return found;
}

/** A statement that its time limit ended (57014), or a transaction that Prisma gave no more time (P2028). */
export const isTimeout = (error: unknown): boolean =>
  layersOf(error).some(({ sqlState }) => sqlState === '57014' || sqlState === 'P2028');

/** Of sockets, of PostgreSQL (class 08; 57P0x: shut down, crashed, starting) and of Prisma, where no server answers. */
const unreachable =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|57P0[1-3]|P1001|P1002|P1017)$/;

/** No server at the address, or one that went away while it was asked. */
export const isUnreachable = (error: unknown): boolean =>
  layersOf(error).some(
    ({ sqlState, message }) =>
      (typeof sqlState === 'string' && unreachable.test(sqlState)) ||
      message.startsWith('Connection terminated'),
  );

/** What the database's own `refuse()` said: a code of the error table with its parameters; null for the rest. */
export function refusalOf(error: unknown): PublicError | null {
  const layers = layersOf(error).filter(({ sqlState }) => sqlState === 'LT100');
  const said = layers.find(({ message }) => message in errorTable);
  if (!said) return null;
  const detail = layers.find((layer) => layer.detail !== null)?.detail ?? '{}';
  return new PublicError(
    said.message as ErrorCode,
    JSON.parse(detail) as PublicError['parameters'],
  );
}
