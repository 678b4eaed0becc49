/** Which fines an employer faces for what an assessment finds, by violation and by the decree that judges it. Pure. */
import { gravest } from './articles.ts';
import type { EmployerAssessment, ItemAssessment, LegalState } from './assessment.ts';
import type { Day } from './days.ts';
import { uniqueBasis } from './employer.ts';
import {
  decreeOn,
  fineFor,
  violationOf,
  type FineRange,
  type FineReason,
  type FineRow,
} from './fines.ts';
import { basisOf, type Basis, type LegalParameters } from './parameters.ts';

/** Which decree judges a violation that goes on while one gives way to another: no text read says it. */
export const ongoingCode = 'FINE_DECREE_OF_ONGOING';

export type DecreeDay = 'FIRST_DAY' | 'LAST_DAY';

export interface FineMatter {
  readonly parameters: LegalParameters;
  readonly rows: readonly FineRow[];
  readonly isOrganisation: boolean;
}

export interface AssessedFine {
  /** A code of list LEGAL_VIOLATION. */
  readonly violation: string;
  /** The states that are this violation, the gravest first; of debt that is hard to collect, what it would be. */
  readonly states: readonly LegalState[];
  readonly isOrganisation: boolean;
  /** The first day of the violation; null where no verified rule gives it. */
  readonly since: Day | null;
  /** The day whose decree was asked; null where none was. */
  readonly judgedOn: Day | null;
  /** Which of the two it is, where the answer rests on that. */
  readonly decreeDay: DecreeDay | null;
  readonly items: readonly ItemAssessment[];
  /** Not registered or late; null for fines that are not by heads. */
  readonly workers: number | null;
  /** Of which the percentage is taken; null where it is none, or not all of it is known. */
  readonly amount: bigint | null;
  readonly range: FineRange | null;
  readonly reason: FineReason | null;
  /** The open parameter that nobody has set. */
  readonly parameter: string | null;
  readonly basis: readonly Basis[];
}

interface Found {
  readonly item: ItemAssessment;
  readonly state: LegalState;
  readonly violation: string;
  readonly first: Day | null;
}

/**
 * The first day of the violation. Evasion begins on a day of its own; what is excused was late all the time. A payment
 * that was due by the law before, whose due date is not verified, was late since a day that nobody knows.
 */
function firstDayOf(item: ItemAssessment, state: LegalState): Day | null {
  const { dueOn, firstLateDay, evasionFrom } = item.dates;
  if (state.startsWith('EVASION_')) return evasionFrom;
  return dueOn === null ? null : firstLateDay;
}

function foundOf(item: ItemAssessment): Found[] {
  const state = item.lawState;
  const violation = state && violationOf[state];
  return state && violation ? [{ item, state, violation, first: firstDayOf(item, state) }] : [];
}

/** What a decree makes of a day: the same text for days that give the same fine. */
function decreeKey({ parameters, rows }: FineMatter, day: Day): string {
  const decree = decreeOn(rows, day)[0];
  if (!decree) return '';
  const values = ['FINE_ORGANISATION_MULTIPLIER', 'FINE_WARNING_THRESHOLD'].map((code) => {
    const row = parameters.at(code, day);
    return row && `${row.value} ${row.reliability}`;
  });
  return JSON.stringify([decree.instrument, decree.validFrom, ...values]);
}

interface Judged {
  readonly on: Day | null;
  readonly decreeDay: DecreeDay | null;
  readonly reason: FineReason | null;
  readonly parameter: string | null;
  readonly basis: readonly Basis[];
  /** Violations of one kind with the same key are fined together. */
  readonly key: string;
}

