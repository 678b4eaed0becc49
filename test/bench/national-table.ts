/** A made-up national table of the size and skew of a real one: areas x schemes x months, with or without flows. */
import { stockFlow, tableSums, type Axis } from '../../src/disclosure/relations.ts';
import type { Cell, Family, Relation } from '../../src/disclosure/table.ts';
import { seeded } from '../disclosure/support.ts';

export interface Size {
  readonly provinces: number;
  /** All communes of the country. */
  readonly communes: number;
  readonly months: number;
  /** Whether who joined and who left is published beside the closing stocks, which links the months. */
  readonly hasFlows: boolean;
}

export const national: Size = { provinces: 34, communes: 3_321, months: 12, hasFlows: false };

interface Scheme {
  readonly name: string;
  /** Median and spread (of the logarithm) of a commune's count, in the plain and in the mountains. */
  readonly plain: readonly [median: number, spread: number];
  readonly mountain: readonly [median: number, spread: number];
  /** What a month adds and takes away, as parts of the stock. */
  readonly turnover: number;
}

const schemes: readonly Scheme[] = [
  { name: 'COMPULSORY', plain: [2_000, 1.4], mountain: [100, 1.2], turnover: 0.02 },
  { name: 'VOLUNTARY', plain: [250, 1.3], mountain: [12, 1.4], turnover: 0.04 },
  { name: 'HEALTH', plain: [22_000, 0.7], mountain: [6_000, 0.6], turnover: 0.01 },
  { name: 'UNEMPLOYMENT', plain: [1_500, 1.5], mountain: [30, 1.4], turnover: 0.03 },
];
const total = 'SOCIAL_INSURANCE';
const pair = ['COMPULSORY', 'VOLUNTARY'];
const columns = [...schemes.map(({ name }) => name), total];
const mountainous = 0.3;

function areasOf({ provinces, communes }: Size): Axis {
  const names = Array.from({ length: provinces }, (_, at) => `P${at}`);
  // Provinces have between half and one and a half times the mean number of communes.
  const weights = names.map((_, at) => 0.5 + ((at * 7) % provinces) / provinces);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const starts = weights.map((_, at) =>
    Math.round((weights.slice(0, at).reduce((sum, weight) => sum + weight, 0) / whole) * communes),
  );
  const branches = names.map((parent, at) => ({
    parent,
    children: Array.from({ length: (starts[at + 1] ?? communes) - starts[at]! }, (_, nth) => {
      return `${parent}C${nth}`;
    }),
  }));
  return {
    name: 'area',
    members: ['VN', ...names, ...branches.flatMap(({ children }) => children)],
    branches: [{ parent: 'VN', children: names }, ...branches],
  };
}

/** Persons by `MEASURE/month/area/scheme`: three sums of areas for each scheme, one of schemes for the pair. */
export function nationalTable(size: Size, seed = 1): Family {
  const below = seeded(seed);
  const uniform = () => (below(1_000_000) + 0.5) / 1_000_000;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  /** A whole number around the mean, as counts scatter. */
  const scattered = (mean: number) => Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));

  const area = areasOf(size);
  const months = Array.from({ length: size.months }, (_, at) => at);
  const measures = size.hasFlows ? ['CLOSING', 'JOINED', 'LEFT'] : ['CLOSING'];
  const keyOf = (measure: string, month: number, place: string, column: string) =>
    `${measure}/${month}/${place}/${column}`;
  const values = new Map<string, number>();
  for (const { parent, children } of area.branches.slice(1)) {
    for (const commune of children) {
      const isMountainous = uniform() < mountainous;
      for (const { name, plain, mountain, turnover } of schemes) {
        const [median, spread] = isMountainous ? mountain : plain;
        let stock = Math.floor(median * Math.exp(spread * normal()));
        for (const month of months) {
          const joined = scattered(stock * turnover);
          const left = Math.min(stock, scattered(stock * turnover * 0.9));
          stock += joined - left;
          const counts: Record<string, number> = { CLOSING: stock, JOINED: joined, LEFT: left };
          for (const measure of measures) {
            for (const place of [commune, parent, 'VN']) {
              for (const column of pair.includes(name) ? [name, total] : [name]) {
                const key = keyOf(measure, month, place, column);
                values.set(key, (values.get(key) ?? 0) + counts[measure]!);
              }
            }
          }
        }
      }
    }
  }
  const cells = [...values].map(([key, value]): Cell => {
    return { key, value: BigInt(value), kind: 'PERSONS', state: 'OPEN' };
  });
  const scheme: Axis = {
    name: 'scheme',
    members: columns,
    branches: [{ parent: total, children: pair }],
  };
  const relations: Relation[] = months.flatMap((month) => [
    ...measures.flatMap((measure) =>
      tableSums([area, scheme], ([a, s]) => keyOf(measure, month, a!, s!)),
    ),
    ...(size.hasFlows && month > 0 ? flowsOf(month, area, keyOf) : []),
  ]);
  return { cells, relations };
}

function flowsOf(
  month: number,
  area: Axis,
  keyOf: (measure: string, month: number, place: string, column: string) => string,
): Relation[] {
  return area.members.flatMap((place) =>
    columns.map((column) =>
      stockFlow(
        keyOf('CLOSING', month - 1, place, column),
        [keyOf('JOINED', month, place, column)],
        [keyOf('LEFT', month, place, column)],
        keyOf('CLOSING', month, place, column),
      ),
    ),
  );
}
