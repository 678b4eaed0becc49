/** The attack: what everybody who knows all relations and published cells can work out of each suppressed one. */
import { findChains, type Chains } from './chains.ts';
import { propagate, roomsOf, type Bounds } from './intervals.ts';
import { Coverage, directions, type Direction } from './moves.ts';
import { near, reaches, type Choice } from './near.ts';
import type { Requirement } from './requirement.ts';
import { findMove, furthest, type Search } from './search.ts';
import { limitsDefault, Solver, type SolverLimits } from './solver.ts';
import { indexFamily, type Family, type Network } from './table.ts';

/**
 * BOUNDS: bounds carried along the relations come too close. NO_TABLE: no other table was found that is
 * far enough away. SOLVER_FAILED: not known, which counts as unsafe. PUBLISHED: the cell is not suppressed.
 */
export type Weakness = 'BOUNDS' | 'NO_TABLE' | 'SOLVER_FAILED' | 'PUBLISHED';

export interface AttackedCell {
  readonly key: string;
  readonly value: bigint;
  /** The least value that an attacker can't exclude; null if there is none. */
  readonly lower: bigint | null;
  readonly upper: bigint | null;
  /** False where the search ended as soon as the cell was safe: then the interval is at least so wide. */
  readonly isExact: boolean;
  readonly required: { readonly lower: bigint; readonly upper: bigint };
  readonly isSafe: boolean;
  readonly weakness: Weakness | null;
}

export interface AttackResult {
  readonly isSafe: boolean;
  readonly cells: readonly AttackedCell[];
  /** Programs solved. */
  readonly solved: number;
}

export interface AttackOptions {
  /** Also the suppressed cells that need no protection, and every interval to its ends. */
  readonly isExact?: boolean;
  readonly limits?: SolverLimits;
  /** Called now and then with how many cells are done, from 0 to all. */
  readonly onProgress?: (done: number, of: number) => void;
}

const itemsPerTurn = 20;

