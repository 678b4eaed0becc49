/** From rows of the database to the facts that the law engine takes. Pure. */
import { formatDay } from '../platform/scalars.ts';
import type { FactRow } from './fact-contents.ts';
import { duesOf } from './funds.ts';
import type {
  Cycle,
  DebtFacts,
  ForceMajeureFact,
  HardToCollectFact,
  ObligationFact,
  PaymentFact,
  RegistrationFact,
  ReminderFact,
  SuspensionFact,
  UnderdeclarationFact,
} from './law/facts.ts';

/** A row as it was known, from an instant until another; null while it is. */
export interface Version<Row> {
  readonly id: string;
  readonly row: Row;
  readonly knownFrom: Date;
  readonly knownTo: Date | null;
}

/** Everything that is or was known of one employer. */
export interface FactVersions {
  readonly obligations: readonly Version<ObligationRow>[];
  readonly payments: readonly Version<PaymentRow>[];
  readonly events: readonly Version<EventRow>[];
  readonly registrations: readonly Version<RegistrationRow>[];
  readonly underdeclarations: readonly Version<UnderdeclarationRow>[];
}

export type ObligationRow = FactRow<'obligation'>;
type PaymentRow = FactRow<'payment'>;
type EventRow = FactRow<'debt_event'>;
type RegistrationRow = FactRow<'registration_duty'>;
type UnderdeclarationRow = FactRow<'underdeclaration'>;

const known = ({ id, knownFrom, knownTo }: Version<unknown>) => ({
  id,
  knownFrom: knownFrom.toISOString(),
  knownTo: knownTo?.toISOString() ?? null,
});
/** A date of the database as a day of the law. */
export const dayOf = (date: Date | null) => (date ? formatDay(date) : null);
const monthOf = (date: Date | null) => dayOf(date)?.slice(0, 7) ?? null;

/** One fact a fund, of those to which anything is owed. A province has millions: nothing is spread, dates are read once. */
function obligationFacts(version: Version<ObligationRow>): ObligationFact[] {
  const { row } = version;
  const { knownFrom, knownTo } = known(version);
  const registeredOn = dayOf(row.registeredOn);
  return duesOf(row)
    .filter(({ due }) => due > 0n)
    .map(({ fund, due }) => ({
      id: `${version.id}|${fund}`,
      knownFrom,
      knownTo,
      month: row.timePeriod,
      fund,
      amount: due,
      cycle: row.paymentCycle as Cycle,
      registeredOn,
      workers: row.workers,
    }));
}

function paymentFact(version: Version<PaymentRow>): PaymentFact {
  const { id, knownFrom, knownTo } = known(version);
  const { receivedOn, amount, reversedOn } = version.row;
  return {
    id,
    knownFrom,
    knownTo,
    receivedOn: formatDay(receivedOn),
    amount,
    reversedOn: dayOf(reversedOn),
  };
}

const reminder = (version: Version<EventRow>): ReminderFact => ({
  ...known(version),
  sentOn: formatDay(version.row.occurredOn),
  months: version.row.timePeriods.length > 0 ? version.row.timePeriods : null,
});

const suspension = (version: Version<EventRow>): SuspensionFact => ({
  ...known(version),
  fromMonth: monthOf(version.row.fromOn ?? version.row.occurredOn)!,
  toMonth: monthOf(version.row.untilOn),
  decidedOn: formatDay(version.row.occurredOn),
});

const forceMajeure = (version: Version<EventRow>): ForceMajeureFact => ({
  ...known(version),
  from: formatDay(version.row.fromOn ?? version.row.occurredOn),
  to: dayOf(version.row.untilOn),
  recognisedOn: formatDay(version.row.occurredOn),
  months: version.row.timePeriods.length > 0 ? version.row.timePeriods : null,
});

const hardToCollect = (version: Version<EventRow>): HardToCollectFact => ({
  ...known(version),
  kind: version.row.cause as HardToCollectFact['kind'],
  foundOn: formatDay(version.row.occurredOn),
  from: formatDay(version.row.fromOn ?? version.row.occurredOn),
  to: dayOf(version.row.untilOn),
});

const registration = (version: Version<RegistrationRow>): RegistrationFact => ({
  ...known(version),
  dutyFrom: formatDay(version.row.dutyFrom),
  registeredOn: dayOf(version.row.registeredOn),
  workers: version.row.workers,
  amount: version.row.amount,
});

const underdeclaration = (version: Version<UnderdeclarationRow>): UnderdeclarationFact => ({
  ...known(version),
  month: version.row.timePeriod,
  registeredBase: version.row.registeredBase,
  legalBase: version.row.legalBase,
  workers: version.row.workers,
  correctedOn: dayOf(version.row.correctedOn),
  amount: version.row.amount,
});

/** What is proposed, planned or drafted is no act, and decides nothing. */
export function factsOf(versions: FactVersions): DebtFacts {
  const done = versions.events.filter(({ row }) => row.stage === 'DONE');
  const ofKind = (kind: string) => done.filter(({ row }) => row.kind === kind);
  return {
    obligations: versions.obligations.flatMap(obligationFacts),
    payments: versions.payments.map(paymentFact),
    reminders: ofKind('REMINDER').map(reminder),
    suspensions: ofKind('SUSPENSION').map(suspension),
    forceMajeure: ofKind('FORCE_MAJEURE').map(forceMajeure),
    hardToCollect: ofKind('HARD_TO_COLLECT').map(hardToCollect),
    registrations: versions.registrations.map(registration),
    underdeclarations: versions.underdeclarations.map(underdeclaration),
  };
}
