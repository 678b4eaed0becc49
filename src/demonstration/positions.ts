/** Each employer's case: its books with what else decides its state, and where it stands on days. Pure. */
import type { LegalParameters } from '../debt/law/parameters.ts';
import {
  isWorthTelling,
  partyPosition,
  type InternalPosition,
  type SharedPosition,
} from '../debt/law/position.ts';
import { addDays, addMonths, daysBetween, lastDay, monthOf } from './calendar.ts';
import { placeOf, type Account } from './contributions.ts';
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

const sharedColumns = (found: SharedPosition) => ({
  state: found.state,
  state_reason: found.stateReason,
  state_since: found.stateSince,
  legal_basis: found.legalBasis,
  amount: Number(found.amount),
  months_late: found.monthsLate,
  oldest_due_on: found.oldestDueOn,
  workers_band: found.workersBand,
});

/** Two rows of the table `debt_position`: the agency's own, and the one for unions. */
function positionPair(one: Case, day: string, found: InternalPosition) {
  const { employer } = one.account;
  const shared = { ...placeOf(employer), as_of: day, ...sharedColumns(found) };
  const key = `demo-position-${employer.row.unit_code.slice(4)}-${day}`;
  const internal = {
    workers_affected: found.workersAffected,
    amount_retirement: Number(found.funds.RETIREMENT),
    amount_sickness: Number(found.funds.SICKNESS),
    amount_accident: Number(found.funds.ACCIDENT),
    amount_unemployment: Number(found.funds.UNEMPLOYMENT),
    amount_health: Number(found.funds.HEALTH),
    became_late_on: found.becameLateOn,
    became_late_amount: Number(found.becameLateAmount),
    next_on: found.nextOn,
    next_state: found.nextState,
    evasion_on: found.evasion?.on ?? null,
    evasion_amount: found.evasion && Number(found.evasion.amount),
    reminded_evasion_on: found.remindedEvasion?.on ?? null,
    reminded_evasion_amount: found.remindedEvasion && Number(found.remindedEvasion.amount),
  };
  const withheld = Object.fromEntries(Object.keys(internal).map((column) => [column, null]));
  return [
    { id: key, audience: 'INTERNAL', ...shared, ...internal },
    {
      id: `${key}-party`,
      audience: 'PARTY',
      ...shared,
      ...withheld,
      workers_affected: partyPosition(found).workersAffected,
    },
  ];
}

/** From the first of the days on which it owes anything or is not on time; later days then too, paid or not. */
export function positionRows(one: Case) {
  const found = positionDays.map((day) => [day, standing(one, day)] as const);
  const first = found.findIndex(([, held]) => isWorthTelling(held));
  if (first === -1) return [];
  return found.slice(first).flatMap(([day, held]) => positionPair(one, day, held));
}