/** Does one after the other, tells how far it is from 0 to all, and lets timers and connections have their turn. */
export async function inTurns<T>(
  items: readonly T[],
  onProgress: (done: number, of: number) => void,
  visit: (item: T) => void,
): Promise<void> {
  for (const [done, item] of items.entries()) {
    if (done % itemsPerTurn === 0) {
      onProgress(done, items.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    visit(item);
  }
  onProgress(items.length, items.length);
}

/** One attack over one pattern of suppression. */
class Attack {
  private readonly network: Network;
  private readonly isUnknown: (index: number) => boolean;
  private readonly bounds: Bounds;
  private readonly coverage: Coverage;
  private readonly search: Search & Chains;
  private readonly choice: Choice;

  constructor(
    network: Network,
    isUnknown: (index: number) => boolean,
    targets: ReadonlyMap<number, { lower: bigint; upper: bigint }>,
    solver: Solver,
  ) {
    this.network = network;
    this.isUnknown = isUnknown;
    this.bounds = propagate(network, isUnknown);
    this.coverage = new Coverage(network, targets);
    const isFree = (index: number) =>
      isUnknown(index) && this.bounds.lower[index] !== this.bounds.upper[index];
    // Known cells and relations without unknown ones drop out before anything is solved.
    const ordered = network.relations.map(({ members }) => members.filter(isFree));
    const rooms = roomsOf(network, this.bounds);
    this.search = { network, ordered, rooms, solver, costOf: () => 1 };
    this.choice = { isFree, isPreferred: () => true };
  }

  /** Null if the cell can be far enough away in this direction, else why that isn't shown. */
  private prove(index: number, direction: Direction): Weakness | null {
    const { coverage, network, bounds } = this;
    if (coverage.isCovered(index, direction)) return null;
    const distance = coverage.distance(index, direction);
    const { value } = network.cells[index]!;
    const bound = direction === 'UP' ? bounds.upper[index]! : bounds.lower[index]!;
    if (bound !== null && distance > (direction === 'UP' ? bound - value : value - bound)) {
      return 'BOUNDS';
    }
    // Found or not, a chain is only a proposal: what shows the cell safe is that the move holds.
    const chain = findChains(this.search, index, direction, distance, this.choice.isFree);
    if (chain) {
      coverage.add(chain);
      return null;
    }
    let isFailed = false;
    let before = 0;
    for (const reach of reaches) {
      const columns = near(network, index, this.search.ordered, this.choice, reach);
      if (columns.length === before) continue;
      before = columns.length;
      const found = findMove(this.search, columns, direction, distance);
      if (typeof found === 'object') {
        coverage.add(found);
        return null;
      }
      isFailed = found === 'FAILED';
    }
    return isFailed ? 'SOLVER_FAILED' : 'NO_TABLE';
  }

  /** The end of the interval in one direction, and whether that is known. */
  private end(index: number, direction: Direction): { at: bigint | null; isKnown: boolean } {
    const { value } = this.network.cells[index]!;
    const all = near(this.network, index, this.search.ordered, this.choice, reaches.at(-1)!);
    const far = furthest(this.search, all, direction);
    if (far === undefined) return { at: value, isKnown: false };
    if (far === null) return { at: null, isKnown: true };
    return { at: direction === 'UP' ? value + far : value - far, isKnown: true };
  }

  /** How far the move that shows the cell safe takes it. */
  private shown(index: number, direction: Direction): bigint {
    const { value } = this.network.cells[index]!;
    const move = this.coverage.move(index, direction);
    return value + (move ? move.changes[move.indices.indexOf(index)]! : 0n);
  }

  judge(index: number, required: { lower: bigint; upper: bigint }, exactly: boolean): AttackedCell {
    const { key, value } = this.network.cells[index]!;
    if (!this.isUnknown(index)) {
      const isSafe = required.lower === 0n && required.upper === 0n;
      const weakness = isSafe ? null : 'PUBLISHED';
      return { key, value, lower: value, upper: value, isExact: true, required, isSafe, weakness };
    }
    const weaknesses = directions.map((direction) => this.prove(index, direction));
    const weakness = weaknesses.find((found) => found !== null) ?? null;
    const isSafe = weakness === null;
    if (isSafe && !exactly) {
      const [lower, upper] = [this.shown(index, 'DOWN'), this.shown(index, 'UP')];
      return { key, value, lower, upper, isExact: false, required, isSafe, weakness };
    }
    const [down, up] = [this.end(index, 'DOWN'), this.end(index, 'UP')];
    const isExact = down.isKnown && up.isKnown;
    return { key, value, lower: down.at, upper: up.at, isExact, required, isSafe, weakness };
  }
}

/**
 * Attacks a family when the cells of `suppressed` (and those that are HIDDEN) are not published. A cell is
 * safe only if two other tables were found, in whole numbers and checked exactly, that agree with all that
 * is known and have it the required distance below and above.
 */
export async function attack(
  family: Family,
  suppressed: ReadonlySet<string>,
  requirements: readonly Requirement[],
  options: AttackOptions = {},
): Promise<AttackResult> {
  const network = indexFamily(family);
  const isUnknown = (index: number) => {
    const { key, state } = network.cells[index]!;
    return state === 'HIDDEN' || (state === 'OPEN' && suppressed.has(key));
  };
  const targets = new Map(
    requirements.map(({ key, lower, upper }) => [network.indexOf.get(key)!, { lower, upper }]),
  );
  const exactly = options.isExact === true;
  const asked = exactly
    ? network.cells.flatMap((_, index) => (isUnknown(index) || targets.has(index) ? [index] : []))
    : [...targets.keys()];
  const solver = await Solver.open(options.limits ?? limitsDefault);
  try {
    const running = new Attack(network, isUnknown, targets, solver);
    const cells: AttackedCell[] = [];
    const told = (done: number, of: number) => options.onProgress?.(done, of);
    await inTurns(asked, told, (index) => {
      const required = targets.get(index) ?? { lower: 0n, upper: 0n };
      cells.push(running.judge(index, required, exactly));
    });
    return { isSafe: cells.every(({ isSafe }) => isSafe), cells, solved: solver.solved };
  } finally {
    solver.dispose();
  }
}
