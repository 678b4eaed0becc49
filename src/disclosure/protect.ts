/** Complementary suppression: hides further cells until the attack can't come too close to any, and no more than needed. */
import { attack, inTurns, type AttackedCell } from './attack.ts';
import { findChains, type Chains } from './chains.ts';
import { propagate, roomsOf } from './intervals.ts';
import { Coverage, directions, type Direction, type Move } from './moves.ts';
import { near, reaches, type Choice, type Reach } from './near.ts';
import type { Finding, Primary } from './primary.ts';
import { DisclosureRefused } from './refusal.ts';
import { findMove, type Search } from './search.ts';
import { limitsDefault, Solver, type SolverLimits } from './solver.ts';
import { indexFamily, type Cell, type Family, type Network } from './table.ts';

export interface ProtectOptions {
  /**
   * Whether a zero may be hidden to protect others: LAST, only where nothing cheaper does it, or NEVER.
   * A zero that everybody knows must be zero is PUBLIC and hidden in neither case.
   */
  readonly zeros?: 'LAST' | 'NEVER';
  /** How many secondary cells are tried to be opened again, the dearest first; all if not given. */
  readonly reopensMax?: number;
  /** How long that may take, 1,200 s if not given. Where it is met, the pattern depends on the machine. */
  readonly reopenSecondsMax?: number;
  readonly limits?: SolverLimits;
  /** Each step from 0 to all of its cells, one after the other. */
  readonly onProgress?: (step: ProtectionStep, done: number, of: number) => void;
}

export type ProtectionStep = 'PROTECT' | 'CLEAN' | 'ATTACK';

export interface ProtectedTable {
  readonly family: Family;
  readonly primary: ReadonlyMap<string, readonly Finding[]>;
  readonly secondary: ReadonlySet<string>;
  /** The last attack, which found every cell safe. */
  readonly attacked: readonly AttackedCell[];
}

const reopenSecondsDefault = 1_200;
/** Up to so many cells the cheapest move is chosen each time. */
const smallMax = 1_500;
/** So many of the dearest cells are tried hardest to be opened again, where no more than so many are hidden. */
const dearestCount = 30;
const hiddenMax = 10_000;
/** What the loss of a zero costs, as if it were so large. */
const zeroWorth = 10_000;
/** Cells that are hidden anyway cost nearly nothing, but a move through fewer of them is still better. */
const hiddenCost = 0.001;

const worth = ({ cost, value }: Cell): number =>
  cost ?? 1 + Math.sqrt(value === 0n ? zeroWorth : Math.abs(Number(value)));

class Protection {
  readonly network: Network;
  readonly hidden: Set<number>;
  readonly coverage: Coverage;
  private readonly search: Search & Chains;
  private readonly choice: Choice;
  private readonly worths: readonly number[];
  /** Too large for the solver to look at all of it for each cell. */
  private readonly isLarge: boolean;

  constructor(primary: Primary, solver: Solver, zeros: 'LAST' | 'NEVER') {
    const network = (this.network = indexFamily(primary.family));
    const at = (key: string) => network.indexOf.get(key)!;
    this.hidden = new Set([...primary.findings.keys()].map(at));
    network.cells.forEach(({ state }, index) => {
      if (state === 'HIDDEN') this.hidden.add(index);
    });
    this.coverage = new Coverage(
      network,
      new Map(primary.requirements.map(({ key, lower, upper }) => [at(key), { lower, upper }])),
    );
    this.isLarge = network.cells.length > smallMax;
    this.worths = network.cells.map(worth);
    const isFree = (index: number) => {
      const { state, value } = network.cells[index]!;
      if (this.hidden.has(index)) return true;
      return state === 'OPEN' && (zeros === 'LAST' || value !== 0n);
    };
    this.choice = { isFree, isPreferred: (index) => this.hidden.has(index) };
    const ordered = network.relations.map(({ members }) =>
      members
        .filter((index) => network.cells[index]!.state !== 'PUBLIC')
        .sort((a, b) => this.worths[a]! - this.worths[b]! || a - b),
    );
    const bounds = propagate(network, (index) => network.cells[index]!.state !== 'PUBLIC');
    const costOf = (index: number) => (this.hidden.has(index) ? hiddenCost : this.worths[index]!);
    this.search = { network, ordered, rooms: roomsOf(network, bounds), solver, costOf };
  }

  private find(
    target: number,
    direction: Direction,
    choice: Choice,
    within: readonly Reach[],
  ): Move | null {
    const distance = this.coverage.distance(target, direction);
    // Among cells that are hidden anyway a chain costs nothing. One through others may be dearer than what
    // the solver would find, but it's found at once, and most of what is needless is opened again.
    const among = this.isLarge ? [choice.isPreferred, choice.isFree] : [choice.isPreferred];
    for (const isFree of new Set(among)) {
      const chain = findChains(this.search, target, direction, distance, isFree);
      if (chain) return chain;
    }
    let before = 0;
    for (const reach of within) {
      const columns = near(this.network, target, this.search.ordered, choice, reach);
      if (columns.length === before) continue;
      before = columns.length;
      const found = findMove(this.search, columns, direction, distance);
      if (typeof found === 'object') return found;
    }
    return null;
  }

