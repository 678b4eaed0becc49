/** What was done about debts: reminders, sessions, inspections, fines, settlements; and unions at employers. Pure. */
import {
  addDays,
  addMonths,
  firstDayOf,
  instantOn,
  lastDay,
  lastDayOf,
  monthOf,
} from './calendar.ts';
import { placeOf } from './contributions.ts';
import type { Case } from './positions.ts';
import { chance, wholeBetween } from './seeded.ts';
import { overdueOn } from './standing.ts';

interface Span {
  readonly from: string;
  readonly until: string | null;
}

interface Event {
  readonly kind: string;
  readonly day: string;
  readonly agency: string;
  readonly with?: readonly string[];
  readonly confirmed?: boolean;
  readonly amount?: number;
  readonly agreedBy?: string;
  readonly kept?: boolean | null;
  readonly note?: string;
  readonly cause?: string;
  readonly span?: Span;
}

function eventRow({ account }: Case, event: Event) {
  const { employer } = account;
  const code = employer.row.unit_code.slice(4);
  return {
    id: `demo-event-${code}-${event.kind.toLowerCase().replace('_', '-')}-${event.day}`,
    ...placeOf(employer),
    kind: event.kind,
    occurred_on: event.day,
    agency_id: event.agency,
    participant_ids: [...(event.with ?? [])],
    confirmed_at: event.confirmed ? instantOn(addDays(event.day, 5)) : null,
    amount: event.amount ?? null,
    agreed_by: event.agreedBy ?? null,
    kept: event.kept ?? null,
    note: event.note ?? null,
    stage: 'DONE',
    cause: event.cause ?? null,
    from_on: event.span?.from ?? null,
    until_on: event.span?.until ?? null,
    time_periods: [],
    known_from: instantOn(event.day),
  };
}

/** List DEBT_EVENT_CAUSE: why a debt is hard to collect. */
const causes = ['DISSOLVED', 'ABSCONDED', 'BANKRUPT'] as const;

/** Sanctions of late payment and evasion (Decree 12/2022/ND-CP Art 39): a share, capped for organisations. */
const fineOf = (amount: number, percent: number): number =>
  Math.min(Math.floor((amount * percent) / 100), 150_000_000);

/** A joint session of the labour authority with the insurer, and mostly with the union. */
function session(one: Case, day: string, more: Partial<Event>): Event {
  const { employer } = one.account;
  const { labour, union } = employer.province;
  const hasUnion = chance(`session ${employer.row.id} ${day}`) < 0.7;
  const participants = [employer.row.contributor_id, ...(hasUnion ? [union] : [])];
  return {
    kind: 'JOINT_SESSION',
    day,
    agency: labour,
    with: participants,
    confirmed: true,
    ...more,
  };
}

/** Broken promises, promises not yet due, inspections, fines and referrals of those who evade. */
function evasionEvents(one: Case): Event[] {
  const { employer } = one.account;
  const { labour, union } = employer.province;
  const agency = employer.row.contributor_id;
  const key = employer.row.id;
  const met = addDays('2026-02-10', wholeBetween(`met ${key}`, 0, 40));
  const owed = overdueOn(one.account, met).amount;
  if (owed === 0) return [];
  const agreed = lastDayOf(addMonths(monthOf(met), 1));
  const late = '2026-06-' + String(wholeBetween(`june ${key}`, 9, 26)).padStart(2, '0');
  const broken = session(one, met, { amount: owed, agreedBy: agreed, kept: false });
  const open = session(one, late, {
    amount: overdueOn(one.account, late).amount,
    agreedBy: employer.turn % 4 === 1 ? '2026-08-31' : '2026-12-31',
    // The newest ones are not confirmed by the other party yet.
    confirmed: employer.turn % 8 !== 3,
  });
  const inspected = addDays(agreed, wholeBetween(`inspected ${key}`, 10, 25));
  const debt = overdueOn(one.account, inspected).amount;
  const inspection = {
    kind: 'INSPECTION',
    day: inspected,
    agency: labour,
    with: [agency, union],
    confirmed: true,
    amount: debt,
  };
  const sanction = {
    kind: 'SANCTION',
    day: addDays(inspected, 14),
    agency: labour,
    with: [agency],
    confirmed: true,
    amount: fineOf(debt, 18),
    note: '12/2022/ND-CP Art 39',
  };
  const referral = { kind: 'REFERRAL', day: addDays(inspected, 30), agency, amount: debt };
  const { turn } = employer;
  return [
    ...(turn % 2 === 0 ? [broken, inspection, sanction] : [open]),
    ...(turn % 4 === 0 ? [referral] : []),
  ];
}

