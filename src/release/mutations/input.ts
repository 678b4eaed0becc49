/** What people write into the steps of a release, checked. Pure. */
import { PublicError } from '../../platform/errors.ts';

const codeMax = 80;
const textMax = 500;

export function codeOrThrow(code: string, field: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._@-]*$/.test(code) && code.length <= codeMax) return code;
  throw new PublicError('CODE_MALFORMED', { field, max: codeMax });
}

export function textOrThrow(text: string, field: string): string {
  const written = text.normalize('NFC').trim();
  if (written !== '' && written.length <= textMax) return written;
  throw new PublicError('TEXT_REQUIRED', { field, max: textMax });
}
