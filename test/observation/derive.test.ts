/** Derived figures are exact, never open anything, and never show a number that is none. */
import { describe, expect, test } from 'vitest';
import {
  difference,
  ratio,
  relativeChange,
  type DerivedFigure,
} from '../../src/observation/derive.ts';
import { reasonOf, type Figure } from '../../src/observation/figure.ts';
import { Prisma } from '../../src/platform/prisma/client.ts';

/** A small generator with a seed (mulberry32), so that a failure can be repeated. */
function generator(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const digits = (count: number) => Array.from({ length: count }, () => below(10)).join('');
  return {
    pick,
    /** A decimal of up to 15 digits before and 4 after the point, as text. */
    decimal(): string {
      const scale = below(5);
      const whole = BigInt(digits(1 + below(15))).toString();
      return `${pick(['', '-'])}${whole}${scale > 0 ? `.${digits(scale)}` : ''}`;
    },
  };
}

const absent = ['H', 'L', 'M', 'O', 'Q'];
const present = ['A', 'B', 'D', 'E', 'F', 'G', 'I', 'J', 'K', 'N', 'P', 'S', 'U', 'V', 'W'];
const confidential = ['F', 'N', 'C', 'D', 'S', 'A', 'O', 'T', 'G', 'M', 'E'];

function figure(value: string | null, more: Partial<Figure> = {}): Figure {
  return {
    figureId: 'obs-test',
    areaId: '11@2025-06',
    area: { id: '11@2025-06' } as Figure['area'],
    indicator: 'PARTICIPANTS',
    scheme: 'COMPULSORY_SI',
    schemeComponents: [],
    participantGroup: 'ALL',
    timePeriod: '2022',
    periodBasis: 'PRINTED',
    value: value === null ? null : new Prisma.Decimal(value),
    decimals: value === null ? null : (value.split('.')[1]?.length ?? 0),
    unit: 'PERSONS',
    denominator: null,
    qualifier: 'EXACT',
    obsStatus: value === null ? 'O' : 'A',
    confStatus: 'F',
    source: { id: 'source-a' } as Figure['source'],
    locator: 'table 1',
    ...more,
  };
}

const text = ({ value, decimals }: Figure) =>
  value === null ? null : value.toFixed(decimals ?? 0);
const share = (part: Figure, whole: Figure) => ratio('COVERAGE_RATE', 'POPULATION', part, whole);
const rules = { share, difference, relativeChange };
const ruleNames = Object.keys(rules) as (keyof typeof rules)[];

/** The same arithmetic in whole numbers of any size, which cannot round by itself. */
function scaled(value: string): { units: bigint; scale: number } {
  const [whole = '', fraction = ''] = value.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [
    numerator < 0n ? -numerator : numerator,
    denominator < 0n ? -denominator : denominator,
  ];
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}

function expected(rule: keyof typeof rules, a: string, b: string): bigint | null {
  const [x, y] = [scaled(a), scaled(b)];
  const width = Math.max(x.scale, y.scale);
  const [p, q] = [
    x.units * 10n ** BigInt(width - x.scale),
    y.units * 10n ** BigInt(width - y.scale),
  ];
  if (rule === 'difference') return p - q;
  if (q === 0n) return null;
  // Percent with two decimals, in hundredths.
  return halfUp((rule === 'share' ? p : p - q) * 10_000n, q);
}

const hundredths = (value: string | null) => (value === null ? null : scaled(value).units);

