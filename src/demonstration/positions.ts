/** Each employer's case: its books with what else decides its state, and where it stands on days. Pure. */
import type { LegalParameters } from '../debt/law/parameters.ts';
import { addDays, addMonths, daysBetween, lastDay, monthOf } from './calendar.ts';
import { placeOf, type Account } from './contributions.ts';
import { bandOf } from './employers.ts';
import { chance, wholeBetween } from './seeded.ts';
import type { Circumstances } from './facts.ts';
import { overdueOn, standingOn, type Standing } from './standing.ts';

export const positionDays = ['2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'] as const;

/** An account with what else decides its state. */
export interface Case {
  readonly account: Account;
  readonly circumstances: Circumstances;
  readonly parameters: LegalParameters;
}

const isReminded = ({ employer: { story, turn, row } }: Account): boolean =>
  story === 'EVADING' ||
  story === 'EXCUSED' ||
  story === 'CLOSED' ||
  (story === 'SETTLED' && turn % 2 === 0) ||
  (story === 'SLOW' && chance(`reminded ${row.id}`) < 0.4);

/** In the first ten days of a month (Decree 274/2025), in the month after a due date that went by. */
function remindersOf(account: Account): string[] {
  if (!isReminded(account)) return [];
  const { row } = account.employer;
  const settledDay = account.payments.at(-1)?.day ?? '';
  const reminders: string[] = [];
  for (let month = '2025-10'; month <= monthOf(lastDay); month = addMonths(month, 1)) {
    const day = addDays(`${month}-01`, wholeBetween(`reminder ${row.id} ${month}`, 1, 9));
    const { oldest, months } = overdueOn(account, day);
    if (oldest === null || months === 0) continue;
    if (row.closed_on !== null && day >= row.closed_on) continue;
    if (account.employer.story === 'SETTLED' && day >= settledDay) continue;
    // One reminder in three months is enough.
    const last = reminders.at(-1);
    if (last === undefined || daysBetween(last, day) > 80) reminders.push(day);
  }
  return reminders;
}

/** A storm's damage lasts. */
const forceMajeureOf = (recognisedOn: string) => ({
  recognisedOn,
  from: addDays(recognisedOn, -6),
  until: null,
});

export function openCase(account: Account, parameters: LegalParameters): Case {
  const { story, row, turn } = account.employer;
  const storm = addDays('2026-02-16', wholeBetween(`storm ${row.id}`, 0, 25));
  return {
    account,
    parameters,
    circumstances: {
      reminders: remindersOf(account),
      // Two of the storms struck earlier.
      forceMajeure:
        story === 'EXCUSED' ? forceMajeureOf(turn < 2 ? addDays(storm, -30) : storm) : null,
    },
  };
}

export const standing = ({ account, circumstances, parameters }: Case, day: string): Standing =>
  standingOn(parameters, account, circumstances, day);

/** Below this size a union is told a band only; the database holds it too. */
const namedWorkersMin = 10;

/** Two rows of the table `debt_position`: the agency's own, and the one for unions. */
function positionPair(one: Case, day: string, found: Standing) {
  const { employer } = one.account;
  const shared = {
    ...placeOf(employer),
    as_of: day,
    state: found.state,
    state_since: found.since,
    legal_basis: found.legalBasis,
    amount: found.amount,
    months_late: found.monthsLate,
    oldest_due_on: found.oldestDueOn,
    workers_band: found.workers === 0 ? 'W0' : bandOf(found.workers),
  };
  const key = `demo-position-${employer.row.unit_code.slice(4)}-${day}`;
  // That nobody is affected tells of nobody.
  const isTold = found.workers === 0 || found.workers >= namedWorkersMin;
  const named = isTold ? found.workers : null;
  return [
    { id: key, audience: 'INTERNAL', ...shared, workers_affected: found.workers },
    { id: `${key}-party`, audience: 'PARTY', ...shared, workers_affected: named },
  ];
}

/** From the first of the days on which it owes anything or is not on time; later days then too, paid or not. */
export function positionRows(one: Case) {
  const found = positionDays.map((day) => [day, standing(one, day)] as const);
  const first = found.findIndex(([, { state, amount }]) => state !== 'ON_TIME' || amount > 0);
  if (first === -1) return [];
  return found.slice(first).flatMap(([day, held]) => positionPair(one, day, held));
}