  /** Hides what must move for the target to move. */
  protect(target: number): void {
    for (const direction of directions) {
      if (this.coverage.isCovered(target, direction)) continue;
      const move = this.find(
        target,
        direction,
        this.choice,
        this.isLarge ? reaches : reaches.slice(2),
      );
      if (move === null) throw impossible([this.network.cells[target]!.key]);
      for (const index of move.indices) this.hidden.add(index);
      this.coverage.add(move);
    }
  }

  /** The largest distances first: their moves serve many of the smaller ones. */
  targets(): number[] {
    const size = (index: number) =>
      this.coverage.distance(index, 'DOWN') + this.coverage.distance(index, 'UP');
    return [...this.coverage.targets.keys()].sort((a, b) => {
      const difference = size(b) - size(a);
      return difference === 0n ? a - b : difference > 0n ? 1 : -1;
    });
  }

  /** Whether subtraction alone, relation by relation, gives a target away when this cell is known. */
  private givesAway(index: number): boolean {
    const { relations, relationsOf } = this.network;
    const known = new Set([index]);
    for (const cell of known) {
      for (const relation of relationsOf[cell]!) {
        const left: number[] = [];
        for (const member of relations[relation]!.members) {
          if (this.hidden.has(member) && !known.has(member)) left.push(member);
          if (left.length > 1) break;
        }
        const [only] = left;
        if (left.length !== 1 || only === undefined) continue;
        if (directions.some((direction) => this.coverage.distance(only, direction) > 0n)) {
          return true;
        }
        known.add(only);
      }
    }
    return false;
  }

  /** Opens a secondary cell if all that stood on it can stand on others that are hidden anyway. */
  reopen(index: number, within: readonly Reach[]): boolean {
    // Seen at once in most cells that can't be opened; the solver would take its time to say so.
    if (this.givesAway(index)) return false;
    this.hidden.delete(index);
    const released = this.coverage.release(index);
    const isHidden = (member: number) => this.hidden.has(member);
    const choice = { isFree: isHidden, isPreferred: isHidden };
    for (const { target, direction } of released) {
      if (this.coverage.isCovered(target, direction)) continue;
      const move = this.find(target, direction, choice, within);
      if (move) {
        this.coverage.add(move);
        continue;
      }
      this.hidden.add(index);
      this.coverage.restore(released);
      return false;
    }
    return true;
  }

  /**
   * What is not found near is rarely found at all, and a large table has many secondary cells. The dearest, such as the whole
   * of a province, are worth a look at all that is hidden, as long as that is not too much.
   */
  reachOf(nth: number): readonly Reach[] {
    if (!this.isLarge) return reaches.slice(2);
    const isDear = nth < dearestCount && this.hidden.size <= hiddenMax;
    return isDear ? reaches : reaches.slice(0, 2);
  }

  /** Secondary cells, the dearest first. */
  secondary(primary: Primary): number[] {
    return [...this.hidden]
      .filter((index) => this.network.cells[index]!.state === 'OPEN')
      .filter((index) => !primary.findings.has(this.network.cells[index]!.key))
      .sort((a, b) => this.worths[b]! - this.worths[a]! || a - b);
  }
}

function impossible(keys: readonly string[]): DisclosureRefused {
  const sentence = `No suppression protects ${keys.join(', ')}: too much of what it hangs on is public already.`;
  return new DisclosureRefused('PROTECTION_IMPOSSIBLE', sentence, keys);
}

async function choose(primary: Primary, solver: Solver, options: ProtectOptions) {
  const protection = new Protection(primary, solver, options.zeros ?? 'LAST');
  const told = (step: ProtectionStep) => (done: number, of: number) =>
    options.onProgress?.(step, done, of);
  await inTurns(protection.targets(), told('PROTECT'), (target) => protection.protect(target));
  const candidates = protection.secondary(primary).slice(0, options.reopensMax);
  const seconds = options.reopenSecondsMax ?? reopenSecondsDefault;
  const end = performance.now() + seconds * 1_000;
  const turns = [...candidates.entries()];
  await inTurns(turns, told('CLEAN'), ([nth, candidate]) => {
    if (performance.now() < end) protection.reopen(candidate, protection.reachOf(nth));
  });
  return protection.secondary(primary).map((index) => protection.network.cells[index]!.key);
}

/**
 * Protects a family as a whole. The choice is made move by move; whether it protects is judged by the
 * attack alone, from the beginning. The same family gives the same pattern.
 *
 * Refuses with PROTECTION_IMPOSSIBLE and the cells that can't be kept apart.
 */
export async function protect(
  primary: Primary,
  options: ProtectOptions = {},
): Promise<ProtectedTable> {
  const limits = options.limits ?? limitsDefault;
  const solver = await Solver.open(limits);
  let keys: string[];
  try {
    keys = await choose(primary, solver, options);
  } finally {
    solver.dispose();
  }
  const secondary = new Set(keys);
  const suppressed = new Set([...primary.findings.keys(), ...secondary]);
  const { isSafe, cells } = await attack(primary.family, suppressed, primary.requirements, {
    limits,
    onProgress: (done, of) => options.onProgress?.('ATTACK', done, of),
  });
  if (!isSafe) throw impossible(cells.filter((cell) => !cell.isSafe).map(({ key }) => key));
  return { family: primary.family, primary: primary.findings, secondary, attacked: cells };
}
