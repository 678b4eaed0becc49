/** What the kinds of facts have in common: whose each is, what makes it the same, and how it is checked. */
import type { Context } from '../../platform/context.ts';
import type { Employer } from '../../platform/prisma/client.ts';
import type { Cycle } from '../law/facts.ts';
import { shown, type RowCheck } from './row-check.ts';

/** A row as the database takes it: days and money as texts. */
export type Columns = Readonly<Record<string, string | number | boolean | null>>;

export interface OfEmployer {
  readonly employer?: string | null | undefined;
  readonly unitCode?: string | null | undefined;
}

/** Of facts that have no key of their own. */
export interface Numbered extends OfEmployer {
  readonly code?: string | null | undefined;
  readonly reference?: string | null | undefined;
}

export interface Surroundings {
  readonly employer: Employer;
  /** What is said already; null where the fact is new. */
  readonly before: Columns | null;
  readonly check: RowCheck;
  readonly today: string;
  readonly dueOn: (month: string, cycle: Cycle) => string;
}

export interface FactKind<Given extends OfEmployer> {
  /** The field that is told of a fact that is named twice. */
  readonly field: string;
  /** Whether payments may go elsewhere after a change. */
  readonly movesMoney: boolean;
  /** What makes two rows the same fact; null where the row does not say it. */
  keyOf(given: Given, employer: Employer, agency: string, check: RowCheck): string | null;
  read(context: Context, keys: readonly string[]): Promise<ReadonlyMap<string, Columns>>;
  /** The whole row as it is to be; problems are told to the check. */
  plan(given: Given, surroundings: Surroundings): Columns;
  write(context: Context, rows: readonly Columns[]): Promise<void>;
}

/** The id of a fact: one that is there already, or of the agency's own number. */
export function numberedKey(given: Numbered, agency: string, check: RowCheck): string | null {
  const { code, reference } = given;
  if ((code == null) === (reference == null)) {
    check.report('reference', 'KEY_NOT_ONE', { choices: 'code, reference' });
    return null;
  }
  if (reference == null) return code ?? null;
  return check.reference('reference', reference) ? `${agency}:${reference}` : null;
}

/** A code names what is there; and an id stays with its employer. */
export function assertSame({ code, reference }: Numbered, where: Surroundings): void {
  const { employer, before, check } = where;
  const isOther = before !== null && before['employer_id'] !== employer.id;
  if (isOther || (before === null && code != null)) {
    const field = code == null ? 'reference' : 'code';
    check.report(field, 'FACT_UNKNOWN', { value: shown(code ?? reference ?? '') });
  }
}
