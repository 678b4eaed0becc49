/** What everybody knows of each cell before anything is published. Nobody can be kept further from it. Pure. */
import { propagate, type Bounds } from './intervals.ts';
import type { Requirement } from './requirement.ts';
import { indexFamily, type Family, type Network } from './table.ts';

/** Published cells count as unknown here: what they give away is for the attack to find. */
export const beforehand = (network: Network): Bounds => propagate(network, () => true);

/** Requirements that ask for no more than there is to hide. */
export function withinReach(family: Family, requirements: readonly Requirement[]): Requirement[] {
  const network = indexFamily(family);
  const { lower, upper } = beforehand(network);
  const narrower = (a: bigint, b: bigint | null) => (b !== null && b < a ? b : a);
  return requirements.map((one) => {
    const index = network.indexOf.get(one.key);
    if (index === undefined) return one;
    const { value } = network.cells[index]!;
    const [least, most] = [lower[index]!, upper[index]!];
    return {
      key: one.key,
      lower: narrower(one.lower, least === null ? null : value - least),
      upper: narrower(one.upper, most === null ? null : most - value),
    };
  });
}
