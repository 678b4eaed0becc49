/** Errors of the commands, and how any error is shown to people. */
import { ConfigError } from '../config.ts';
import type { Language } from '../platform/errors.ts';

/** An error in how a command was called, or in what it found: its message says what to do. */
export class UsageError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function parseLanguage(text: string): Language {
  if (text === 'en' || text === 'vi') return text;
  throw new UsageError(`The language "${text}" is not one of ours; write en or vi.`);
}

/** Errors that say what to do need no stack; others are ours and keep theirs. */
export function explain(error: unknown): string {
  const { code, message, stack } = error as Error & { code?: string };
  const forPeople =
    error instanceof UsageError || error instanceof ConfigError || code !== undefined;
  return forPeople ? `${code ? `${code}: ` : ''}${message}` : (stack ?? message);
}
