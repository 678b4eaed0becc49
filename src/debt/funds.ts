/** The five insurance funds of one month's obligation, in whole dong. Pure. */
import type { Obligation } from '../platform/prisma/client.ts';

export interface Balance {
  readonly due: bigint;
  readonly paid: bigint;
}

export interface FundBalance extends Balance {
  /** List FUND. */
  readonly fund: string;
}

export const balanceOf = ({ due, paid }: Balance): bigint => due - paid;

/** In the order of list FUND. */
export function fundsOf(row: Obligation): FundBalance[] {
  return [
    { fund: 'RETIREMENT', due: row.dueRetirement, paid: row.paidRetirement },
    { fund: 'SICKNESS', due: row.dueSickness, paid: row.paidSickness },
    { fund: 'ACCIDENT', due: row.dueAccident, paid: row.paidAccident },
    { fund: 'UNEMPLOYMENT', due: row.dueUnemployment, paid: row.paidUnemployment },
    { fund: 'HEALTH', due: row.dueHealth, paid: row.paidHealth },
  ];
}

export function totalOf(row: Obligation): Balance {
  return fundsOf(row).reduce(
    (sum, { due, paid }) => ({ due: sum.due + due, paid: sum.paid + paid }),
    { due: 0n, paid: 0n },
  );
}
