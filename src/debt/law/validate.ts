/** Refuses facts that are none: days that do not exist, negative money, one id twice. Pure. */
import { isDay, isMonth } from './days.ts';
import type { DebtFacts, Known, Question } from './facts.ts';

/** The facts contradict themselves; a fault of the caller, never of the employer. */
export class LawFactError extends Error {
  override readonly name = 'LawFactError';
}

const instant = /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function assertThat(holds: boolean, message: () => string): void {
  if (!holds) throw new LawFactError(message());
}

interface Fields {
  readonly days: readonly string[];
  readonly months: readonly string[];
  readonly money: readonly string[];
}

/** Fields by kind, list by list. */
const fieldsOf: Readonly<Record<keyof DebtFacts, Fields>> = {
  obligations: { days: ['registeredOn'], months: ['month', 'cycleStart'], money: ['amount'] },
  payments: { days: ['receivedOn', 'reversedOn'], months: [], money: ['amount'] },
  reminders: { days: ['sentOn'], months: [], money: [] },
  suspensions: { days: ['decidedOn', 'endedOn'], months: ['fromMonth', 'toMonth'], money: [] },
  forceMajeure: { days: ['from', 'to', 'recognisedOn'], months: [], money: [] },
  registrations: { days: ['dutyFrom', 'registeredOn'], months: [], money: ['amount'] },
  underdeclarations: {
    days: ['correctedOn'],
    months: ['month'],
    money: ['amount', 'registeredBase', 'legalBase'],
  },
  hardToCollect: { days: ['foundOn', 'from', 'to'], months: [], money: [] },
};
const instants = ['knownFrom', 'knownTo'];

type Fact = Known & Readonly<Record<string, unknown>>;

function assertFields(
  fact: Fact,
  fields: readonly string[],
  isRight: (value: unknown) => boolean,
  what: string,
): void {
  for (const field of fields) {
    const value = fact[field];
    if (value != null && !isRight(value)) {
      throw new LawFactError(`${field} of ${fact.id} is no ${what}`);
    }
  }
}

const isDayText = (value: unknown) => typeof value === 'string' && isDay(value);
const isMonthText = (value: unknown) => typeof value === 'string' && isMonth(value);
const isInstant = (value: unknown) => typeof value === 'string' && instant.test(value);
const isMoney = (value: unknown) => typeof value === 'bigint' && value >= 0n;

function assertFact(fact: Fact, { days, months, money }: Fields): void {
  assertFields(fact, days, isDayText, 'day');
  assertFields(fact, months, isMonthText, 'month');
  assertFields(fact, instants, isInstant, 'instant');
  assertFields(fact, money, isMoney, 'amount of whole dong');
}

export function assertQuestion({ day, knownAt, paidUntil }: Question): void {
  assertThat(isDay(day), () => 'the day asked is no day');
  assertThat(knownAt == null || instant.test(knownAt), () => 'knownAt is no instant');
  assertThat(
    paidUntil == null || (isDay(paidUntil) && paidUntil >= day),
    () => 'paidUntil is no day, or is before the day asked',
  );
}

/** Of facts that were known at one time: each must be sound, and its id its own. */
export function assertFacts(facts: DebtFacts): void {
  for (const name of Object.keys(fieldsOf) as (keyof DebtFacts)[]) {
    const list: readonly Known[] = facts[name] ?? [];
    const seen = new Set<string>();
    for (const fact of list) {
      if (seen.has(fact.id)) throw new LawFactError(`${fact.id} is there twice at one time`);
      seen.add(fact.id);
      assertFact(fact as Fact, fieldsOf[name]);
    }
  }
}
