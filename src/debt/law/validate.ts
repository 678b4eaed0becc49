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

const dayFields = [
  'registeredOn',
  'receivedOn',
  'reversedOn',
  'sentOn',
  'decidedOn',
  'endedOn',
  'from',
  'to',
  'recognisedOn',
  'dutyFrom',
  'correctedOn',
] as const;
const monthFields = ['month', 'cycleStart', 'fromMonth', 'toMonth'] as const;
const moneyFields = ['amount', 'registeredBase', 'legalBase'] as const;
const instantFields = ['knownFrom', 'knownTo'] as const;

type Fact = Known & Readonly<Record<string, unknown>>;

function assertFields(
  fact: Fact,
  fields: readonly string[],
  isRight: (value: string) => boolean,
  what: string,
): void {
  for (const field of fields) {
    const value = fact[field];
    if (value === undefined || value === null) continue;
    assertThat(
      typeof value === 'string' && isRight(value),
      () => `${field} of ${fact.id} is no ${what}`,
    );
  }
}

function assertFact(fact: Fact): void {
  assertFields(fact, dayFields, isDay, 'day');
  assertFields(fact, monthFields, isMonth, 'month');
  assertFields(fact, instantFields, (value) => instant.test(value), 'instant');
  for (const field of moneyFields) {
    const value = fact[field];
    if (value === undefined || value === null) continue;
    assertThat(
      typeof value === 'bigint' && value >= 0n,
      () => `${field} of ${fact.id} is no amount of whole dong`,
    );
  }
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
  for (const list of Object.values(facts) as (readonly Known[] | undefined)[]) {
    const seen = new Set<string>();
    for (const fact of list ?? []) {
      assertThat(!seen.has(fact.id), () => `${fact.id} is there twice at one time`);
      seen.add(fact.id);
      assertFact(fact as Fact);
    }
  }
}
