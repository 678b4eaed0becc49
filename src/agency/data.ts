/** Reads the register; the rows are the database's to limit. */
import { pagesOf } from '../platform/connection.ts';
import type { Agency, Grant } from '../platform/prisma/client.ts';

export const readAgencies = pagesOf<Agency>((db) => db.agency);

export const readGrants = pagesOf<Grant>((db) => db.grant);
