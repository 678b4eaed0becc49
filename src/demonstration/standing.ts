/** In which legal state an employer stands on a day: what the law makes of its books and circumstances. Pure. */
import type { EmployerAssessment } from '../debt/law/assessment.ts';
import type { LegalParameters } from '../debt/law/parameters.ts';
import { assess } from '../debt/law.ts';
import { funds, paidBy, type Account } from './contributions.ts';
import { factsOf, type Circumstances } from './facts.ts';

export type State = NonNullable<EmployerAssessment['state']>;

export interface Standing {
  readonly state: State;
  readonly since: string | null;
  readonly legalBasis: string | null;
  readonly amount: number;
  readonly monthsLate: number;
  readonly oldestDueOn: string | null;
  readonly workers: number;
}

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

/** The article that the state itself rests on. Debt that is hard to collect is reported apart and has none of its own. */
function basisOf({ state, basis }: EmployerAssessment): string | null {
  const [first] = state === 'ON_TIME' || state === 'HARD_TO_COLLECT' ? [] : basis;
  return first ? `${first.instrument} ${first.article}` : null;
}

/** Throws where the law's table gives no state: the demonstration has none of these cases. */
export function standingOn(
  parameters: LegalParameters,
  account: Account,
  circumstances: Circumstances,
  day: string,
): Standing {
  const found = assess(parameters, factsOf(account, circumstances), { day });
  if (found.state === null) throw new Error(`No verified state of ${account.employer.row.id}.`);
  return {
    state: found.state,
    since: found.state === 'ON_TIME' ? null : found.since,
    legalBasis: basisOf(found),
    amount: Number(found.overdue),
    monthsLate: found.monthsLate,
    oldestDueOn: found.oldestDueOn,
    workers: found.workersAffected,
  };
}
