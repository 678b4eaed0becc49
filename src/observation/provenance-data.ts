/** Reads provenance; the rows are the database's to limit. */
import type { Context } from '../platform/context.ts';
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
