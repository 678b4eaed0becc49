/** Which of those that an audience may know to leave unknown, so that a rule finds the worst that can come of it. Pure. */
import type { MoneyRule } from './primary-money.ts';

/** What an enterprise group contributed: what nobody knows of it, and what may or may not be known. */
export interface Doubted {
  readonly unknown: bigint;
  readonly doubtful: bigint;
}

const hundred = 100;
/** Parts of a per cent; the same for all weights of a rule, so that they compare exactly. */
const scale = 10_000;
const exact = (percent: number) => BigInt(Math.round(percent * scale));
const whole = exact(hundred);

const descending = (a: bigint, b: bigint) => (a < b ? 1 : a > b ? -1 : 0);

/** How much nearer a group comes to be alone with the rest when all of it is unknown. */
function weightOf(rule: MoneyRule, groups: readonly Doubted[]): (group: Doubted) => bigint {
  if (rule.rule === 'FEW') return ({ unknown, doubtful }) => unknown + doubtful;
  if (rule.rule === 'NK') {
    const k = exact(rule.k);
    return ({ unknown, doubtful }) => whole * (unknown + doubtful) - k * doubtful;
  }
  const p = exact(rule.p);
  const by = rule.rule === 'PQ' ? exact(rule.q) : whole;
  const [first = 0n, second = 0n] = groups.map(({ unknown }) => unknown).sort(descending);
  return ({ unknown, doubtful }) =>
    p * (unknown + doubtful) + by * (unknown + (unknown === first ? second : first));
}

/**
 * The unknown amounts of the groups in the worst case. A rule of n groups is worst where those alone are left
 * unknown that weigh most, and all others that may be known are: each amount more in the rest hides them better.
 */
export function worstAmounts(rule: MoneyRule, groups: readonly Doubted[]): bigint[] {
  const weight = weightOf(rule, groups);
  const count = rule.rule === 'NK' ? rule.n : 1;
  const heaviest = new Set(
    groups
      .map((group, at) => ({ at, weight: weight(group) }))
      .sort((a, b) => descending(a.weight, b.weight) || a.at - b.at)
      .slice(0, count)
      .map(({ at }) => at),
  );
  return groups.map(({ unknown, doubtful }, at) =>
    heaviest.has(at) ? unknown + doubtful : unknown,
  );
}
