/** In which legal state an employer stands on a day: what the law makes of its books and circumstances. Pure. */
import type { LegalState } from '../debt/law/assessment.ts';
import type { LegalParameters } from '../debt/law/parameters.ts';
import { internalPosition, type InternalPosition } from '../debt/law/position.ts';
import { assess } from '../debt/law.ts';
import { funds, paidBy, type Account } from './contributions.ts';
import { factsOf, type Circumstances } from './facts.ts';

/** As a position keeps it; every state is verified. */
export type Standing = InternalPosition & { readonly state: LegalState };

interface Overdue {
  readonly amount: number;
  readonly months: number;
  readonly oldest: string | null;
}

/** What was due before a day and is not covered by payments until another; what is suspended is no debt. */
export function overdueOn(account: Account, day: string, paidUntil = day): Overdue {
  const paid = paidBy(account, paidUntil);
  const { suspension } = account;
  let amount = 0;
  let months = 0;
  let oldest: string | null = null;
  account.dues.forEach((due, i) => {
    if (due.dueOn >= day) return;
    const waits = suspension && due.month >= suspension.from && due.month <= suspension.to;
    const open = funds.reduce((sum, fund) => {
      return waits && fund === 'retirement' ? sum : sum + due.amounts[fund] - paid[i]![fund];
    }, 0);
    if (open === 0) return;
    amount += open;
    months += 1;
    oldest ??= due.dueOn;
  });
  return { amount, months, oldest };
}

/** Throws where the law's table gives no state: the demonstration has none of these cases. */
export function standingOn(
  parameters: LegalParameters,
  account: Account,
  circumstances: Circumstances,
  day: string,
): Standing {
  const found = assess(parameters, factsOf(account, circumstances), { day });
  const position = internalPosition(found);
  const { state } = position;
  if (state === null) throw new Error(`No verified state of ${account.employer.row.id}.`);
  return { ...position, state };
}