describe('arithmetic is exact and rounded half up, once', () => {
  test.each([
    ['share', '32656', '39223', '83.26'],
    ['share', '1', '800', '0.13'],
    ['share', '-1', '800', '-0.13'],
    ['share', '1', '8000', '0.01'],
    ['share', '0', '5', '0.00'],
    ['share', '0.1', '0.3', '33.33'],
    ['relativeChange', '42184', '32656', '29.18'],
    ['relativeChange', '10000.5', '10000', '0.01'],
    ['difference', '0.3', '0.1', '0.2'],
    ['difference', '97.0', '95', '2.0'],
    ['difference', '12345678901234567890123.4', '0.1', '12345678901234567890123.3'],
    // One hundredth is too much already when a quotient of 20 digits is rounded a second time.
    ['share', '750000000000000006', '1000000000000000009', '75.00'],
    ['share', '19800049999999999950', '100000000000000000001', '19.80'],
  ] as const)('%s of %s and %s is %s', (rule, a, b, result) => {
    expect(text(rules[rule](figure(a), figure(b)))).toBe(result);
  });

  test.each(ruleNames)('%s agrees with whole-number arithmetic on 2,000 pairs', (rule) => {
    const random = generator(2026);
    for (let i = 0; i < 2_000; i += 1) {
      const [a, b] = [random.decimal(), random.decimal()];
      const derived = rules[rule](figure(a), figure(b));
      expect(hundredths(text(derived)), `${rule}(${a}, ${b})`).toBe(expected(rule, a, b));
      expect(text(derived) ?? '0').toMatch(/^-?\d+(\.\d+)?$/);
    }
  });

  test('a ratio just below half a hundredth is rounded down, whatever the size of its numbers', () => {
    const random = generator(7);
    for (let i = 0; i < 200; i += 1) {
      // whole * (2k + 1) = 20,000 * part + 1, so part / whole misses k + 1/2 hundredths of a percent.
      const whole = 10n ** 18n + BigInt(random.pick([1, 3, 7, 9])) + 20_000n * BigInt(i);
      const odd = inverse(whole, 20_000n);
      const part = (whole * odd - 1n) / 20_000n;
      const derived = share(figure(String(part)), figure(String(whole)));
      expect(hundredths(text(derived)), `${part} / ${whole}`).toBe((odd - 1n) / 2n);
    }
  });
});

function inverse(value: bigint, modulus: bigint): bigint {
  for (let candidate = 1n; candidate < modulus; candidate += 2n) {
    if ((value * candidate) % modulus === 1n) return candidate;
  }
  throw new Error('The numbers share a factor.');
}

describe('nothing is computed with what is absent, unreliable or zero', () => {
  const cases = ruleNames.flatMap((rule) =>
    [
      ...absent.map((status) => figure(null, { obsStatus: status })),
      figure('5', { obsStatus: 'U' }),
    ].flatMap((bad) => [
      { rule, status: bad.obsStatus, side: 'first', inputs: [bad, figure('7')] as const },
      { rule, status: bad.obsStatus, side: 'second', inputs: [figure('7'), bad] as const },
    ]),
  );
  test.each(cases)('$rule with status $status as its $side input', ({ rule, status, inputs }) => {
    const derived = rules[rule](...inputs);
    expect(derived).toMatchObject({
      value: null,
      decimals: null,
      formula: '',
      obsStatus: status === 'U' ? 'O' : status,
      derivedReason: status === 'U' ? 'INPUT_UNRELIABLE' : 'INPUT_ABSENT',
    });
    expect(reasonOf(derived, 'en')).toMatch(/^Not computed: /);
    expect(reasonOf(derived, 'vi')).toMatch(/^Không tính: /);
    expect(derived.derivedFrom).toEqual(inputs);
  });

  test.each(['share', 'relativeChange'] as const)('%s over zero is null and says so', (rule) => {
    for (const zero of ['0', '0.00', '-0']) {
      const derived = rules[rule](figure('5'), figure(zero));
      expect(derived).toMatchObject({ value: null, obsStatus: 'O', derivedReason: 'BASE_ZERO' });
    }
  });

  test('zero less zero is a number', () => {
    expect(text(difference(figure('0'), figure('0.0')))).toBe('0.0');
  });
});

