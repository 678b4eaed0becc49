/** Rows of workers that an employer must register. Pure but for its reader and writer. */
import { formatDay } from '../../platform/scalars.ts';
import { later } from '../law/days.ts';
import { readDutyColumns, writeDuties } from '../recording-data.ts';
import { assertSame, numberedKey, type FactKind, type Numbered } from './fact-kind.ts';
import { workersMax } from './obligation-rows.ts';
import { firstDay } from './row-check.ts';

export interface DutyGiven extends Numbered {
  readonly dutyFrom: Date;
  readonly registeredOn?: Date | null | undefined;
  readonly workers: number;
  readonly amount?: bigint | null | undefined;
}

export const dutyKind: FactKind<DutyGiven> = {
  field: 'reference',
  movesMoney: false,
  keyOf: (given, _employer, agency, check) => numberedKey(given, agency, check),
  read: readDutyColumns,
  write: writeDuties,
  plan: (given, where) => {
    const { employer, before, check, today } = where;
    assertSame(given, where);
    const { dutyFrom, registeredOn } = given;
    const first = later(firstDay, formatDay(employer.liableFrom));
    const registration = [formatDay(dutyFrom), today] as const;
    return {
      employer_id: employer.id,
      duty_from: check.day('dutyFrom', dutyFrom, [first, today]),
      registered_on: check.day(
        'registeredOn',
        registeredOn,
        registration,
        before?.['registered_on'],
      ),
      workers: check.number('workers', given.workers, [1, workersMax]),
      amount: check.keptAmount('amount', given.amount, before?.['amount']),
    };
  },
};
