/** What the cells of a family have to do with each other. */
import { describe, expect, test } from 'vitest';
import { cellKey } from '../../src/release/cell.ts';
import { linkFamily, type Layer } from '../../src/release/family.ts';

const keyOf = (timePeriod: string, breakdown: string) =>
  cellKey({
    indicator: 'CONTRIBUTION_DEBT',
    areaId: 'P',
    scheme: null,
    participantGroup: 'EMPLOYERS',
    breakdown,
    timePeriod,
  });

const layer = (
  name: string,
  timePeriod: string,
  values: Readonly<Record<string, bigint>>,
): Layer => ({
  name,
  cells: Object.entries(values).map(([sector, value]) => ({
    key: keyOf(timePeriod, sector && `sector=${sector}`),
    kind: 'MONEY',
    value,
    state: 'OPEN',
  })),
});

/** Each sum as the breakdowns of its whole and parts, with its period. */
function sumsOf(...layers: readonly Layer[]) {
  const { family } = linkFamily(layers, { areas: new Map(), series: [] }, 'PUBLIC');
  return family.relations.map(({ terms }) =>
    terms
      .map(([key, factor]) => `${factor} ${key.split('|').slice(4).join(' ')}`)
      .sort()
      .join(', '),
  );
}

describe('sums of sectors', () => {
  const first = layer('first', '2026-03-31', { '': 30n, MINING: 10n, TRADE: 20n });
  const sumOfFirst = '-1 sector=MINING 2026-03-31, -1 sector=TRADE 2026-03-31, 1  2026-03-31';

  test('hold in each period for the sectors that it has', () => {
    const second = layer('second', '2026-06-30', { '': 66n, MINING: 11n, TRADE: 22n, HOTELS: 33n });
    expect(sumsOf(first, second)).toEqual([
      sumOfFirst,
      '-1 sector=HOTELS 2026-06-30, -1 sector=MINING 2026-06-30, -1 sector=TRADE 2026-06-30, 1  2026-06-30',
    ]);
  });

  test('bind nobody where they are not those of the whole', () => {
    expect(sumsOf(layer('part', '2026-06-30', { '': 66n, MINING: 11n, TRADE: 22n }))).toEqual([]);
    expect(sumsOf(layer('no whole', '2026-06-30', { MINING: 11n, TRADE: 22n }))).toEqual([]);
  });

  /** Beside the sectors an owner, and what of it is in a sector. */
  const crossed = (inSector: bigint) => {
    const { cells } = layer('x', '2026-03-31', { '': 30n, MINING: 10n, TRADE: 20n });
    const others = { 'ownership=PRIVATE': 7n, 'ownership=PRIVATE;sector=MINING': inSector };
    const given = Object.entries(others).map(([breakdown, value]) => ({
      ...cells[0]!,
      key: keyOf('2026-03-31', breakdown),
      value,
    }));
    return sumsOf({ name: 'x', cells: [...cells, ...given] });
  };

  test('of an owner are those that there are, where they add up to it', () => {
    expect(crossed(7n)).toEqual([
      sumOfFirst,
      '-1 ownership=PRIVATE;sector=MINING 2026-03-31, 1 ownership=PRIVATE 2026-03-31',
    ]);
    expect(crossed(5n)).toEqual([sumOfFirst]);
  });

  test('take the whole from where it is said', () => {
    const whole = layer('whole', '2026-03-31', { '': 30n });
    const parts = layer('parts', '2026-03-31', { MINING: 10n, TRADE: 20n });
    expect(sumsOf(whole, parts)).toEqual([sumOfFirst]);
    expect(sumsOf(parts, whole)).toEqual([sumOfFirst]);
  });
});
