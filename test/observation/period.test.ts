/** Periods are the days that they say, or they are refused. */
import { describe, expect, test } from 'vitest';
import { parsePeriod, parsePeriodOrThrow, yearBefore } from '../../src/platform/period.ts';

const day = (date: Date) => date.toISOString().slice(0, 10);
const days = (text: string) => {
  const period = parsePeriod(text);
  return period && `${day(period.start)}..${day(period.end)}`;
};

describe('every form of a period has its first and last day', () => {
  test.each([
    ['2022', '2022-01-01..2022-12-31'],
    ['2022-05', '2022-05-01..2022-05-31'],
    ['2022-12', '2022-12-01..2022-12-31'],
    ['2023-02', '2023-02-01..2023-02-28'],
    ['2024-02', '2024-02-01..2024-02-29'],
    ['2000-02', '2000-02-01..2000-02-29'],
    ['1900-02', '1900-02-01..1900-02-28'],
    ['2022-Q1', '2022-01-01..2022-03-31'],
    ['2022-Q2', '2022-04-01..2022-06-30'],
    ['2022-Q3', '2022-07-01..2022-09-30'],
    ['2022-Q4', '2022-10-01..2022-12-31'],
    ['2022-12-31', '2022-12-31..2022-12-31'],
    ['2024-02-29', '2024-02-29..2024-02-29'],
    ['2016-01-01/P5Y', '2016-01-01..2020-12-31'],
    ['2024-02-29/P1Y', '2024-02-29..2025-02-28'],
    ['2022-01-01/P6M', '2022-01-01..2022-06-30'],
    ['2023-11-15/P3M', '2023-11-15..2024-02-14'],
    ['2016-01-01/P1Y6M', '2016-01-01..2017-06-30'],
    ['2024-02-01/P29D', '2024-02-01..2024-02-29'],
    ['2022-12-31/P1D', '2022-12-31..2022-12-31'],
  ])('%s is %s', (text, expected) => {
    expect(days(text)).toBe(expected);
  });
});

describe('what is no period is refused, never read as another one', () => {
  test.each([
    '',
    ' 2022',
    '2022 ',
    '22',
    '0022',
    '0000',
    '20222',
    '2022-00',
    '2022-13',
    '2022-5',
    '2022-Q0',
    '2022-Q5',
    '2022-q1',
    '2022-02-29',
    '1900-02-29',
    '2022-04-31',
    '2022-12-32',
    '2022-1-1',
    '2022/2023',
    '2022-01-01/2022-12-31',
    '2016-01-01/P0Y',
    '2016-01-01/P',
    '2016-01-01/5Y',
    '2016-01-01/P-1Y',
    '2016-02-30/P1Y',
    '2016-01-01/P1W',
    '2016/P5Y',
    '0022-01-01/P1Y',
    '２０２２',
    "2022'--",
    '2022\n',
  ])('%j', (text) => {
    expect(parsePeriod(text)).toBeNull();
    expect(() => parsePeriodOrThrow(text)).toThrow(
      expect.objectContaining({ code: 'PERIOD_MALFORMED' }) as Error,
    );
  });

  test('a long text is cut before it enters the error', () => {
    expect(() => parsePeriodOrThrow('9'.repeat(10_000))).toThrow(
      expect.objectContaining({
        parameters: expect.objectContaining({ period: '9'.repeat(40) }) as unknown,
      }) as Error,
    );
  });
});

describe('the parts of a year cover it once', () => {
  const two = (n: number) => String(n).padStart(2, '0');
  const following = (date: Date) => day(new Date(date.getTime() + 86_400_000));
  const parts = {
    months: (year: number) => Array.from({ length: 12 }, (_, i) => `${year}-${two(i + 1)}`),
    quarters: (year: number) => [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`),
    days: (year: number) =>
      Array.from({ length: 366 }, (_, i) => day(new Date(Date.UTC(year, 0, i + 1)))).filter(
        (text) => text.startsWith(String(year)),
      ),
  };
  test.each(['months', 'quarters', 'days'] as const)('%s, in leap years and others', (kind) => {
    for (let year = 1996; year <= 2032; year += 1) {
      const periods = parts[kind](year).map((text) => parsePeriodOrThrow(text));
      expect(day(periods[0]!.start)).toBe(`${year}-01-01`);
      expect(day(periods.at(-1)!.end)).toBe(`${year}-12-31`);
      for (const [i, period] of periods.slice(1).entries()) {
        expect(day(period.start)).toBe(following(periods[i]!.end));
      }
    }
  });
});

describe('the year before is the same part of the year, or none', () => {
  test.each([
    ['2022', '2021'],
    ['2000', '1999'],
    ['2022-05', '2021-05'],
    ['2024-02', '2023-02'],
    ['2022-Q1', '2021-Q1'],
    ['2022-12-31', '2021-12-31'],
    ['2025-02-28', '2024-02-28'],
    ['2024-02-29', null],
    ['2016-01-01/P5Y', null],
    ['2022-13', null],
    ['2022-Q1-05', null],
    ['1000', null],
    ['', null],
  ])('%s: %s', (text, expected) => {
    expect(yearBefore(text)).toBe(expected);
  });
});
