/**
 * What an office had to receive and received, period by period: each employer's account, added up. What was open at
 * first, and what fell due, less what was received, is what is open in the end. Pure.
 */
import type { DebtFacts } from './law/facts.ts';
import { arisesOn } from './law/known.ts';
import type { LegalParameters } from './law/parameters.ts';
import { addDays, type Day } from './law/days.ts';
import { assess } from './law.ts';

/** Since the beginning until the end of one day. */
export interface Standing {
  readonly due: bigint;
  readonly received: bigint;
  readonly reversed: bigint;
  /** Due and unpaid, of all employers; never less for what another has paid in advance. */
  readonly overdue: bigint;
  /** Received for what had not fallen due. */
  readonly credit: bigint;
}

export const nothing: Standing = { due: 0n, received: 0n, reversed: 0n, overdue: 0n, credit: 0n };

export const together = (a: Standing, b: Standing): Standing => ({
  due: a.due + b.due,
  received: a.received + b.received,
  reversed: a.reversed + b.reversed,
  overdue: a.overdue + b.overdue,
  credit: a.credit + b.credit,
});

export interface Collected {
  readonly openingOverdue: bigint;
  readonly openingCredit: bigint;
  readonly fellDue: bigint;
  readonly received: bigint;
  readonly reversed: bigint;
  readonly closingOverdue: bigint;
  readonly closingCredit: bigint;
}

/** What happened between two days. */
export const between = (before: Standing, after: Standing): Collected => ({
  openingOverdue: before.overdue,
  openingCredit: before.credit,
  fellDue: after.due - before.due,
  received: after.received - before.received,
  reversed: after.reversed - before.reversed,
  closingOverdue: after.overdue,
  closingCredit: after.credit,
});

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);

/**
 * The same of one employer by the law engine, for accounts that are more than what fell due less what came: months
 * that are suspended, registered late, or of several cycles. `dueDays` gives an obligation's own due date by its id.
 */
export function standingOn(
  parameters: LegalParameters,
  facts: DebtFacts,
  dueDays: ReadonlyMap<string, Day>,
  day: Day,
): Standing {
  const came = facts.payments.filter(({ receivedOn }) => receivedOn <= day);
  const reversed = came.filter(({ reversedOn }) => reversedOn != null && reversedOn <= day);
  // What was due on the day is late on the next one; nothing else of the next day may count.
  const known = {
    ...facts,
    obligations: facts.obligations.filter((fact) => arisesOn(fact) <= day),
    payments: came.filter((payment) => !reversed.includes(payment)).map(kept),
    suspensions: (facts.suspensions ?? []).filter(({ decidedOn }) => decidedOn <= day),
  };
  const { items } = assess(parameters, known, { day: addDays(day, 1) });
  const isDue = (id: string, dueOn: Day | null) => (dueOn ?? dueDays.get(id) ?? day) <= day;
  const payable = items.filter(({ kind }) => kind === 'PAYMENT');
  const overdue = sumOf(payable.map((item) => item.overdue));
  const paid = sumOf(
    payable.filter(({ id, dates }) => isDue(id, dates.dueOn)).map((item) => item.paid),
  );
  const received = sumOf(came.map(({ amount }) => amount));
  const takenBack = sumOf(reversed.map(({ amount }) => amount));
  return {
    due: overdue + paid,
    received,
    reversed: takenBack,
    overdue,
    credit: received - takenBack - paid,
  };
}

const kept = <Payment extends object>(payment: Payment): Payment => ({
  ...payment,
  reversedOn: null,
});
