/** The facts of a demonstration employer that the law is applied to, and their rows. Pure. */
import type { Cycle, DebtFacts } from '../debt/law/facts.ts';
import { addMonths, instantOn, lastDayOf, monthOf } from './calendar.ts';
import { funds, placeOf, type Account } from './contributions.ts';

/** What beside the books decides. */
export interface Circumstances {
  /** Days of written reminders, the first one first. */
  readonly reminders: readonly string[];
  readonly forceMajeure: {
    readonly recognisedOn: string;
    readonly from: string;
    readonly until: string | null;
  } | null;
}

const fundCodes = {
  health: 'HEALTH',
  unemployment: 'UNEMPLOYMENT',
  accident: 'ACCIDENT',
  sickness: 'SICKNESS',
  retirement: 'RETIREMENT',
} as const;

const suffixOf = ({ employer }: Account): string => employer.row.unit_code.slice(4);

/** Three tenths of the salaries are not registered, from the first month on. */
const lowMonths = 3;

function lowDeclarations(account: Account) {
  if (account.employer.story !== 'UNDERDECLARED') return [];
  return account.dues.slice(0, lowMonths).map(({ month, base, workers }) => ({
    id: `demo-low-${suffixOf(account)}-${month}`,
    month,
    registeredBase: BigInt(Math.floor(base * 0.7)),
    legalBase: BigInt(base),
    workers,
  }));
}

/** Those who have not registered at all. */
function duties(account: Account) {
  const { row, workers } = account.employer;
  if (row.registered_on !== null) return [];
  const id = `demo-duty-${suffixOf(account)}`;
  return [{ id, dutyFrom: row.liable_from, registeredOn: null, workers }];
}

const beginsOn = (day: string) => ({ from: day, to: null });

/** What the insurance agency has established of an employer that registers nothing, or too little, is owed like the rest. */
export function factsOf(account: Account, circumstances: Circumstances): DebtFacts {
  const { employer, dues, payments, suspension } = account;
  const { row, story } = employer;
  const { forceMajeure, reminders } = circumstances;
  return {
    obligations: dues.flatMap(({ month, amounts, workers }) =>
      funds.map((fund) => ({
        id: `${month}|${fund}`,
        month,
        fund: fundCodes[fund],
        amount: BigInt(amounts[fund]),
        cycle: row.payment_cycle as Cycle,
        workers,
      })),
    ),
    payments: payments.map(({ day, amount }) => ({
      id: day,
      receivedOn: day,
      amount: BigInt(amount),
    })),
    reminders: reminders.map((sentOn) => ({ id: sentOn, sentOn })),
    suspensions: suspension
      ? [
          {
            id: 'suspension',
            fromMonth: suspension.from,
            toMonth: suspension.to,
            decidedOn: `${suspension.from}-01`,
          },
        ]
      : [],
    forceMajeure: forceMajeure
      ? [
          {
            id: 'force majeure',
            from: forceMajeure.from,
            to: forceMajeure.until,
            recognisedOn: forceMajeure.recognisedOn,
          },
        ]
      : [],
    registrations: duties(account),
    underdeclarations: lowDeclarations(account),
    hardToCollect:
      story === 'CLOSED'
        ? [
            {
              id: 'closed',
              kind: 'DISSOLVED',
              foundOn: row.closed_on ?? '',
              ...beginsOn(row.closed_on ?? ''),
            },
          ]
        : [],
  };
}

/** Rows of the table `registration_duty`. */
export const dutyRows = (account: Account) =>
  duties(account).map(({ id, dutyFrom, registeredOn, workers }) => ({
    id,
    ...placeOf(account.employer),
    duty_from: dutyFrom,
    registered_on: registeredOn,
    workers,
    amount: null,
    known_from: instantOn(lastDayOf(addMonths(monthOf(dutyFrom), 1))),
  }));

/** Rows of the table `underdeclaration`. */
export const lowDeclarationRows = (account: Account) =>
  lowDeclarations(account).map((low) => ({
    id: low.id,
    ...placeOf(account.employer),
    time_period: low.month,
    registered_base: String(low.registeredBase),
    legal_base: String(low.legalBase),
    workers: low.workers,
    corrected_on: null,
    amount: null,
    known_from: instantOn(lastDayOf(addMonths(low.month, 2))),
  }));
