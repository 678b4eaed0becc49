/** Rows of what an employer has paid. Pure but for its reader and writer. */
import { formatDay } from '../../platform/scalars.ts';
import { later } from '../law/days.ts';
import { readPaymentColumns, writePayments } from '../recording-data.ts';
import { assertSame, numberedKey, type FactKind, type Numbered } from './fact-kind.ts';
import { firstDay } from './row-check.ts';

export interface PaymentGiven extends Numbered {
  readonly receivedOn: Date;
  readonly amount: bigint;
  readonly reversedOn?: Date | null | undefined;
}

export const paymentKind: FactKind<PaymentGiven> = {
  field: 'reference',
  movesMoney: true,
  keyOf: (given, _employer, agency, check) => numberedKey(given, agency, check),
  read: readPaymentColumns,
  write: writePayments,
  plan: (given, where) => {
    const { employer, before, check, today } = where;
    assertSame(given, where);
    const receivedOn = check.day('receivedOn', given.receivedOn, [firstDay, today]);
    const from = later(firstDay, formatDay(given.receivedOn));
    return {
      employer_id: employer.id,
      received_on: receivedOn,
      amount: check.amount('amount', given.amount, 1n),
      reversed_on: check.day(
        'reversedOn',
        given.reversedOn,
        [from, today],
        before?.['reversed_on'],
      ),
    };
  },
};
