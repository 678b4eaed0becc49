/** Checks rows that an agency sends, and collects what is wrong with each. Pure. */
import { RowsRefused, type ErrorCode, type RowProblem } from '../../platform/errors.ts';
import { formatDay } from '../../platform/scalars.ts';
import { amountProblem } from '../money.ts';

/** The first year that facts may be of: the tables of law reach no further. */
export const firstDay = '1995-01-01';
export const firstMonth = '1995-01';

const referenceMax = 60;
const referenceForm = /^[A-Za-z0-9._/-]{1,60}$/;
const unitCodeMax = 40;
const unitCodeForm = /^[A-Za-z0-9._-]{1,40}$/;
const shownMax = 80;

/** A value as it may be repeated in a sentence. */
export const shown = (value: string): string => value.slice(0, shownMax);

/** Of one row: each check says whether it holds, or gives the value in the form of its column. */
export class RowCheck {
  private readonly row: number;
  private readonly found: RowProblem[];

  constructor(row: number, found: RowProblem[]) {
    this.row = row;
    this.found = found;
  }

  report(field: string, code: ErrorCode, parameters: RowProblem['parameters'] = {}): void {
    this.found.push({ row: this.row, field, code, parameters: { field, ...parameters } });
  }

  /** The day as text: what is sent, null too; what was said before where it is left out. */
  day(
    field: string,
    given: Date | null | undefined,
    [min, max]: readonly [string, string],
    before?: unknown,
  ): string | null {
    const day = given ? formatDay(given) : given === undefined ? before : null;
    if (typeof day !== 'string') return null;
    if (day < min || day > max) this.report(field, 'DAY_OUT_OF_RANGE', { day, min, max });
    return day;
  }

  number(field: string, value: number, [min, max]: readonly [number, number]): number {
    if (value < min || value > max) {
      this.report(field, 'NUMBER_OUT_OF_BOUNDS', { value, min, max });
    }
    return value;
  }

  /** An amount as text. */
  amount(field: string, given: bigint, min = 0n): string {
    const problem = amountProblem(given, min);
    if (problem) this.report(field, 'NUMBER_OUT_OF_BOUNDS', problem);
    return String(given);
  }

  /** The same; what was said before where it is left out. */
  keptAmount(field: string, given: bigint | null | undefined, before: unknown): string | null {
    if (given === undefined) return typeof before === 'string' ? before : null;
    return given === null ? null : this.amount(field, given);
  }

  text(field: string, given: string, max: number): string {
    const text = given.trim();
    if (text === '') this.report(field, 'FIELD_EMPTY');
    else if (text.length > max) this.report(field, 'TEXT_TOO_LONG', { max });
    return text;
  }

  listed(
    field: string,
    code: string,
    [list, codes]: readonly [string, ReadonlySet<string>],
  ): string {
    if (!codes.has(code)) this.report(field, 'CODE_UNKNOWN', { list, code: code.slice(0, 40) });
    return code;
  }

  reference(field: string, value: string): boolean {
    const holds = referenceForm.test(value);
    const parameters = { value: shown(value), max: referenceMax };
    if (!holds) this.report(field, 'NUMBER_MALFORMED', parameters);
    return holds;
  }

  unitCode(field: string, value: string): boolean {
    const holds = unitCodeForm.test(value);
    if (!holds) this.report(field, 'NUMBER_MALFORMED', { value: shown(value), max: unitCodeMax });
    return holds;
  }
}

/** The rows of one call. */
export class RowChecks {
  private readonly found: RowProblem[] = [];

  of(row: number): RowCheck {
    return new RowCheck(row, this.found);
  }

  /** Throws RowsRefused if anything was found, in the order of the rows. */
  refuse(): void {
    if (this.found.length === 0) return;
    throw new RowsRefused([...this.found].sort((a, b) => a.row - b.row));
  }
}
