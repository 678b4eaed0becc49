/** An API that publishes one release of debts, made of units that a test gives: to see what an attacker makes of it. */
import type { Registered } from '../../src/release/debt-table.ts';
import type { Ask } from './attacker.ts';
import { isRegistered, type Unit } from './attacker-register.ts';

export interface Owing extends Unit {
  readonly amount: number;
  readonly state: string | null;
  /** A union has members there. */
  readonly isRead?: boolean;
}

export const release = 'made-up';
export const day = '2026-03-31';
export const province = '11@2025-07';

type Dimension = 'ownership' | 'sector' | 'size' | 'state';
const groups: Readonly<Record<string, string>> = { LATE_UNPAID: 'LATE', EXCUSED: 'LATE' };
const codeOf = (unit: Owing, dimension: Dimension) =>
  dimension === 'state' ? (groups[unit.state ?? ''] ?? 'OTHER') : unit[dimension];

const isDebtor = ({ amount, state }: Owing) =>
  amount > 0 && !['ON_TIME', 'SUSPENDED'].includes(state ?? '');

export const amountKey = (area: string, breakdown: string) =>
  `CONTRIBUTION_DEBT|${area}||EMPLOYERS|${breakdown}|${day}`;
export const countKey = (area: string, breakdown: string) =>
  `EMPLOYERS_IN_DEBT|${area}||EMPLOYERS|${breakdown}|${day}`;

/** Every cell by key: of the whole, by each dimension, and crossed, which is not published. */
export function cellsOf(units: readonly Owing[], dimensions: readonly Dimension[]) {
  const cells = new Map<string, number>();
  const debtors = units.filter(isDebtor);
  // Every state is stated, and all that the register has of other dimensions.
  const codes = (dimension: Dimension) =>
    dimension === 'state'
      ? ['LATE', 'EVADING', 'OTHER']
      : [...new Set(units.map((one) => one[dimension]))];
  const breakdowns = [
    '',
    ...dimensions.flatMap((one) => codes(one).map((code) => `${one}=${code}`)),
  ];
  const add = (key: string, by: number) => cells.set(key, (cells.get(key) ?? 0) + by);
  for (const area of new Set([province, ...units.map((unit) => unit.area)])) {
    const here = debtors.filter((unit) => area === province || unit.area === area);
    for (const breakdown of breakdowns) {
      for (const key of [amountKey(area, breakdown), countKey(area, breakdown)]) add(key, 0);
    }
    for (const unit of here) {
      const own = dimensions.map((one) => `${one}=${codeOf(unit, one)}`);
      const told = dimensions.filter(isRegistered).map((one) => `${one}=${unit[one]}`);
      const crossed = told.length > 1 ? [told.sort().join(';')] : [];
      for (const breakdown of ['', ...crossed, ...own]) {
        add(amountKey(area, breakdown), unit.amount);
        add(countKey(area, breakdown), 1);
      }
    }
  }
  return cells;
}

/** How many could owe of each commune, sector and what is stated beside it, as the business register counts. */
export function registeredOf(
  units: readonly (Pick<Registered, 'area' | 'sector' | 'beside'> & {
    readonly isUncertain: boolean;
  })[],
): Registered[] {
  const counts = new Map<string, Registered>();
  for (const { area, sector, beside, isUncertain } of units) {
    const key = `${area} ${sector} ${beside}`;
    const { all, uncertain } = counts.get(key) ?? { all: 0n, uncertain: 0n };
    const own = { all: all + 1n, uncertain: uncertain + (isUncertain ? 1n : 0n) };
    counts.set(key, { area, sector, beside, ...own });
  }
  return [...counts.values()];
}

const areaNode = (id: string) => ({ code: id.split('@')[0]!, vintage: id.split('@')[1]! });

/** Answers what the attacker asks, and nothing else. */
export function fakeApi(
  units: readonly Owing[],
  dimensions: readonly Dimension[],
  isHidden: (key: string, value: number) => boolean,
): Ask {
  const page = (nodes: readonly unknown[]) => ({
    nodes,
    pageInfo: { hasNextPage: false, endCursor: null },
  });
  const published = [...cellsOf(units, dimensions)].filter(([key]) => !key.includes(';'));
  const observations = published.map(([key, value]) => {
    const [indicator, area = '', , participantGroup, breakdown = '', timePeriod] = key.split('|');
    const suppressed = isHidden(key, value);
    return {
      ...{ indicator, participantGroup, timePeriod, decimals: 0 },
      refArea: areaNode(area),
      breakdown: breakdown
        .split(';')
        .filter(Boolean)
        .map((pair) => ({ dimension: pair.split('=')[0], code: pair.split('=')[1] })),
      unit: indicator === 'CONTRIBUTION_DEBT' ? 'VND' : 'EMPLOYERS',
      value: suppressed ? null : value,
      obsStatus: suppressed ? 'Q' : 'A',
      release: { code: release },
    };
  });
  const communes = [...new Set(units.map(({ area }) => area))].map(areaNode);
  const positions = units.filter(({ isRead }) => isRead);
  return async (agency, query) => {
    const root = /^\{ (\w+)/.exec(query)![1]!;
    const answers: Readonly<Record<string, () => unknown>> = {
      observations: () => page(observations),
      area: () => ({ children: communes }),
      releases: () => page([{ supersedes: null, changes: [] }]),
      debtPositions: () =>
        page(
          positions.map(({ state, amount, area, size: sizeBand, ...employer }) => ({
            ...{ state, amount: String(amount) },
            employer: { ...employer, sizeBand, area: areaNode(area) },
          })),
        ),
    };
    const data = { [root]: answers[root]?.() ?? page([]) };
    return { data, errors: [], text: `${agency}: no answer` };
  };
}
