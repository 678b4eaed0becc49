/** Which amounts of money are unsafe by themselves: p%, (p,q), (n,k) and few contributors, on enterprise groups. */
import { worstAmounts, type Doubted } from './doubt.ts';
import { hundred, partsOf, scale, type MoneyRule } from './money-rule.ts';
import { DisclosureRefused } from './refusal.ts';
import type { Distance } from './requirement.ts';

/** What one employer contributed to a cell, in whole dong. */
export interface Contribution {
  /** The enterprise group; an employer that belongs to none is its own. */
  readonly group: string;
  readonly amount: bigint;
  /** The audience knows it already: a version of the statutory list, an employer row that a union reads. */
  readonly isKnown?: boolean;
  /** With `isKnown`: the audience may know it; whichever of such contributions it does know, the worst case is judged. */
  readonly isDoubtful?: boolean;
}

/** SDMX CL_CONF_STATUS: few contributors, dominance by one unit, by two, by one or two, other concentration. */
export type MoneyReason = 'A' | 'O' | 'T' | 'G' | 'M';

export interface MoneyFinding extends Distance {
  readonly reason: MoneyReason;
  readonly rule: MoneyRule;
}

/** Per cent of the cell. */
const rangeDefault = 10;

function exact(name: string, percent: number, least: number, most: number): bigint {
  const isFiner = Math.abs(Math.round(percent * scale) - percent * scale) > 1e-6;
  if (!(percent > least && percent <= most) || isFiner) {
    const sentence = `${name} must lie above ${least} and up to ${most}, with at most four decimals.`;
    throw new DisclosureRefused('PARAMETER_INVALID', sentence, [name]);
  }
  return partsOf(percent);
}

const ceiling = (number: bigint, by: bigint): bigint => (number + by - 1n) / by;
const add = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

/** Upper protection levels of the Handbook (section 4.2, table of upper protection levels), rounded up; null if safe. */
function level(rule: MoneyRule, amounts: readonly bigint[]): bigint | null {
  const total = add(amounts);
  const [first = 0n, second = 0n] = amounts;
  if ((rule.rule === 'NK' || rule.rule === 'FEW') && !(Number.isInteger(rule.n) && rule.n >= 1)) {
    throw new DisclosureRefused('PARAMETER_INVALID', 'n must be 1 or more.', ['n']);
  }
  if (rule.rule === 'FEW') {
    const range = exact('range', rule.range ?? rangeDefault, 0, 1_000_000);
    // Who contributed nothing hides nobody.
    const count = amounts.filter((amount) => amount > 0n).length;
    return count > 0 && count < rule.n ? ceiling(range * total, hundred) : null;
  }
  if (rule.rule === 'NK') {
    const k = exact('k', rule.k, 0, 99.9999);
    const largest = add(amounts.slice(0, rule.n));
    // 100/k (x1 + ... + xn) - X > 0 is the same as: the n largest exceed k % of X.
    return hundred * largest > k * total ? ceiling(hundred * largest - k * total, k) : null;
  }
  const p = exact('p', rule.p, 0, 1_000_000);
  const by = rule.rule === 'PQ' ? exact('q', rule.q, 0, 1_000_000) : hundred;
  const rest = total - first - second;
  // p/by x1 - (X - x1 - x2) > 0 is the same as: the rest is less than p/by of the largest.
  return p * first > by * rest ? ceiling(p * first - by * rest, by) : null;
}

function reasonOf(rule: MoneyRule): MoneyReason {
  if (rule.rule === 'FEW') return 'A';
  if (rule.rule !== 'NK') return 'G';
  return rule.n === 1 ? 'O' : rule.n === 2 ? 'T' : 'M';
}

export interface JudgedAmount {
  /** What the audience knows of the cell before it is published: no attacker believes less. */
  readonly known: bigint;
  readonly findings: readonly MoneyFinding[];
}

const largestFirst = (amounts: readonly bigint[]) =>
  amounts.filter((amount) => amount > 0n).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));

/**
 * Judges one cell. `place` names it in a refusal. Known contributions are taken off first; the rest is
 * summed by group and ordered, x1 >= x2 >= ... Lower level = upper level, at most what is not yet known.
 * Where some may be known, each rule is judged in its worst case, and the lower level is at most what nobody knows.
 */
export function judgeAmount(
  place: string,
  contributions: readonly Contribution[],
  rules: readonly MoneyRule[],
): JudgedAmount {
  const groups = new Map<string, Doubted>();
  let known = 0n;
  for (const { group, amount, isKnown, isDoubtful } of contributions) {
    if (amount < 0n) {
      const sentence = `${place} has a negative contribution (${group}); concentration rules hold for non-negative amounts only.`;
      throw new DisclosureRefused('NEGATIVE_AMOUNT', sentence, [place, group]);
    }
    if (isKnown === true) known += amount;
    if (isKnown === true && isDoubtful !== true) continue;
    const { unknown, doubtful } = groups.get(group) ?? { unknown: 0n, doubtful: 0n };
    const more = isKnown === true ? ([0n, amount] as const) : ([amount, 0n] as const);
    groups.set(group, { unknown: unknown + more[0], doubtful: doubtful + more[1] });
  }
  const all = [...groups.values()];
  const amounts = largestFirst(all.map(({ unknown }) => unknown));
  const unknown = add(amounts);
  const isDoubted = all.some(({ doubtful }) => doubtful > 0n);
  const findings = rules.flatMap((rule): MoneyFinding[] => {
    const least = level(rule, amounts);
    // Whatever else is known or not, no more is asked for than in the worst case.
    const upper = isDoubted ? level(rule, largestFirst(worstAmounts(rule, all))) : least;
    if (upper === null) return [];
    return [{ rule, reason: reasonOf(rule), lower: upper < unknown ? upper : unknown, upper }];
  });
  return { known, findings };
}
