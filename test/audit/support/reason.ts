/** Why something was refused. */
import { Malformed } from '../../../src/audit/check/problem.ts';

/** The reason of a parser that throws; null when it does not. */
export function reasonOf(parse: () => unknown): string | null {
  try {
    parse();
    return null;
  } catch (error) {
    if (error instanceof Malformed) return error.reason;
    throw error;
  }
}
