/** The facts of many employers as they leave the database in one text a table, for a thread that judges them. Pure. */
import { group } from '../platform/group.ts';
import { factsOf, type FactVersions, type Version } from './fact-rows.ts';
import type { DebtFacts } from './law/facts.ts';

/** Lists of rows in JSON, each row a list: the employer and the fact's id, and the columns as below, all as texts. */
export interface FactTexts {
  readonly obligations: string;
  readonly payments: string;
  readonly events: string;
  readonly registrations: string;
  readonly underdeclarations: string;
}

type Cell = string | null;
type Cells = readonly Cell[];

/** The columns of each table in the order in which the texts hold them. */
export const factColumns = {
  obligation: [
    'time_period',
    'due_retirement',
    'due_sickness',
    'due_accident',
    'due_unemployment',
    'due_health',
    'workers',
    'payment_cycle',
    'registered_on',
  ],
  payment: ['received_on', 'amount', 'reversed_on'],
  debt_event: ['kind', 'stage', 'occurred_on', 'cause', 'from_on', 'until_on', 'time_periods'],
  registration_duty: ['duty_from', 'registered_on', 'workers', 'amount'],
  underdeclaration: [
    'time_period',
    'registered_base',
    'legal_base',
    'workers',
    'corrected_on',
    'amount',
  ],
} as const;

const day = (text: Cell) => new Date(`${text}T00:00:00Z`);
const dayOrNull = (text: Cell) => (text === null ? null : day(text));
const dong = (text: Cell) => BigInt(text!);
const dongOrNull = (text: Cell) => (text === null ? null : BigInt(text));

/** The rows of the tables, each from its cells. */
const rowOf = {
  obligations: ([timePeriod, ...cells]: Cells) => ({
    timePeriod: timePeriod!,
    dueRetirement: dong(cells[0]!),
    dueSickness: dong(cells[1]!),
    dueAccident: dong(cells[2]!),
    dueUnemployment: dong(cells[3]!),
    dueHealth: dong(cells[4]!),
    workers: Number(cells[5]),
    paymentCycle: cells[6]!,
    registeredOn: dayOrNull(cells[7]!),
  }),
  payments: ([receivedOn, amount, reversedOn]: Cells) => ({
    receivedOn: day(receivedOn!),
    amount: dong(amount!),
    reversedOn: dayOrNull(reversedOn!),
  }),
  events: ([kind, stage, occurredOn, cause, fromOn, untilOn, timePeriods]: Cells) => ({
    kind: kind!,
    stage: stage!,
    occurredOn: day(occurredOn!),
    cause: cause!,
    fromOn: dayOrNull(fromOn!),
    untilOn: dayOrNull(untilOn!),
    timePeriods: JSON.parse(timePeriods!) as string[],
  }),
  registrations: ([dutyFrom, registeredOn, workers, amount]: Cells) => ({
    dutyFrom: day(dutyFrom!),
    registeredOn: dayOrNull(registeredOn!),
    workers: Number(workers),
    amount: dongOrNull(amount!),
  }),
  underdeclarations: ([timePeriod, ...cells]: Cells) => ({
    timePeriod: timePeriod!,
    registeredBase: dong(cells[0]!),
    legalBase: dong(cells[1]!),
    workers: Number(cells[2]),
    correctedOn: dayOrNull(cells[3]!),
    amount: dongOrNull(cells[4]!),
  }),
};

/** Every row of a text was known at the instant for which it was read, so each counts as known always. */
const always = { knownFrom: new Date(0), knownTo: null };

function versionsOf<Row>(text: string, read: (cells: Cells) => Row): Map<string, Version<Row>[]> {
  const rows = JSON.parse(text) as [employer: string, id: string, ...cells: Cells][];
  const versions = rows.map(([employer, id, ...cells]) => ({
    employer,
    version: { id, row: read(cells), ...always },
  }));
  return new Map(
    [...group(versions, ({ employer }) => employer)].map(([employer, list]) => [
      employer,
      list.map(({ version }) => version),
    ]),
  );
}

/** The facts of each of the employers, in their order. */
export function factsOfTexts(texts: FactTexts, employers: readonly string[]): DebtFacts[] {
  const obligations = versionsOf(texts.obligations, rowOf.obligations);
  const payments = versionsOf(texts.payments, rowOf.payments);
  const events = versionsOf(texts.events, rowOf.events);
  const registrations = versionsOf(texts.registrations, rowOf.registrations);
  const underdeclarations = versionsOf(texts.underdeclarations, rowOf.underdeclarations);
  return employers.map((id): DebtFacts => {
    const versions: FactVersions = {
      obligations: obligations.get(id) ?? [],
      payments: payments.get(id) ?? [],
      events: events.get(id) ?? [],
      registrations: registrations.get(id) ?? [],
      underdeclarations: underdeclarations.get(id) ?? [],
    };
    return factsOf(versions);
  });
}