/** Less restrictive first; written by hand, beside the order of the code. */
const mustNotOpen: readonly (readonly [string, string])[] = [
  ...present.filter((s) => s !== 'A').map((s) => ['A', s] as const),
  ...present.filter((s) => s !== 'U').flatMap((s) => absent.map((a) => [s, a] as const)),
  ...['H', 'L', 'M', 'O'].map((s) => [s, 'Q'] as const),
  ...['E', 'F', 'P', 'B', 'V', 'D'].map((s) => [s, 'U'] as const),
  ['E', 'P'],
];
const confMustNotOpen: readonly (readonly [string, string])[] = [
  ...confidential.filter((s) => s !== 'F').map((s) => ['F', s] as const),
  ...['A', 'O', 'T', 'G', 'M', 'D', 'S'].map((s) => ['C', s] as const),
];

const valueFor = (obsStatus: string) => (absent.includes(obsStatus) ? null : '5');
const withStatus = (obsStatus: string, confStatus = 'F') =>
  figure(valueFor(obsStatus), { obsStatus, confStatus });
const statuses = ({ obsStatus, confStatus }: Figure) => ({ obsStatus, confStatus });

describe('a derived figure is never less restrictive than what it comes from', () => {
  test('of two statuses of observation the more restrictive one is kept', () => {
    for (const [open, strict] of mustNotOpen) {
      const status = difference(withStatus(open), withStatus(strict)).obsStatus;
      expect(status, `${open} with ${strict}`).toBe(strict === 'U' ? 'O' : strict);
    }
  });

  test('what is unreliable is as good as missing, and no better than suppressed', () => {
    const beside = (status: string) => difference(withStatus('U'), withStatus(status)).obsStatus;
    expect(absent.map(beside)).toEqual(['O', 'O', 'O', 'O', 'Q']);
  });

  test('of two statuses of confidentiality the more restrictive one is kept', () => {
    for (const [open, strict] of confMustNotOpen) {
      const { confStatus } = difference(withStatus('A', open), withStatus('A', strict));
      expect(confStatus, `${open} with ${strict}`).toBe(strict);
    }
  });

  test('an unknown status of confidentiality counts as the strictest', () => {
    expect(difference(withStatus('A', 'F'), withStatus('A', '?')).confStatus).toBe('A');
  });

  test('a value and a status of absence exclude each other', () => {
    for (const a of [...present, ...absent]) {
      for (const b of [...present, ...absent]) {
        const derived = difference(withStatus(a), withStatus(b));
        expect(derived.value === null, `${a} with ${b}`).toBe(absent.includes(derived.obsStatus));
      }
    }
  });

  test.each(ruleNames)('%s inherits alike from both sides, and in any grouping', (rule) => {
    const combine = rules[rule];
    const all = [...present, ...absent];
    const random = generator(42);
    const draw = () => withStatus(random.pick(all), random.pick(confidential));
    for (let i = 0; i < 3_000; i += 1) {
      const [a, b, c] = [draw(), draw(), draw()];
      const name = [a, b, c].map((f) => f.obsStatus + f.confStatus).join(' ');
      expect(statuses(combine(a, b)), name).toEqual(statuses(combine(b, a)));
      // Differences, since a ratio's base may become zero on the way.
      const left: DerivedFigure = difference(difference(a, b), c);
      const right = difference(a, difference(b, c));
      expect(statuses(left), name).toEqual(statuses(right));
    }
  });

  test('a figure keeps its own status beside itself', () => {
    for (const status of [...present, ...absent]) {
      const expectedStatus = status === 'U' ? 'O' : status;
      expect(difference(withStatus(status), withStatus(status)).obsStatus).toBe(expectedStatus);
    }
  });
});

describe('a derived figure says where it comes from', () => {
  test('one source is kept, several are none, and locators are joined once', () => {
    const a = figure('5', { locator: 'table 1' });
    const b = figure('7', { locator: 'table 2' });
    const c = figure('7', { source: { id: 'source-b' } as Figure['source'] });
    expect(share(a, b)).toMatchObject({ source: { id: 'source-a' }, locator: 'table 1; table 2' });
    expect(share(a, c)).toMatchObject({ source: null, locator: 'table 1' });
    expect(share(a, b)).toMatchObject({
      unit: 'PERCENT',
      decimals: 2,
      formula: '5 / 7 * 100 = 71.43',
    });
  });
});
