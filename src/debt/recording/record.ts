/** Records rows of facts: all of them or none, each new, a correction, or what is said already. */
import type { Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import type { Employer } from '../../platform/prisma/client.ts';
import { dayIn } from '../../platform/scalars.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { legalParametersOf } from '../law-data.ts';
import { dueOf } from '../law/due.ts';
import type { Cycle } from '../law/facts.ts';
import type { LegalParameters } from '../law/parameters.ts';
import { reallocate } from '../reallocation-data.ts';
import { employersNamed, lockEmployers } from '../recording-data.ts';
import type { Columns, FactKind, OfEmployer } from './fact-kind.ts';
import { RowChecks, shown } from './row-check.ts';

export interface Recorded {
  readonly inserted: number;
  readonly corrected: number;
  readonly unchanged: number;
}

/** How many rows one call takes: allocating reads the whole history of each employer within the time of a request. */
export const rowsMax = 250;

export function assertRowCount(rows: readonly unknown[]): void {
  if (rows.length > 0 && rows.length <= rowsMax) return;
  const parameters = { field: 'rows', max: rowsMax, count: rows.length };
  throw new PublicError('ROWS_TOO_MANY', parameters);
}

/** A row with its employer and what makes it the same as another. */
interface Placed<Given> {
  readonly given: Given;
  readonly row: number;
  readonly employer: Employer;
  readonly key: string;
}

async function employersOf(
  context: Context,
  rows: readonly OfEmployer[],
  checks: RowChecks,
): Promise<(Employer | null)[]> {
  const codes = new Set(rows.flatMap(({ employer }) => employer ?? []));
  const units = new Set(rows.flatMap(({ unitCode }) => unitCode ?? []));
  const { byCode, byUnit } = await employersNamed(context, [...codes], [...units]);
  return rows.map(({ employer, unitCode }, row) => {
    const check = checks.of(row);
    if ((employer == null) === (unitCode == null)) {
      check.report('employer', 'KEY_NOT_ONE', { choices: 'employer, unitCode' });
      return null;
    }
    const found = employer == null ? byUnit.get(unitCode ?? '') : byCode.get(employer);
    const field = employer == null ? 'unitCode' : 'employer';
    if (!found) {
      check.report(field, 'EMPLOYER_UNKNOWN', { employer: shown(employer ?? unitCode ?? '') });
      return null;
    }
    context.draft.employers.add(found.id);
    context.draft.areas.add(found.areaId);
    return found;
  });
}

function placeRows<Given extends OfEmployer>(
  rows: readonly Given[],
  {
    employers,
    agency,
    checks,
    kind,
  }: {
    employers: readonly (Employer | null)[];
    agency: string;
    checks: RowChecks;
    kind: FactKind<Given>;
  },
): Placed<Given>[] {
  const seen = new Set<string>();
  return rows.flatMap((given, row) => {
    const employer = employers[row];
    const check = checks.of(row);
    const key = employer ? kind.keyOf(given, employer, agency, check) : null;
    if (!employer || key === null) return [];
    if (seen.has(key))
      check.report(kind.field, 'VALUE_TWICE', { field: 'rows', value: shown(key) });
    seen.add(key);
    return [{ given, row, employer, key }];
  });
}

/** Where no verified rule gives a due date, as before this law, what this law's rule would say. */
function dueOn(parameters: LegalParameters, month: string, cycle: Cycle): string {
  const due = dueOf(parameters, { month, cycle, fund: 'RETIREMENT' });
  return due.dueOn ?? due.nominal;
}

export const isSame = (before: Columns, after: Columns): boolean =>
  Object.entries(after).every(([name, value]) => before[name] === value);

export async function recordFacts<Given extends OfEmployer>(
  context: Context,
  rows: readonly Given[],
  kind: FactKind<Given>,
): Promise<Recorded> {
  assertRowCount(rows);
  return inTransaction(context, async (inner) => {
    const checks = new RowChecks();
    const employers = await employersOf(inner, rows, checks);
    const ids = [...new Set(employers.flatMap((employer) => employer?.id ?? []))].sort();
    await lockEmployers(inner, ids);
    const { agency, scope } = inner.principal;
    const placed = placeRows(rows, { employers, agency: agency.id, checks, kind });
    const known = await kind.read(
      inner,
      placed.map(({ key }) => key),
    );
    const parameters = await legalParametersOf(inner);
    const today = dayIn(new Date(scope.instant));
    const planned = placed.map(({ given, row, employer, key }) => {
      const before = known.get(key) ?? null;
      const check = checks.of(row);
      const due = (month: string, cycle: Cycle) => dueOn(parameters, month, cycle);
      const after = kind.plan(given, { employer, before, check, today, dueOn: due });
      return { before, after, key };
    });
    checks.refuse();
    const changed = planned.filter(({ before, after }) => !before || !isSame(before, after));
    if (changed.length > 0) {
      await kind.write(
        inner,
        changed.map(({ after, key }) => ({ ...after, id: key })),
      );
      const touched = changed.map(({ after }) => String(after['employer_id']));
      if (kind.movesMoney) await reallocate(inner, touched);
    }
    const inserted = changed.filter(({ before }) => before === null).length;
    const corrected = changed.length - inserted;
    return { inserted, corrected, unchanged: rows.length - changed.length };
  });
}
