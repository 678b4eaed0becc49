/** Reads provenance; the rows are the database's to limit. */
import DataLoader from 'dataloader';
import { perRequest, type Context } from '../platform/context.ts';
import { pagesOf } from '../platform/connection.ts';
import type {
  CodeList,
  CodeMapping,
  Conflict,
  Instrument,
  Source,
} from '../platform/prisma/client.ts';

export const readConflicts = pagesOf<Conflict>((db) => db.conflict);

export const readSources = pagesOf<Source>((db) => db.source);

/** The sources of rows that name them by id alone. */
export const sourceLoader = perRequest(
  'sources by id',
  (context) =>
    new DataLoader<string, Source | null>(async (ids) => {
      const rows = await context.db.source.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
);

export const readInstruments = pagesOf<Instrument>((db) => db.instrument);

export const readCodeLists = pagesOf<CodeList>((db) => db.codeList);

export const readMappings = pagesOf<CodeMapping>((db) => db.codeMapping);

/** Null when there is no list of that name. `look` is the look-ahead's part of the query. */
export const findCodeList = (context: Context, id: string, look: object) =>
  context.db.codeList.findFirst({ ...look, where: { id } });
