/** Rows of salaries that an employer registered too low. Pure but for its reader and writer. */
import { isMonth } from '../law/days.ts';
import { readUnderdeclarationColumns, writeUnderdeclarations } from '../recording-data.ts';
import { assertSame, numberedKey, type FactKind, type Numbered } from './fact-kind.ts';
import { assertMonth } from './months.ts';
import { workersMax } from './obligation-rows.ts';

export interface UnderdeclarationGiven extends Numbered {
  readonly timePeriod: string;
  readonly registeredBase: bigint;
  readonly legalBase: bigint;
  readonly workers: number;
  readonly correctedOn?: Date | null | undefined;
  readonly amount?: bigint | null | undefined;
}

export const underdeclarationKind: FactKind<UnderdeclarationGiven> = {
  field: 'reference',
  movesMoney: false,
  keyOf: (given, _employer, agency, check) => numberedKey(given, agency, check),
  read: readUnderdeclarationColumns,
  write: writeUnderdeclarations,
  plan: (given, where) => {
    const { employer, before, check, today } = where;
    assertSame(given, where);
    const { timePeriod, registeredBase, legalBase } = given;
    assertMonth(timePeriod, where, before?.['time_period'] !== timePeriod);
    if (registeredBase >= legalBase) check.report('registeredBase', 'BASE_NOT_BELOW');
    const first = isMonth(timePeriod) ? `${timePeriod}-01` : today;
    return {
      employer_id: employer.id,
      time_period: timePeriod,
      registered_base: check.amount('registeredBase', registeredBase),
      legal_base: check.amount('legalBase', legalBase),
      workers: check.number('workers', given.workers, [1, workersMax]),
      corrected_on: check.day(
        'correctedOn',
        given.correctedOn,
        [first, today],
        before?.['corrected_on'],
      ),
      amount: check.keptAmount('amount', given.amount, before?.['amount']),
    };
  },
};