/** By which day's decree: the day asked, unless the first day had another; then as the operator has set. */
function judge(matter: FineMatter, { item, first }: Found, last: Day): Judged {
  const plain = { on: last, decreeDay: null, reason: null, parameter: null, basis: [] };
  if (item.fund === 'HEALTH') {
    return { ...plain, on: null, reason: 'FINE_OF_HEALTH_NOT_VERIFIED', key: 'health' };
  }
  const now = decreeKey(matter, last);
  if (now === '' || (first !== null && decreeKey(matter, first) === now)) {
    return { ...plain, key: `same ${now}` };
  }
  const row = matter.parameters.verified(ongoingCode, last);
  const basis = row ? [basisOf(row)] : [];
  if (row?.value === 'LAST_DAY') {
    return { ...plain, decreeDay: 'LAST_DAY', basis, key: `last ${now}` };
  }
  if (row?.value !== 'FIRST_DAY') {
    const parameter = ongoingCode;
    return { ...plain, on: null, reason: 'FINE_DECREE_NOT_SET', parameter, key: 'open' };
  }
  const judged = { ...plain, decreeDay: 'FIRST_DAY', basis } as const;
  return first === null
    ? { ...judged, on: null, reason: 'FINE_FIRST_DAY_NOT_VERIFIED', key: 'unknown' }
    : { ...judged, on: first, key: `first ${decreeKey(matter, first)}` };
}

/** What is late or evaded of a payment, what should have been paid of the rest; null where part of it is not known. */
function amountOf(items: readonly ItemAssessment[]): bigint | null {
  return items.reduce<bigint | null>((sum, { kind, overdue, amount }) => {
    const one = kind === 'PAYMENT' ? overdue : amount;
    return sum === null || one === null ? null : sum + one;
  }, 0n);
}

/** Each duty has workers of its own, so these add up. */
function workersOf(items: readonly ItemAssessment[]): number | null {
  return items.reduce<number | null>(
    (sum, { workers }) => (sum === null || workers === null ? null : sum + workers),
    0,
  );
}

const isByHeads = (violation: string): boolean =>
  violation === 'LATE_REGISTRATION' || violation === 'EVASION_UNREGISTERED';

function fineOf(matter: FineMatter, judged: Judged, group: readonly Found[]): AssessedFine {
  const { isOrganisation, parameters, rows } = matter;
  const { violation } = group[0]!;
  const items = group.map(({ item }) => item);
  const found = new Set(group.map(({ state }) => state));
  const firsts = group.map(({ first }) => first);
  const workers = isByHeads(violation) ? workersOf(items) : null;
  const amount = isByHeads(violation) ? null : amountOf(items);
  const on = judged.on;
  const asked = { violation, isOrganisation, workers, amount };
  const answer =
    on === null
      ? { range: null, reason: judged.reason }
      : fineFor(parameters, rows, { ...asked, on });
  return {
    ...asked,
    states: gravest.filter((state) => found.has(state)),
    since: firsts.includes(null) ? null : (firsts.sort()[0] ?? null),
    judgedOn: on,
    decreeDay: judged.decreeDay,
    items,
    ...answer,
    parameter: judged.parameter,
    basis: uniqueBasis([...(answer.range?.basis ?? []), ...judged.basis]),
  };
}

/**
 * One fine for each violation and decree: items of one violation that one decree judges are fined together, because
 * its percentage is of their amount and its bands are of their workers. What the open parameter puts under a decree is
 * apart from what is under it by itself, so that a sure fine does not rest on it. What no verified rule judges is no
 * violation here, and what was paid or registered since the violation is none of the day.
 */
export function assessFines(
  matter: FineMatter,
  { day, items }: Pick<EmployerAssessment, 'day' | 'items'>,
): AssessedFine[] {
  const groups = new Map<string, { judged: Judged; found: Found[] }>();
  for (const found of items.flatMap(foundOf)) {
    const judged = judge(matter, found, day);
    const key = `${found.violation} ${judged.key}`;
    const group = groups.get(key) ?? { judged, found: [] };
    groups.set(key, group);
    group.found.push(found);
  }
  const rank = ({ states }: AssessedFine) => gravest.indexOf(states[0]!);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { judged, found }]) => fineOf(matter, judged, found))
    .sort((a, b) => rank(a) - rank(b));
}
