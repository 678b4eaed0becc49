/** Reads the CSV files of a load; every problem is named by file, line and column. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';

export type ProblemCode =
  | 'CSV_MALFORMED'
  | 'COLUMN_UNKNOWN'
  | 'COLUMN_MISSING'
  | 'VALUE_MALFORMED'
  | 'CODE_UNKNOWN'
  | 'REFERENCE_UNKNOWN'
  | 'ID_DUPLICATE'
  | 'PERIOD_OUTSIDE_AREA';

export interface Problem {
  readonly file: string;
  /** The line on which the row begins; the header is line 1. */
  readonly row: number;
  /** Empty where the whole line or file is meant. */
  readonly column: string;
  readonly code: ProblemCode;
  /** One sentence that says what to do. */
  readonly message: string;
}

const problemsListedMax = 50;

/** A set of files that may not be loaded; nothing of it was written. */
export class ImportRefused extends Error {
  readonly code = 'IMPORT_REFUSED';
  /** The first 50 found. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    const where = first && `${first.file} line ${first.row} ${first.column}`.trimEnd();
    super(`The files hold ${problems.length} problem(s); first ${where}: ${first?.message}`);
    this.name = 'ImportRefused';
    this.problems = problems.slice(0, problemsListedMax);
  }
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Table {
  readonly sha256: string;
  readonly header: readonly string[];
  readonly records: readonly Line[];
}

/** One spelling of characters and line ends: csv-parse counts a quoted CR LF as two lines. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text.replaceAll('\r\n', '\n').normalize('NFC');
  } catch {
    return undefined;
  }
}

function parseRecords(text: string): Line[] {
  const options = { info: true, relax_column_count: true, skip_empty_lines: true } as const;
  const parsed = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
  return parsed.map(({ record, info }) => ({
    line: info.lines - (record.join('').split('\n').length - 1),
    cells: record,
  }));
}

/** A checked row and the line on which it begins. */
export type Row<T> = T & { readonly line: number };

/** The files of one load. Problems are collected, and thrown together by `refuseProblems`. */
export class CsvFiles {
  readonly #tables = new Map<string, Table>();
  readonly #values = new Map<string, Set<string | undefined>>();
  readonly #problems: Problem[] = [];
  #hasUnreadable = false;

  static async read(directory: string, names: readonly string[]): Promise<CsvFiles> {
    const files = new CsvFiles();
    for (const name of names) {
      const bytes = await readFile(path.join(directory, name)).catch((error: Error) => error);
      if (bytes instanceof Error) files.#unreadable(name, 1, 'Put a file of this name there.');
      else files.#parse(name, bytes);
    }
    return files;
  }

  #unreadable(file: string, line: number, message: string): void {
    this.#hasUnreadable = true;
    this.report(file, line, '', 'CSV_MALFORMED', message);
  }

  #parse(name: string, bytes: Uint8Array): void {
    const text = decode(bytes);
    if (text === undefined) {
      return this.#unreadable(name, 1, 'Save the file as UTF-8 without NUL characters.');
    }
    try {
      const [header, ...records] = parseRecords(text);
      if (!header) return this.#unreadable(name, 1, 'Write the column names into the first line.');
      const width = header.cells.length;
      for (const { line, cells } of records.filter(({ cells }) => cells.length !== width)) {
        const message = `Give the line ${width} cells like the header; it has ${cells.length}.`;
        this.report(name, line, '', 'CSV_MALFORMED', message);
      }
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      this.#tables.set(name, { sha256, header: header.cells, records });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const { lines = 1 } = error as CsvError & { lines?: number };
      this.#unreadable(name, lines, 'Mend the quotes by RFC 4180; the line cannot be parsed.');
    }
  }

  report(file: string, row: number, column: string, code: ProblemCode, message: string): void {
    this.#problems.push({ file, row, column, code, message });
  }

  /** What looks up a file that cannot be read fails too; only the cause is told then. */
  refuseProblems(): void {
    const isCause = ({ code }: Problem) => code !== 'CODE_UNKNOWN' && code !== 'REFERENCE_UNKNOWN';
    const problems = this.#hasUnreadable ? this.#problems.filter(isCause) : this.#problems;
    if (problems.length > 0) throw new ImportRefused(problems);
  }

  sha256(file: string): string {
    return this.#tables.get(file)?.sha256 ?? '';
  }

  /** Whether a file holds a value in a column. */
  has(file: string, column: string, value: string): boolean {
    const table = this.#tables.get(file);
    const at = table?.header.indexOf(column) ?? -1;
    if (!table || at < 0) return false;
    const key = `${file} ${column}`;
    const values = this.#values.get(key) ?? new Set(table.records.map(({ cells }) => cells[at]));
    this.#values.set(key, values);
    return values.has(value);
  }

  /** Reports each row whose key stands in an earlier row of these files. */
  checkUnique(names: readonly string[], key: readonly string[]): void {
    const seen = new Map<string, string>();
    for (const name of names) {
      const table = this.#tables.get(name);
      const at = key.map((column) => table?.header.indexOf(column) ?? -1);
      if (!table || at.includes(-1)) continue;
      for (const { line, cells } of table.records) {
        const value = at.map((i) => cells[i]).join(' ');
        const first = seen.get(value);
        const message = `Give the row another value; "${value}" stands in ${first} already.`;
        if (first) this.report(name, line, key.at(-1) ?? '', 'ID_DUPLICATE', message);
        else seen.set(value, `${name} line ${line}`);
      }
    }
  }

  /** The rows of a file that fit the schema, whose keys are the file's columns. */
  rows<S extends z.ZodObject>(file: string, schema: S): Row<z.output<S>>[] {
    const table = this.#tables.get(file);
    if (!table || !this.#hasColumns(file, table.header, Object.keys(schema.shape))) return [];
    const { header, records } = table;
    return records.flatMap(({ line, cells }) => {
      if (cells.length !== header.length) return [];
      const cellOf = Object.fromEntries(header.map((column, i) => [column, cells[i]]));
      const result = schema.safeParse(cellOf);
      if (result.success) return [{ ...result.data, line }];
      for (const issue of result.error.issues) {
        const code = issue.code === 'custom' ? (issue.params?.['code'] as ProblemCode) : undefined;
        const column = String(issue.path[0] ?? '');
        this.report(file, line, column, code ?? 'VALUE_MALFORMED', issue.message);
      }
      return [];
    });
  }

  #hasColumns(file: string, header: readonly string[], expected: readonly string[]): boolean {
    const isOdd = (name: string, i: number) => !expected.includes(name) || header.indexOf(name) < i;
    const unknown = header.filter(isOdd);
    const missing = expected.filter((name) => !header.includes(name));
    for (const name of unknown) {
      this.report(file, 1, name, 'COLUMN_UNKNOWN', `Remove or rename the column "${name}".`);
    }
    for (const name of missing) {
      this.report(file, 1, name, 'COLUMN_MISSING', `Add the column "${name}".`);
    }
    const isReadable = unknown.length + missing.length === 0;
    this.#hasUnreadable ||= !isReadable;
    return isReadable;
  }
}
