/** Reads the access log; the rows are the database's to limit. */
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type { AccessRecord } from '../platform/prisma/client.ts';

export const readAccessRecords = pagesOf<AccessRecord>((db) => db.accessRecord);

/** Null when there is no record of that number. `look` is the look-ahead's part of the query. */
export const findAccessRecord = (context: Context, number: bigint, look: object) =>
  context.db.accessRecord.findFirst({ ...look, where: { number } });

/** The document behind a hash, literals replaced; null when there is none. */
export async function findDocumentText(context: Context, hash: string): Promise<string | null> {
  const document = await context.db.accessDocument.findFirst({ where: { hash } });
  return document?.text ?? null;
}
