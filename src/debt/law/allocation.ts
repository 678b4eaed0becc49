/** Which debts the money went to: the oldest first, exactly, on the day it came. Pure. */
import { compareText, type Day } from './days.ts';
import { arisesOn, type KnownFacts } from './known.ts';
import type { ObligationFact, PaymentFact } from './facts.ts';
import type { LegalParameters } from './parameters.ts';
import type { Standings } from './standing.ts';
import { turningDays } from './suspension.ts';

/** One part of one payment that went to one obligation. */
export interface Allocation {
  readonly payment: string;
  readonly obligation: string;
  readonly amount: bigint;
  /** The day of receipt, until which the charge runs. */
  readonly receivedOn: Day;
  /** The day on which it met the obligation: later than the receipt for an advance. */
  readonly allocatedOn: Day;
}

export interface Ledger {
  readonly allocations: readonly Allocation[];
  /** By obligation. */
  readonly parts: ReadonlyMap<string, readonly Allocation[]>;
  /** What no obligation has taken: an advance. */
  readonly credit: bigint;
}

interface Entry {
  readonly fact: ObligationFact;
  open: bigint;
}

/** Due date, month, fund, id: the oldest debt first. What is suspended waits for its own due date. */
function inOrder(entries: readonly Entry[], standings: Standings, day: Day): Entry[] {
  const waiting: { entry: Entry; last: Day; rank: number }[] = [];
  for (const entry of entries) {
    const { suspendedIn, dueOn, nominal, rank } = standings.of(entry.fact, day);
    if (!suspendedIn) waiting.push({ entry, last: dueOn ?? nominal, rank });
  }
  waiting.sort(
    (a, b) =>
      compareText(a.last, b.last) ||
      compareText(a.entry.fact.month, b.entry.fact.month) ||
      a.rank - b.rank ||
      compareText(a.entry.fact.fund, b.entry.fact.fund) ||
      compareText(a.entry.fact.id, b.entry.fact.id),
  );
  return waiting.map(({ entry }) => entry);
}

/** The order of one day serves until what is suspended changes. */
class Queue {
  private order: readonly Entry[] = [];
  private orderedOn: Day | null = null;
  private first = 0;
  private readonly entries: readonly Entry[];
  private readonly standings: Standings;
  private readonly turns: ReadonlySet<Day>;

  constructor(entries: readonly Entry[], standings: Standings, turns: ReadonlySet<Day>) {
    this.entries = entries;
    this.standings = standings;
    this.turns = turns;
  }

  /** Open obligations that exist on the day, the oldest first. */
  *on(day: Day): Generator<Entry> {
    if (this.orderedOn === null || this.turns.has(day)) {
      this.order = inOrder(this.entries, this.standings, day);
      this.orderedOn = day;
      this.first = 0;
    }
    while (this.order[this.first]?.open === 0n) this.first += 1;
    for (let i = this.first; i < this.order.length; i += 1) {
      const entry = this.order[i]!;
      if (entry.open > 0n && arisesOn(entry.fact) <= day) yield entry;
    }
  }
}

interface Money {
  readonly payment: PaymentFact;
  left: bigint;
}

/** Gives the day's entries what is there, the money that came first before the rest. */
function spend(money: Money[], queue: Queue, day: Day, allocations: Allocation[]): void {
  for (const entry of queue.on(day)) {
    while (entry.open > 0n && money.length > 0) {
      const next = money[0]!;
      const amount = entry.open < next.left ? entry.open : next.left;
      entry.open -= amount;
      next.left -= amount;
      if (next.left === 0n) money.shift();
      allocations.push({
        payment: next.payment.id,
        obligation: entry.fact.id,
        amount,
        receivedOn: next.payment.receivedOn,
        allocatedOn: day,
      });
    }
    if (money.length === 0) return;
  }
}

/** Goes through the days in their order, so that no later fact moves money that was allocated before it. */
export function allocate(
  parameters: LegalParameters,
  standings: Standings,
  { obligations, payments, suspensions }: KnownFacts,
  until: Day,
): Ledger {
  const entries = obligations.map((fact) => ({ fact, open: fact.amount }));
  const turns = new Set(turningDays(parameters, suspensions, until));
  const queue = new Queue(entries, standings, turns);
  const received = payments
    .filter(({ amount }) => amount > 0n)
    .sort((a, b) => compareText(a.receivedOn, b.receivedOn) || compareText(a.id, b.id));
  const days = new Set([
    ...obligations.map(arisesOn),
    ...received.map(({ receivedOn }) => receivedOn),
    ...turns,
  ]);
  const allocations: Allocation[] = [];
  const money: Money[] = [];
  let next = 0;
  for (const day of [...days].sort()) {
    for (; received[next] && received[next]!.receivedOn <= day; next += 1) {
      money.push({ payment: received[next]!, left: received[next]!.amount });
    }
    if (money.length > 0 || turns.has(day)) spend(money, queue, day, allocations);
  }
  const parts = new Map<string, Allocation[]>();
  for (const part of allocations) {
    const same = parts.get(part.obligation);
    if (same) same.push(part);
    else parts.set(part.obligation, [part]);
  }
  return { allocations, parts, credit: money.reduce((sum, { left }) => sum + left, 0n) };
}
