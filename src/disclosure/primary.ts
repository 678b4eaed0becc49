/** Which cells may not be published because of what they are, and how far an attacker must be kept from each. */
import { beforehand, withinReach } from './beforehand.ts';
import type { MoneyRule } from './money-rule.ts';
import { judgeAmount, type Contribution, type MoneyReason } from './primary-money.ts';
import { DisclosureRefused } from './refusal.ts';
import { withComplements, type Complement } from './relations.ts';
import type { Distance, Requirement } from './requirement.ts';
import { indexFamily, lowerOf, type Cell, type Family, type Network } from './table.ts';

export interface PrimaryRules {
  /** The least count of persons or employers that may be shown; 5 if not given. */
  readonly threshold?: number;
  readonly money?: readonly MoneyRule[];
}

export type PrimaryRule =
  'SMALL_COUNT' | 'SMALL_COMPLEMENT' | 'WHOLE' | 'P_PERCENT' | 'PQ' | 'NK' | 'FEW';

/** Why a cell is unsafe. SDMX A: small counts. For the agency's eyes only. */
export interface Finding {
  readonly rule: PrimaryRule;
  readonly reason: 'A' | MoneyReason;
}

export interface Primary {
  /** The family with the complements that the rules speak of, and with what is known of amounts. */
  readonly family: Family;
  /** Cells that may not be published, with every reason. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly requirements: readonly Requirement[];
}

export const thresholdDefault = 5;

const isCount = (cell: Cell): boolean => cell.kind === 'PERSONS' || cell.kind === 'EMPLOYERS';

/**
 * A part that is all of its total says of everybody in the total what they are (100 % cell). Not so where
 * it is the only child, or where all the others are public and so tell nothing new.
 */
function wholePairs(network: Network): Complement[] {
  const { cells, relations } = network;
  const known = beforehand(network);
  const mostOf = (indices: readonly number[]): { upper: bigint } | object => {
    let total = 0n;
    for (const index of indices) {
      const most = known.upper[index]!;
      if (most === null) return {};
      total += most;
    }
    return { upper: total };
  };
  return relations
    .filter(({ kind, members }) => kind === 'SUM' && members.length > 2)
    .flatMap(({ members: [whole, ...parts] }) => {
      const total = cells[whole!]!;
      const open = parts.filter((part) => cells[part]!.state !== 'PUBLIC');
      return open
        .filter((part) => isCount(cells[part]!) && open.length > 1)
        .filter((part) => total.value > 0n && cells[part]!.value === total.value)
        .map((part) => ({
          part: cells[part]!.key,
          whole: total.key,
          ...mostOf(parts.filter((other) => other !== part)),
        }));
    });
}

class Verdicts {
  readonly findings = new Map<string, Finding[]>();
  private readonly distances = new Map<string, Distance>();

  suppress(cell: Cell, finding: Finding): void {
    const found = this.findings.get(cell.key) ?? [];
    if (!found.some(({ rule }) => rule === finding.rule)) found.push(finding);
    this.findings.set(cell.key, found);
  }

  /** The widest of what several rules ask for. */
  require(key: string, { lower, upper }: Distance): void {
    const before = this.distances.get(key) ?? { lower: 0n, upper: 0n };
    const wider = (a: bigint, b: bigint) => (a > b ? a : b);
    this.distances.set(key, {
      lower: wider(before.lower, lower),
      upper: wider(before.upper, upper),
    });
  }

