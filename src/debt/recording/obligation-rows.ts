/** Rows of what an employer owes for a month. Pure but for its reader and writer. */
import { isMonth } from '../law/days.ts';
import { pairId } from '../fields.ts';
import { monthsOfCycle } from '../law/due.ts';
import type { Cycle } from '../law/facts.ts';
import { readObligationColumns, writeObligations } from '../recording-data.ts';
import type { FactKind, OfEmployer } from './fact-kind.ts';
import { assertMonth } from './months.ts';
import type { RowCheck } from './row-check.ts';

export interface ObligationGiven extends OfEmployer {
  readonly timePeriod: string;
  readonly paymentCycle?: string | null | undefined;
  readonly registeredOn?: Date | null | undefined;
  readonly workers: number;
  readonly contributionBase: bigint;
  readonly retirement: bigint;
  readonly sickness: bigint;
  readonly accident: bigint;
  readonly unemployment: bigint;
  readonly health: bigint;
}

const cycles: ReadonlySet<string> = new Set(Object.keys(monthsOfCycle));
export const paymentCycles = ['PAYMENT_CYCLE', cycles] as const;

/** More workers than any employer has. */
export const workersMax = 1_000_000;

/** Contributions are shares of the salaries, so that all of them together are never more. */
function assertWithinBase(given: ObligationGiven, check: RowCheck): void {
  const { contributionBase: base, retirement, sickness, accident, unemployment, health } = given;
  const due = retirement + sickness + accident + unemployment + health;
  if (due <= base) return;
  const parameters = { due: String(due), base: String(base) };
  check.report('contributionBase', 'DUE_ABOVE_BASE', parameters);
}

export const obligationKind: FactKind<ObligationGiven> = {
  field: 'timePeriod',
  movesMoney: true,
  keyOf: ({ timePeriod }, { id }) => pairId(id, timePeriod),
  read: readObligationColumns,
  write: writeObligations,
  plan: (given, where) => {
    const { employer, before, check, today, dueOn } = where;
    const { timePeriod } = given;
    assertMonth(timePeriod, where, before === null);
    assertWithinBase(given, check);
    const saidCycle = given.paymentCycle ?? before?.['payment_cycle'] ?? employer.paymentCycle;
    const cycle = check.listed('paymentCycle', String(saidCycle), paymentCycles);
    const first = isMonth(timePeriod) ? `${timePeriod}-01` : today;
    return {
      employer_id: employer.id,
      time_period: timePeriod,
      due_on: isMonth(timePeriod) && cycles.has(cycle) ? dueOn(timePeriod, cycle as Cycle) : null,
      payment_cycle: cycle,
      registered_on: check.day(
        'registeredOn',
        given.registeredOn,
        [first, today],
        before?.['registered_on'],
      ),
      workers: check.number('workers', given.workers, [0, workersMax]),
      contribution_base: check.amount('contributionBase', given.contributionBase),
      due_retirement: check.amount('retirement', given.retirement),
      due_sickness: check.amount('sickness', given.sickness),
      due_accident: check.amount('accident', given.accident),
      due_unemployment: check.amount('unemployment', given.unemployment),
      due_health: check.amount('health', given.health),
    };
  },
};
