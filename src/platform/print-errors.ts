/** errors.md: the table of everything the gateway may say went wrong. */
import { errorTable } from './errors.ts';

const faults = {
  CALLER: 'the caller’s program',
  AGENCY: 'the caller’s agency',
  GATEWAY: 'the gateway',
} as const;

export function printErrors(): string {
  const rows = Object.entries(errorTable).map(
    ([code, { status, fault, en, vi }]) =>
      `| \`${code}\` | ${status} | ${faults[fault]} | ${en} | ${vi} |`,
  );
  return [
    '# Errors',
    '',
    'Generated from `src/platform/errors.ts`; do not edit. Each error carries its code in',
    '`extensions.code` and its sentence in the language of `Accept-Language`. The HTTP status is that of',
    'the first error when nothing of the answer is left; beside data it is 200. `extensions.field` is the',
    'argument or input field whose value was refused, where one alone is to blame.',
    '',
    '| code | HTTP | whose move | English | Tiếng Việt |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
