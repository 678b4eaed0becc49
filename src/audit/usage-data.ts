/** Reads who read what the caller's own agency contributed; whose rows count is the database's to say. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { formatDay } from '../platform/scalars.ts';

export const usageRowsMax = 2_000;

export interface UsageQuestion {
  readonly from: Date;
  readonly to: Date;
  readonly byMonth: boolean;
}

export interface Usage {
  readonly period: string;
  readonly consumer: string | null;
  readonly role: string;
  readonly purpose: string | null;
  readonly type: string;
  readonly requests: bigint;
  readonly rows: bigint;
}

/** Throws TOO_MANY_GROUPS beyond `usageRowsMax`, SPAN_TOO_LONG and DATES_REVERSED. */
export async function readUsage(
  context: Context,
  { from, to, byMonth }: UsageQuestion,
): Promise<Usage[]> {
  const found = await context.db.$queryRaw<Usage[]>`
    select * from data_usage(${formatDay(from)}::date, ${formatDay(to)}::date, ${byMonth},
      ${usageRowsMax + 1}::integer)`;
  if (found.length > usageRowsMax) throw new PublicError('TOO_MANY_GROUPS', { max: usageRowsMax });
  return found;
}