function settlementEvents(one: Case): Event[] {
  const { account } = one;
  const { employer, stoppedAt } = account;
  const paid = account.payments.filter(({ day }) => day >= '2026-04-10');
  const largest = paid.reduce((a, b) => (b.amount > a.amount ? b : a));
  const met = addDays(largest.day, -wholeBetween(`met ${employer.row.id}`, 15, 40));
  const ahead = addDays(largest.day, wholeBetween(`ahead ${employer.row.id}`, 0, 12));
  const agreedBy = ahead < lastDay ? ahead : lastDay;
  const done = { kind: 'SETTLEMENT', day: largest.day, agency: employer.row.contributor_id };
  return [
    ...(stoppedAt === null || employer.turn % 3 === 2
      ? []
      : [
          session(one, met, {
            amount: largest.amount,
            agreedBy,
            kept: true,
          }),
        ]),
    { ...done, amount: largest.amount },
  ];
}

function discoveryEvents(one: Case): Event[] {
  const { employer } = one.account;
  const { labour, union } = employer.province;
  const day = addDays('2026-03-02', wholeBetween(`found ${employer.row.id}`, 0, 26));
  const amount = overdueOn(one.account, day).amount;
  const inspection = { kind: 'INSPECTION', day, agency: labour, confirmed: true, amount };
  const participants = [employer.row.contributor_id, ...(employer.turn % 2 === 0 ? [union] : [])];
  const sanction = {
    kind: 'SANCTION',
    day: addDays(day, 20),
    agency: labour,
    with: [employer.row.contributor_id],
    confirmed: true,
    amount: fineOf(amount, 18),
    note: '12/2022/ND-CP Art 39',
  };
  return [{ ...inspection, with: participants }, ...(employer.turn % 3 === 0 ? [sanction] : [])];
}

/** The events of an employer's story, beside its reminders. */
function storyEvents(one: Case): Event[] {
  const { account, circumstances } = one;
  const { story, row, province, turn } = account.employer;
  if (story === 'EVADING') return evasionEvents(one);
  if (story === 'SETTLED') return settlementEvents(one);
  if (story === 'UNREGISTERED' || story === 'UNDERDECLARED') return discoveryEvents(one);
  if (story === 'LATE' && turn % 3 === 0) {
    const amount = overdueOn(account, '2026-06-16').amount;
    return [session(one, '2026-06-16', { amount, agreedBy: '2026-07-31' })];
  }
  if (story === 'EXCUSED') {
    const { recognisedOn: day, from, until } = circumstances.forceMajeure!;
    const note = 'Flood after a storm; recognised on the commune’s certificate.';
    const more = { agency: row.contributor_id, cause: 'FLOOD', span: { from, until }, note };
    return [{ kind: 'FORCE_MAJEURE', day, ...more }];
  }
  if (story === 'SUSPENDED') {
    const { from, to } = account.suspension!;
    const parties = { agency: province.labour, with: [row.contributor_id], confirmed: true };
    const span = { from: firstDayOf(from), until: lastDayOf(to) };
    return [{ kind: 'SUSPENSION', day: span.from, ...parties, span }];
  }
  if (story === 'CLOSED') {
    const day = row.closed_on!;
    const span = { from: day, until: null };
    return [
      {
        kind: 'HARD_TO_COLLECT',
        day,
        agency: row.contributor_id,
        cause: causes[turn % causes.length]!,
        span,
      },
    ];
  }
  return [];
}

/** Rows of the table `debt_event`. */
export function eventRows(one: Case) {
  const { row } = one.account.employer;
  const reminders = one.circumstances.reminders.map((day): Event => {
    const { amount } = overdueOn(one.account, day);
    return { kind: 'REMINDER', day, agency: row.contributor_id, amount };
  });
  return [...reminders, ...storyEvents(one)].map((event) => eventRow(one, event));
}

/** Rows of the table `union_presence`: about a third confirmed, some only claimed, some ended. */
export function presenceRows({ account: { employer } }: Case) {
  const { row, province } = employer;
  const key = `union ${row.id}`;
  const draw = chance(key);
  if (draw >= 0.5) return [];
  const since = addDays(
    row.liable_from > '2025-07-01' ? row.liable_from : '2025-07-01',
    wholeBetween(`since ${key}`, 0, 60),
  );
  const claimed = instantOn(addDays(since, 10));
  const isConfirmed = draw < 0.38;
  const { employer_id, source_id, topic, area_id, province_id } = placeOf(employer);
  return [
    {
      employer_id,
      agency_id: province.union,
      topic,
      area_id,
      province_id,
      since,
      ended_on: draw >= 0.34 && isConfirmed && since < '2026-01-01' ? '2026-04-30' : null,
      claimed_at: claimed,
      confirmed_at: isConfirmed ? instantOn(addDays(since, 24)) : null,
      confirmed_by: isConfirmed ? province.insurer : null,
      source_id,
    },
  ];
}
