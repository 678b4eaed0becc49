/** Reads the register; the rows are the database's to limit. */
import { readPage, type Page, type PageRequest } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type { Agency, Grant } from '../platform/prisma/client.ts';

export const readAgencies = (
  context: Context,
  request: PageRequest<Agency>,
): Promise<Page<Agency>> =>
  readPage({
    ...request,
    find: (query) => context.db.agency.findMany({ ...request.look, ...query }),
    count: (query) => context.db.agency.count(query),
  });

export const readGrants = (context: Context, request: PageRequest<Grant>): Promise<Page<Grant>> =>
  readPage({
    ...request,
    find: (query) => context.db.grant.findMany({ ...request.look, ...query }),
    count: (query) => context.db.grant.count(query),
  });
