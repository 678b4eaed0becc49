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

/** List FUND, in its order. */
export type Fund = 'RETIREMENT' | 'SICKNESS' | 'ACCIDENT' | 'UNEMPLOYMENT' | 'HEALTH';

type Dues = Pick<
  Obligation,
  'dueRetirement' | 'dueSickness' | 'dueAccident' | 'dueUnemployment' | 'dueHealth'
>;

/** What must be paid, in the order of list FUND. */
export const duesOf = (row: Dues): { readonly fund: Fund; readonly due: bigint }[] => [
  { fund: 'RETIREMENT', due: row.dueRetirement },
  { fund: 'SICKNESS', due: row.dueSickness },
  { fund: 'ACCIDENT', due: row.dueAccident },
  { fund: 'UNEMPLOYMENT', due: row.dueUnemployment },
  { fund: 'HEALTH', due: row.dueHealth },
];

const paidColumns = {
  RETIREMENT: 'paidRetirement',
  SICKNESS: 'paidSickness',
  ACCIDENT: 'paidAccident',
  UNEMPLOYMENT: 'paidUnemployment',
  HEALTH: 'paidHealth',
} as const satisfies Record<Fund, keyof Obligation>;

/** List FUND, in its order. */
export const fundCodes = Object.keys(paidColumns) as readonly Fund[];

/** In the order of list FUND. */
export const fundsOf = (row: Obligation): FundBalance[] =>
  duesOf(row).map(({ fund, due }) => ({ fund, due, paid: row[paidColumns[fund]] }));

export function totalOf(row: Obligation): Balance {
  return fundsOf(row).reduce(
    (sum, { due, paid }) => ({ due: sum.due + due, paid: sum.paid + paid }),
    { due: 0n, paid: 0n },
  );
}
