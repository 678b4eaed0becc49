/** The five insurance funds: of one month's obligation, and of what a position says is owed; in whole dong. Pure. */
import type { DebtPosition, Obligation } from '../platform/prisma/client.ts';

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

const amountColumns = {
  RETIREMENT: 'amountRetirement',
  SICKNESS: 'amountSickness',
  ACCIDENT: 'amountAccident',
  UNEMPLOYMENT: 'amountUnemployment',
  HEALTH: 'amountHealth',
} as const satisfies Record<Fund, keyof DebtPosition>;

/** What of a position's amount is owed to the fund; null where that is not kept. */
export const owedTo = (row: DebtPosition, fund: Fund): bigint | null => row[amountColumns[fund]];

export interface FundDebt {
  /** List FUND. */
  readonly fund: string;
  readonly amount: bigint;
}

/** In the order of list FUND, all five or none: the database holds that they are the whole amount. */
export function splitOf(row: DebtPosition): FundDebt[] | null {
  const split = fundCodes.flatMap((fund) => {
    const amount = owedTo(row, fund);
    return amount === null ? [] : [{ fund, amount }];
  });
  return split.length === 0 ? null : split;
}
