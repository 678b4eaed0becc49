/** A sum is exact, says only what its parts have in common, and is never made of what is absent. */
import { describe, expect, test } from 'vitest';
import { sum } from '../../src/observation/derive.ts';
import { measure, reasonOf, type Figure } from '../../src/observation/figure.ts';

const row = {
  id: 'agt-test',
  topic: 'PARTNER',
  contributorId: 'si-vn',
  areaId: '10@2025-06',
  area: { id: '10@2025-06' } as Figure['area'],
  timePeriod: '2020',
  periodBasis: 'PRINTED',
  obsStatus: 'A',
  confStatus: 'F',
  source: { id: 'source-a' } as Figure['source'],
  locator: 'table 1',
};
const part = (count: number | null, more: Partial<Figure> = {}) =>
  measure(row, count, { indicator: 'AGENT_STAFF', unit: 'PERSONS', ...more });
const text = ({ value, decimals }: Figure) =>
  value === null ? null : value.toFixed(decimals ?? 0);
const decimal = (digits: string) =>
  part(null, {
    value: { toFixed: () => digits },
    decimals: digits.split('.')[1]?.length ?? 0,
    obsStatus: 'A',
  });

describe('a sum', () => {
  test.each([
    [['171', '124', '103', '12', '13', '5', '6'], '434'],
    [['171', '61', '103', '12', '13', '1', '6'], '367'],
    [['0'], '0'],
    [['0', '0', '7'], '7'],
    [['0.1', '0.2'], '0.3'],
    [['1', '0.25', '0.5'], '1.75'],
    [['-5', '5.0'], '0.0'],
    [['9007199254740993', '1'], '9007199254740994'],
    [['123456789012345678901234567890.1', '0.9'], '123456789012345678901234567891.0'],
  ])('of %s is %s, exactly', (parts, total) => {
    const [first, ...others] = parts.map(decimal);
    const derived = sum([first!, ...others]);
    expect(text(derived)).toBe(total);
    expect(derived.derivedFrom).toHaveLength(parts.length);
    expect(derived.formula.endsWith(` = ${total}`)).toBe(true);
  });

  test.each([
    ['O', part(null), 'O', 'INPUT_ABSENT'],
    ['L', part(null, { obsStatus: 'L' }), 'L', 'INPUT_ABSENT'],
    ['Q', part(null, { obsStatus: 'Q', confStatus: 'C' }), 'Q', 'INPUT_ABSENT'],
    ['U', part(5, { obsStatus: 'U' }), 'O', 'INPUT_UNRELIABLE'],
  ])('over a part of status %s has no value and says why', (_, bad, status, reason) => {
    for (const parts of [
      [bad, part(7), part(8)],
      [part(7), part(8), bad],
    ] as const) {
      const derived = sum(parts);
      expect(derived).toMatchObject({
        value: null,
        decimals: null,
        formula: '',
        obsStatus: status,
        confStatus: bad.confStatus,
        derivedReason: reason,
        derivedFrom: parts,
      });
      expect(reasonOf(derived, 'en')).toMatch(/^Not computed: /);
    }
  });

  test('takes the most restrictive of its parts’ statuses', () => {
    const statuses = { obsStatus: 'P', confStatus: 'N' };
    expect(sum([part(1), part(2, statuses), part(3, { obsStatus: 'E' })])).toMatchObject(statuses);
  });

  test('says what its parts have in common, and no more', () => {
    expect(sum([part(1), part(2)])).toMatchObject({
      indicator: 'AGENT_STAFF',
      baseIndicator: null,
      unit: 'PERSONS',
      timePeriod: '2020',
      periodBasis: 'PRINTED',
      source: { id: 'source-a' },
      locator: 'table 1',
      formula: '1 + 2 = 3',
    });
    const mixed = sum([
      part(1, { scheme: 'HEALTH_INSURANCE', participantGroup: 'ALL' }),
      part(2, {
        indicator: 'COMMUNICATION_STAFF',
        timePeriod: '2021',
        source: { id: 'source-b' } as Figure['source'],
      }),
    ]);
    expect(mixed).toMatchObject({
      indicator: null,
      scheme: null,
      participantGroup: null,
      timePeriod: null,
      periodBasis: 'NOT_STATED',
      source: null,
    });
  });

  test('of different units is refused', () => {
    expect(() => sum([part(1), part(2, { unit: 'POINTS' })])).toThrow('one unit');
  });
});
