/** A table that leaves as a stream instead of an answer, as the domains offer it and the gateway sends it. */
import type { Context } from './context.ts';

/** Which key columns the file has: SDMX-CSV 2.0, parameter `keys`. */
export const keyChoices = ['none', 'obs', 'series', 'both'] as const;
export type KeyChoice = (typeof keyChoices)[number];

/** Figures leave as SDMX-CSV; other tables as plain CSV, or as a page to print. */
export type TableKind = 'FIGURES' | 'PLAIN';

export interface AcceptedFile {
  readonly contentType: string;
  /** A page to print instead of a file to read in. */
  readonly isPage: boolean;
  readonly keys: KeyChoice;
}

/** A row that a file tells of, and its type in the access record's words. */
export interface GivenRow {
  readonly type: string;
  readonly row: object;
}

export interface StreamedPage {
  readonly text: string;
  /** How many lines. */
  readonly rows: number;
  /** What they tell of, each once in a file: the rows themselves, and those that computed ones come from. */
  readonly given: readonly GivenRow[];
}

export interface OpenedExport {
  /** The table, such as observations. */
  readonly name: string;
  /** Those of its root field, in a form that can be digested. */
  readonly arguments: unknown;
  /** How many rows it has at the request's instant. */
  readonly rows: number;
  /** Besides those that every file has. */
  readonly headers: Readonly<Record<string, string>>;
  /** What comes before the rows, and what after them. */
  readonly head: string;
  readonly tail: string;
  /** Read one at a time as they are asked for, each in a transaction of its own. */
  pages(): AsyncIterable<StreamedPage>;
}

export interface TableExports {
  /** Throws EXPORT_UNKNOWN, EXPORT_EXPIRED, EXPORT_TOO_LARGE, NOT_ACCEPTABLE, or what the table's own root field would. */
  open(
    context: Context,
    id: string,
    accept: (kind: TableKind) => AcceptedFile,
  ): Promise<OpenedExport>;
  /** What the columns mean, with their code lists, as JSON. */
  structure(context: Context): Promise<string>;
}
