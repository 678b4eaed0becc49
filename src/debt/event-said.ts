/** From what an agency says of an event to the columns of its row, checked as far as that needs no row. */
import { checkedList, checkedText } from '../platform/checked.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { formatDay } from '../platform/scalars.ts';
import type { DebtEventInput, DebtEventPlanInput } from './event-input.ts';
import { legalParametersOf } from './law-data.ts';
import {
  addDays,
  addMonths,
  firstDayOf,
  isMonth,
  lastDayOf,
  later,
  monthsBetween,
} from './law/days.ts';
import { amountProblem } from './money.ts';

type Done = typeof DebtEventInput.$inferInput;
type Planned = typeof DebtEventPlanInput.$inferInput;
type Given<Of, Kind extends keyof Of> = NonNullable<Of[Kind]>;

/** The columns of an event, by the names that the database's functions know. */
export interface SaidEvent {
  readonly kind: string;
  readonly stage: 'DONE' | 'PLANNED' | 'DRAFT' | 'PROPOSED';
  readonly employer_id: string;
  readonly occurred_on: string;
  readonly plan_id?: string | null;
  readonly participant_ids?: readonly string[];
  readonly amount?: string | null;
  readonly agreed_by?: string | null;
  readonly note?: string | null;
  readonly document?: string | null;
  readonly cause?: string;
  readonly from_on?: string;
  readonly until_on?: string | null;
  readonly time_periods?: readonly string[];
}

/** A year from the session on. */
const promiseDaysMax = 366;

function amountOf(field: string, amount: bigint | null | undefined): string | null {
  if (amount == null) return null;
  const problem = amountProblem(amount, 1n);
  if (problem) throw new PublicError('NUMBER_OUT_OF_BOUNDS', { field, ...problem });
  return String(amount);
}

const optionalText = (field: string, given: string | null | undefined, max?: number) =>
  given == null ? null : checkedText(field, given, max);
const documentOf = (given: string | null | undefined) => optionalText('document', given, 200);
const noteOf = (given: string | null | undefined) => optionalText('note', given);
const dayOrNull = (day: Date | null | undefined) => (day ? formatDay(day) : null);

function checkedMonth(field: string, month: string): string {
  if (isMonth(month)) return month;
  throw new PublicError('MONTH_MALFORMED', { field, value: month.slice(0, 40) });
}

const monthsOf = (given: readonly string[] | null | undefined) =>
  given == null
    ? []
    : checkedList('months', given, (month) => checkedMonth('months', month)).toSorted();

const agenciesOf = (given: readonly string[] | null | undefined) =>
  given == null || given.length === 0
    ? []
    : checkedList('participants', given, (code) => code).toSorted();

interface About {
  readonly employer: string;
  readonly on: Date;
  readonly note?: string | null | undefined;
}

const done = (kind: string, { employer, on, note }: About) => ({
  kind,
  stage: 'DONE' as const,
  employer_id: employer,
  occurred_on: formatDay(on),
  note: noteOf(note),
});

/** Whole months, and no more than the law of the first of them allows. */
async function suspension(context: Context, given: Given<Done, 'suspension'>): Promise<SaidEvent> {
  const from = checkedMonth('fromMonth', given.fromMonth);
  const to = checkedMonth('toMonth', given.toMonth);
  const parameters = await legalParametersOf(context);
  const code = 'SUSPENSION_MAX_MONTHS';
  const start = parameters.startOf(code);
  // One that is older than the law is held to the law's first limit.
  const months = start ? (parameters.count(code, later(firstDayOf(from), start)) ?? 0) : 0;
  if (to < from) {
    const day = lastDayOf(to);
    const bounds = {
      min: lastDayOf(from),
      max: lastDayOf(addMonths(from, Math.max(months, 1) - 1)),
    };
    throw new PublicError('EVENT_DAY_INVALID', { field: 'toMonth', day, ...bounds });
  }
  if (monthsBetween(from, to) >= months) {
    throw new PublicError('SUSPENSION_TOO_LONG', { field: 'toMonth', months });
  }
  return {
    ...done('SUSPENSION', given),
    document: documentOf(given.document),
    from_on: firstDayOf(from),
    until_on: lastDayOf(to),
  };
}

/** A promise for a day that nobody lives to see would stay open for ever. */
function promisedBy(session: string, by: string): string {
  const max = addDays(session, promiseDaysMax);
  if (by >= session && by <= max) return by;
  throw new PublicError('EVENT_DAY_INVALID', { field: 'promise', day: by, min: session, max });
}

function jointSession(given: Given<Done, 'jointSession'>): SaidEvent {
  const { plan, participants, promise } = given;
  return {
    ...done('JOINT_SESSION', given),
    plan_id: plan ?? null,
    participant_ids: agenciesOf(participants),
    amount: amountOf('promise', promise?.amount),
    agreed_by: promise ? promisedBy(formatDay(given.on), formatDay(promise.by)) : null,
  };
}

const inspection = (given: Given<Done, 'inspection'>): SaidEvent => ({
  ...done('INSPECTION', given),
  plan_id: given.plan ?? null,
  participant_ids: agenciesOf(given.participants),
  amount: amountOf('amount', given.amount),
});

const withDocument = (
  kind: string,
  given: About & { document?: string | null | undefined; amount?: bigint | null | undefined },
) => ({
  ...done(kind, given),
  document: documentOf(given.document),
  amount: amountOf('amount', given.amount),
});

const reminder = (given: Given<Done, 'reminder'>): SaidEvent => ({
  ...withDocument('REMINDER', given),
  time_periods: monthsOf(given.months),
});

const forceMajeure = (given: Given<Done, 'forceMajeure'>): SaidEvent => ({
  ...withDocument('FORCE_MAJEURE', given),
  cause: given.cause,
  from_on: formatDay(given.from),
  until_on: dayOrNull(given.until),
  time_periods: monthsOf(given.months),
});

const hardToCollect = ({
  cause,
  from,
  until,
  ...given
}: Given<Done, 'hardToCollect'>): SaidEvent => ({
  ...withDocument('HARD_TO_COLLECT', given),
  cause,
  from_on: formatDay(from),
  until_on: dayOrNull(until),
});

/** What was done, as a row says it. */
export async function saidOf(context: Context, event: Done): Promise<SaidEvent> {
  if (event.reminder) return reminder(event.reminder);
  if (event.jointSession) return jointSession(event.jointSession);
  if (event.inspection) return inspection(event.inspection);
  if (event.sanction) {
    return { ...withDocument('SANCTION', event.sanction), plan_id: event.sanction.plan ?? null };
  }
  if (event.referral) {
    const note = checkedText('note', event.referral.note);
    return { ...withDocument('REFERRAL', event.referral), note };
  }
  if (event.settlement) return withDocument('SETTLEMENT', event.settlement);
  if (event.suspension) return suspension(context, event.suspension);
  if (event.forceMajeure) return forceMajeure(event.forceMajeure);
  return hardToCollect(event.hardToCollect);
}

/** What is planned or drafted, as a row says it. */
export function plannedOf({
  jointSession: session,
  inspection: visit,
  sanction,
}: Planned): SaidEvent {
  if (session) return { ...jointSession(session), stage: 'PLANNED' };
  if (visit) return { ...inspection(visit), stage: 'PLANNED' };
  return { ...withDocument('SANCTION', sanction), stage: 'DRAFT' };
}
