/** Which of those that an audience may know to leave unknown, so that a rule finds the worst that can come of it. Pure. */
import { hundred, partsOf, type MoneyRule } from './money-rule.ts';

/** What an enterprise group contributed: what nobody knows of it, and what may or may not be known. */
export interface Doubted {
  readonly unknown: bigint;
  readonly doubtful: bigint;
}

type Weight = (group: Doubted) => bigint;

const descending = (a: bigint, b: bigint) => (a < b ? 1 : a > b ? -1 : 0);

/** What a rule asks for grows with the weight of each group that is left unknown as a whole. */
function weightOf(rule: MoneyRule, groups: readonly Doubted[]): Weight {
  if (rule.rule === 'FEW') {
    // Whoever contributes anything that nobody knows is counted anyway.
    const most = groups.reduce((sum, { unknown, doubtful }) => sum + unknown + doubtful, 0n);
    return ({ unknown, doubtful }) => (unknown > 0n ? most + doubtful : doubtful);
  }
  if (rule.rule === 'NK') {
    const k = partsOf(rule.k);
    return ({ unknown, doubtful }) => hundred * (unknown + doubtful) - k * doubtful;
  }
  const p = partsOf(rule.p);
  const by = rule.rule === 'PQ' ? partsOf(rule.q) : hundred;
  const [first = 0n, second = 0n] = groups.map(({ unknown }) => unknown).sort(descending);
  return ({ unknown, doubtful }) =>
    p * (unknown + doubtful) + by * (unknown + (unknown === first ? second : first));
}

/** How many groups a rule compares with all the others. */
function countOf(rule: MoneyRule, groups: readonly Doubted[]): number {
  if (rule.rule === 'NK') return rule.n;
  if (rule.rule !== 'FEW') return 1;
  // Those who contribute anyway, and as many as may come to them without being enough.
  const sure = groups.filter(({ unknown }) => unknown > 0n).length;
  return Math.max(sure, rule.n - 1);
}

/**
 * The unknown amounts of the groups in the worst case. For each rule it is one where some groups are unknown as a
 * whole and of the others all is known that may be, because each amount more in the rest hides the first better:
 *
 * - p% and (p,q) ask for p x1 - q (X - x1 - x2), where only x1 itself makes more of an unknown amount. What is left
 *   of x2 may as well be known: whoever is the second then, the rest is not larger. So one group is left, and what
 *   is asked for grows with p x1 + q (its own unknown part + the largest unknown part of another).
 * - (n,k) asks for 100 (x1 + ... + xn) - k X, the most that any n groups give. Of these each unknown dong counts
 *   for 100 - k, of the others for -k.
 * - Few contributors keep a part of X, as long as they are few.
 */
export function worstAmounts(rule: MoneyRule, groups: readonly Doubted[]): bigint[] {
  const weight = weightOf(rule, groups);
  const heaviest = new Set(
    groups
      .map((group, at) => ({ at, weight: weight(group) }))
      .sort((a, b) => descending(a.weight, b.weight) || a.at - b.at)
      .slice(0, countOf(rule, groups))
      .map(({ at }) => at),
  );
  return groups.map(({ unknown, doubtful }, at) =>
    heaviest.has(at) ? unknown + doubtful : unknown,
  );
}
