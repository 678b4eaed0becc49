/** Items by a key of theirs, in the order in which they came. Pure. */

/** At least one. */
export type Some<T> = [T, ...T[]];

export function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, Some<T>> {
  const groups = new Map<string, Some<T>>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known) known.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
