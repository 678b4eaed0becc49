/** Numbers that look random and are the same every time: each is made from the key of its row alone. Pure. */

/** FNV-1a over the key, then the mixing steps of mulberry32: a number from 0 up to, not with, 1. */
export function chance(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  let mixed = (hash + 0x6d2b79f5) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

/** A number from low up to high. */
export const between = (key: string, low: number, high: number): number =>
  low + (high - low) * chance(key);

/** A whole number from low to high, both included. */
export const wholeBetween = (key: string, low: number, high: number): number =>
  Math.floor(between(key, low, high + 1));

/** A whole number whose mean over many keys is the given one. */
export const wholeAround = (key: string, mean: number): number => Math.floor(mean + chance(key));

export function pick<T>(key: string, items: readonly T[]): T {
  return items[Math.floor(chance(key) * items.length)]!;
}

/** One of the items, by their weights. */
export function pickWeighted<T>(key: string, items: readonly (readonly [T, number])[]): T {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  let left = chance(key) * total;
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return items.at(-1)![0];
}

/** Items in an order of their own. */
export function shuffled<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return items
    .map((item) => [chance(keyOf(item)), item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item);
}

/** Whole parts of a whole total in proportion to weights, by largest remainder; ties go to the first. */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) throw new Error('Nothing to allocate to.');
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact
    .map((share, i) => ({ i, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder.slice(0, left)) parts[i]! += 1;
  return parts;
}
