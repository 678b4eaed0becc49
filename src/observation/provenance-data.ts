/** Reads provenance; the rows are the database's to limit. */
import DataLoader from 'dataloader';
import { perRequest, type Context } from '../platform/context.ts';
import { readPage, type Page, type PageRequest } from '../platform/connection.ts';
import type { CodeList, Conflict, Instrument, Source } from '../platform/prisma/client.ts';

export const readConflicts = (
  context: Context,
  request: PageRequest<Conflict>,
): Promise<Page<Conflict>> =>
  readPage({
    ...request,
    find: (query) => context.db.conflict.findMany({ ...request.look, ...query }),
    count: (query) => context.db.conflict.count(query),
  });

export const readSources = (
  context: Context,
  request: PageRequest<Source>,
): Promise<Page<Source>> =>
  readPage({
    ...request,
    find: (query) => context.db.source.findMany({ ...request.look, ...query }),
    count: (query) => context.db.source.count(query),
  });

/** The sources of rows that name them by id alone. */
export const sourceLoader = perRequest(
  'sources by id',
  (context) =>
    new DataLoader<string, Source | null>(async (ids) => {
      const rows = await context.db.source.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
);

export const readInstruments = (
  context: Context,
  request: PageRequest<Instrument>,
): Promise<Page<Instrument>> =>
  readPage({
    ...request,
    find: (query) => context.db.instrument.findMany({ ...request.look, ...query }),
    count: (query) => context.db.instrument.count(query),
  });

export const readCodeLists = (
  context: Context,
  request: PageRequest<CodeList>,
): Promise<Page<CodeList>> =>
  readPage({
    ...request,
    find: (query) => context.db.codeList.findMany({ ...request.look, ...query }),
    count: (query) => context.db.codeList.count(query),
  });

/** Null when there is no list of that name. `look` is the look-ahead's part of the query. */
export const findCodeList = (context: Context, id: string, look: object) =>
  context.db.codeList.findFirst({ ...look, where: { id } });