  requirements(): Requirement[] {
    return [...this.distances].map(([key, distance]) => ({ key, ...distance }));
  }
}

/** Contributors of a count whom the audience knows beforehand. */
interface KnownCount {
  readonly count: bigint;
  /** There are some among them whom it may know or not. */
  readonly isDoubtful: boolean;
}

/**
 * Small counts, and small rests beside a whole. Contributors that are known beforehand hide nobody: what is
 * left without them is judged. Where some may be known, the fewest that can be left are, but for nobody.
 */
function judgeCounts(
  network: Network,
  known: ReadonlyMap<string, KnownCount>,
  threshold: bigint,
  verdicts: Verdicts,
): void {
  const { cells, relations } = network;
  const isSmall = (value: bigint) => value > 0n && value < threshold;
  const complements = relations.filter(({ kind }) => kind === 'COMPLEMENT');
  const rests = new Set(complements.map(({ members }) => members[2]));
  for (const [index, cell] of cells.entries()) {
    // What is public already can't be taken back; the attack judges what it gives away.
    if (!isCount(cell) || cell.state === 'PUBLIC' || rests.has(index)) continue;
    const { count = 0n, isDoubtful = false } = known.get(cell.key) ?? {};
    const unknown = cell.value - count;
    const left = cell.outOf === undefined ? threshold : cell.outOf - cell.value;
    if (left < threshold && cell.value > 0n) {
      verdicts.require(cell.key, { lower: threshold - left, upper: left });
      const rule = left === 0n ? 'WHOLE' : 'SMALL_COMPLEMENT';
      if (cell.state === 'OPEN') verdicts.suppress(cell, { rule, reason: 'A' });
    }
    const fewest = unknown === 0n && isDoubtful ? 1n : unknown;
    if (!isSmall(fewest)) continue;
    verdicts.require(cell.key, { lower: unknown, upper: threshold - fewest });
    if (cell.state === 'OPEN') verdicts.suppress(cell, { rule: 'SMALL_COUNT', reason: 'A' });
  }
  for (const { members } of complements) {
    const [whole, part, rest] = members.map((member) => cells[member]!);
    if (!whole || !part || !rest || !isCount(part)) continue;
    if (part.value === 0n || rest.value >= threshold) continue;
    if (part.state === 'PUBLIC' && whole.state === 'PUBLIC') continue;
    const rule = rest.value === 0n ? 'WHOLE' : 'SMALL_COMPLEMENT';
    verdicts.require(rest.key, { lower: rest.value, upper: threshold - rest.value });
    if (part.state === 'OPEN') verdicts.suppress(part, { rule, reason: 'A' });
  }
}

/** How many contributors of each count the audience knows beforehand; the counts must be theirs. */
function knownCounts(
  family: Family,
  contributions: ReadonlyMap<string, readonly Contribution[]>,
): ReadonlyMap<string, KnownCount> {
  const known = new Map<string, KnownCount>();
  for (const cell of family.cells) {
    const given = isCount(cell) ? contributions.get(cell.key) : undefined;
    if (given === undefined) continue;
    assertTotal(cell, given);
    const sure = given.filter(({ isKnown }) => isKnown === true);
    known.set(cell.key, {
      count: sure.reduce((sum, { amount }) => sum + amount, 0n),
      isDoubtful: sure.some(({ isDoubtful, amount }) => isDoubtful === true && amount > 0n),
    });
  }
  return known;
}

function assertTotal(cell: Cell, given: readonly Contribution[]): void {
  const total = given.reduce((amount, contribution) => amount + contribution.amount, 0n);
  if (total === cell.value) return;
  const sentence = `${cell.key} is ${cell.value}, but its contributions add up to ${total}.`;
  throw new DisclosureRefused('TOTAL_DIFFERS', sentence, [cell.key]);
}

function withLower(cell: Cell, known: bigint): Cell {
  const lower = lowerOf(cell);
  return { ...cell, lower: lower === null || known > lower ? known : lower };
}

function judgeMoney(
  family: Family,
  contributions: ReadonlyMap<string, readonly Contribution[]>,
  rules: readonly MoneyRule[],
  verdicts: Verdicts,
): Cell[] {
  return family.cells.map((cell) => {
    const given = contributions.get(cell.key);
    if (cell.kind !== 'MONEY' || given === undefined) return cell;
    const { known, findings } = judgeAmount(cell.key, given, rules);
    assertTotal(cell, given);
    for (const { rule, reason, ...distance } of cell.state === 'PUBLIC' ? [] : findings) {
      verdicts.require(cell.key, distance);
      if (cell.state === 'OPEN') verdicts.suppress(cell, { rule: rule.rule, reason });
    }
    return withLower(cell, known);
  });
}

/**
 * Of each cell the widest that is required; never more than what is unknown of it now, for who asked for it may have
 * known less.
 */
export function withRequirements(primary: Primary, more: readonly Requirement[]): Primary {
  if (more.length === 0) return primary;
  const byKey = new Map<string, Distance>();
  const wider = (a: bigint, b: bigint) => (a > b ? a : b);
  for (const { key, lower, upper } of [...primary.requirements, ...more]) {
    const before = byKey.get(key) ?? { lower: 0n, upper: 0n };
    byKey.set(key, { lower: wider(before.lower, lower), upper: wider(before.upper, upper) });
  }
  const wanted = [...byKey].map(([key, distance]) => ({ key, ...distance }));
  const requirements = withinReach(primary.family, wanted);
  return { ...primary, requirements };
}

/**
 * Applies every rule. A zero is not unsafe by itself (Handbook 5.2; sdcTable `allowZeros = FALSE`): it is
 * seen where it makes another cell 100 % of a total. Contributions are by cell key; a cell of money
 * without any is not judged, for it can't be.
 */
export function judgePrimary(
  family: Family,
  rules: PrimaryRules = {},
  contributions: ReadonlyMap<string, readonly Contribution[]> = new Map(),
): Primary {
  const threshold = rules.threshold ?? thresholdDefault;
  if (!Number.isSafeInteger(threshold) || threshold < 1) {
    const sentence = 'The threshold must be a whole number from 1.';
    throw new DisclosureRefused('PARAMETER_INVALID', sentence, ['threshold']);
  }
  const verdicts = new Verdicts();
  const whole = withComplements(family, wholePairs(indexFamily(family)));
  const known = knownCounts(whole, contributions);
  const cells = judgeMoney(whole, contributions, rules.money ?? [], verdicts).map((cell) => {
    const count = known.get(cell.key)?.count;
    return count ? withLower(cell, count) : cell;
  });
  const judged = { cells, relations: whole.relations };
  judgeCounts(indexFamily(judged), known, BigInt(threshold), verdicts);
  return {
    family: judged,
    findings: verdicts.findings,
    requirements: withinReach(judged, verdicts.requirements()),
  };
}
