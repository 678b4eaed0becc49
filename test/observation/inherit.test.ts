/** Whatever is derived inherits the most restrictive status and the latest instant, in any order and grouping. */
import { describe, expect, test } from 'vitest';
import { sum, type DerivedFigure } from '../../src/observation/derive.ts';
import { measure, type Figure } from '../../src/observation/figure.ts';

/** From least to most restrictive, written by hand beside the order of the code. U counts as O: no number. */
const present = ['A', 'N', 'S', 'D', 'I', 'G', 'F', 'E', 'P', 'V', 'J', 'K', 'W', 'B'];
const absent = ['H', 'M', 'L', 'O', 'Q'];
const all = [...present, 'U', ...absent];
const confidential = ['F', 'E', 'N', 'C', 'S', 'D', 'M', 'G', 'T', 'O', 'A'];

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

function part(obsStatus: string, confStatus = 'F', publishedAt: Date | null = day(1)): Figure {
  const row = {
    id: 'x',
    topic: 'ENROLMENT',
    contributorId: 'si-vn',
    areaId: '10@2025-06',
    area: { id: '10@2025-06' } as Figure['area'],
    timePeriod: '2025',
    periodBasis: 'PRINTED',
    obsStatus,
    confStatus,
    source: null,
    locator: null,
  };
  const count = absent.includes(obsStatus) ? null : 7;
  return { ...measure(row, count, { indicator: 'PARTICIPANTS', unit: 'PERSONS' }), publishedAt };
}

/** What is inherited, and whether there is a number. */
const inherited = ({ obsStatus, confStatus, publishedAt, value }: Figure) => ({
  obsStatus,
  confStatus,
  publishedAt,
  isNumber: value !== null,
});

function holdsInAnyOrderAndGrouping(a: Figure, b: Figure, c: Figure): boolean {
  const text = (figure: DerivedFigure) => JSON.stringify(inherited(figure));
  const flat = text(sum([a, b, c]));
  return [
    sum([sum([a, b]), c]),
    sum([a, sum([b, c])]),
    sum([sum([a, c]), b]),
    sum([c, b, a]),
    sum([b, c, a]),
  ].every((other) => text(other) === flat);
}

const rank = (status: string) => all.indexOf(status === 'U' ? 'O' : status);

describe('of all pairs and triples of statuses', () => {
  test('sums are commutative and associative', () => {
    const wrong: string[] = [];
    for (const a of all) {
      for (const b of all) {
        for (const c of all) {
          if (!holdsInAnyOrderAndGrouping(part(a), part(b), part(c))) wrong.push(a + b + c);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('so are those of confidentiality', () => {
    const wrong: string[] = [];
    for (const a of confidential) {
      for (const b of confidential) {
        for (const c of confidential) {
          const parts = [part('A', a), part('P', b), part('A', c)] as const;
          if (!holdsInAnyOrderAndGrouping(...parts)) wrong.push(a + b + c);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('a sum is never less restrictive than a part of it, and has no number where a part has none', () => {
    for (const a of all) {
      for (const b of all) {
        const { obsStatus, value } = sum([part(a), part(b)]);
        expect(rank(obsStatus), a + b).toBe(Math.max(rank(a), rank(b)));
        const isNumber = present.includes(a) && present.includes(b);
        expect(value !== null, a + b).toBe(isNumber);
      }
    }
    for (const a of confidential) {
      for (const b of confidential) {
        const { confStatus } = sum([part('A', a), part('A', b)]);
        const stricter = Math.max(confidential.indexOf(a), confidential.indexOf(b));
        expect(confStatus, a + b).toBe(confidential[stricter]);
      }
    }
  });
});

describe('the instant of a derived figure', () => {
  test.each([
    [[day(3), day(9), day(5)], day(9)],
    [[day(3), null, day(5)], null],
    [[null, null, null], null],
  ])('is the latest of its parts, and none where a part is not published', (instants, latest) => {
    const [a, b, c] = instants.map((instant) => part('A', 'F', instant));
    expect(sum([a!, b!, c!]).publishedAt).toEqual(latest);
    expect(holdsInAnyOrderAndGrouping(a!, b!, c!)).toBe(true);
  });
});

describe('a number that should not be there is not used', () => {
  test.each([...absent, '?'])('beside the status %s', (obsStatus) => {
    const leaked = { ...part('A'), obsStatus };
    const derived = sum([leaked, part('A')]);
    expect(derived.value).toBeNull();
    expect(derived.formula).toBe('');
    expect(derived.obsStatus).toBe(obsStatus === '?' ? 'Q' : obsStatus);
  });
});
