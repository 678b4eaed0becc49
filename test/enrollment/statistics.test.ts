/** Lines, gaps, contributions, ranks and flows: exact arithmetic that never closes over what is missing. Pure. */
import { describe, expect, test } from 'vitest';
import { changeContributions } from '../../src/enrollment/contributions.ts';
import { ratesOf } from '../../src/enrollment/denominators.ts';
import { flowsOf, spanOf } from '../../src/enrollment/flows.ts';
import { rankings, type RankMaterial } from '../../src/enrollment/ranking.ts';
import { targetGaps } from '../../src/enrollment/target-gap.ts';
import type { TargetFigure } from '../../src/enrollment/target-line.ts';
import { formatValue, type Figure } from '../../src/observation/figure.ts';
import { Prisma } from '../../src/platform/prisma/client.ts';

const sourceOf = (id: string, kind = 'NEWS_ARTICLE', nature = 'REPORTED') =>
  ({ id, kind, nature }) as Figure['source'];

function figure(value: string | null, more: Partial<Figure> = {}): Figure {
  return {
    figureId: `${more.scheme ?? 'x'}-${more.timePeriod ?? '2022'}-${value}`,
    areaId: 'VN@2025-06',
    area: { id: 'VN@2025-06' } as Figure['area'],
    indicator: 'PARTICIPANTS',
    baseIndicator: null,
    scheme: 'SOCIAL_INSURANCE',
    schemeComponents: [],
    participantGroup: 'ALL',
    timePeriod: '2022',
    periodBasis: 'PRINTED',
    value: value === null ? null : new Prisma.Decimal(value),
    decimals: value === null ? null : (value.split('.')[1]?.length ?? 0),
    unit: 'PERSONS',
    denominator: null,
    qualifier: null,
    obsStatus: value === null ? 'O' : 'A',
    confStatus: 'F',
    publishedAt: new Date('2026-01-01'),
    source: sourceOf('source-a'),
    locator: 'table 1',
    ...more,
  };
}

const hidden = { obsStatus: 'Q', confStatus: 'C' };
const text = (found: Figure | null | undefined) => (found ? formatValue(found) : null);
const percent = { indicator: 'COVERAGE_RATE', unit: 'PERCENT', denominator: 'LABOUR_FORCE' };

describe('each scheme is a share of its own denominator, of the right period', () => {
  const labour = (value: string, timePeriod: string, more: Partial<Figure> = {}) =>
    figure(value, { indicator: 'LABOUR_FORCE', scheme: null, timePeriod, ...more });
  const rate = (of: Figure, ...known: Figure[]) => ratesOf(of, { known, coveredGroups: [] });

  test('a day takes its quarter’s labour force before the year’s', () => {
    const known = [labour('100', '2022'), labour('200', '2022-Q4'), labour('400', '2022-Q3')];
    expect(text(rate(figure('50', { timePeriod: '2022-12-31' }), ...known).main.rate)).toBe(
      '25.00',
    );
    expect(text(rate(figure('50', { timePeriod: '2022-08' }), ...known).main.rate)).toBe('12.50');
    expect(text(rate(figure('50', { timePeriod: '2022-05' }), ...known).main.rate)).toBe('50.00');
    expect(text(rate(figure('50'), ...known).main.rate)).toBe('50.00');
  });

  test('a year without its own takes the mean of four quarters, never of three', () => {
    const quarters = ['Q1', 'Q2', 'Q3', 'Q4'].map((q, i) => labour(String(100 + i), `2022-${q}`));
    const { main } = rate(figure('50'), ...quarters);
    expect(main.denominatorFigure).toMatchObject({ timePeriod: '2022', unit: 'PERSONS' });
    // 101.5 persons are 102: a mean of persons is whole, like its parts.
    expect(text(main.rate)).toBe('49.02');
    expect(rate(figure('50'), ...quarters.slice(1)).main.rate).toMatchObject({
      value: null,
      derivedReason: 'DENOMINATOR_UNKNOWN',
    });
  });

  test('the larger labour force stands beside, under its own name, and never in its place', () => {
    const total = labour('200', '2022', { indicator: 'LABOUR_FORCE_TOTAL' });
    const { main, beside } = rate(figure('50'), total);
    expect(main.rate).toMatchObject({ value: null, denominator: 'LABOUR_FORCE' });
    expect(beside.map(({ rate: one }) => [one.denominator, text(one)])).toEqual([
      ['LABOUR_FORCE_TOTAL', '25.00'],
    ]);
  });

  test('a statistics office is preferred; others that disagree are a reason', () => {
    const office = labour('100', '2022', { source: sourceOf('gso', 'STATISTICAL_TABLE') });
    const paper = labour('90', '2022');
    const other = labour('80', '2022', { source: sourceOf('source-b') });
    expect(text(rate(figure('50'), paper, office, other).main.rate)).toBe('50.00');
    expect(rate(figure('50'), paper, other).main.rate).toMatchObject({
      value: null,
      derivedReason: 'INPUTS_DISAGREE',
    });
  });

  test('demonstration data is no share of what a document reports', () => {
    const made = labour('100', '2022', { source: sourceOf('demo', 'GENERATED', 'SYNTHETIC') });
    expect(rate(figure('50'), made).main.rate.derivedReason).toBe('DENOMINATOR_UNKNOWN');
  });

  test('occupational accident insurance: the sum of all groups that it covers, or nothing', () => {
    const coveredGroups = ['A2_1_A', 'A2_1_B'];
    const of = figure('50', { scheme: 'OCCUPATIONAL_ACCIDENT' });
    const group = (participantGroup: string, value: string | null, more: Partial<Figure> = {}) =>
      figure(value, { scheme: 'COMPULSORY_SI', participantGroup, ...more });
    const both = [group('A2_1_A', '60'), group('A2_1_B', '40')];
    expect(text(ratesOf(of, { known: both, coveredGroups }).main.rate)).toBe('50.00');
    const one = ratesOf(of, { known: both.slice(1), coveredGroups }).main.rate;
    expect(one).toMatchObject({ value: null, derivedReason: 'DENOMINATOR_UNKNOWN' });
    const known = [group('A2_1_A', '60'), group('A2_1_B', null, hidden)];
    expect(ratesOf(of, { known, coveredGroups }).main.rate).toMatchObject({
      value: null,
      obsStatus: 'Q',
      confStatus: 'C',
    });
  });
});

describe('the target line', () => {
  const target = (year: string, value: string, more: Partial<TargetFigure> = {}): TargetFigure => ({
    ...figure(value, { ...percent, timePeriod: year }),
    instrumentId: 'ins-res-28-nq-tw',
    ...more,
  });
  const line28 = [target('2021', '35'), target('2025', '45'), target('2030', '60')];
  const gapOf = (rate: Figure, targets = line28, more: object = {}) =>
    targetGaps([{ rate, denominatorFigure: null, participants: null, ...more }], targets)[0];
  const rateAt = (timePeriod: string, value: string, more: Partial<Figure> = {}) =>
    figure(value, { ...percent, timePeriod, ...more });

  test.each([
    ['2021', '35', '35', '0'],
    ['2022', '38.08', '37.50', '0.58'],
    ['2023', '39', '40.00', '-1.00'],
    ['2025', '45.1', '45', '0.1'],
    ['2027', '50', '51.00', '-1.00'],
    ['2022-06-30', '36', '36.24', '-0.24'],
  ])('at the end of %s a rate of %s is compared with %s', (period, value, line, gap) => {
    const found = gapOf(rateAt(period, value));
    expect(text(found?.line)).toBe(line);
    expect(text(found?.gap)).toBe(gap);
    expect(found?.gap.unit).toBe('PERCENTAGE_POINTS');
  });

  test.each(['2020', '2031'])('there is none in %s', (period) => {
    expect(gapOf(rateAt(period, '30'))?.line).toMatchObject({
      value: null,
      derivedReason: 'NO_TARGET_LINE',
    });
    expect(gapOf(rateAt(period, '30'))?.gap.value).toBeNull();
  });

  test('between the years of an instrument without such a rule there is none', () => {
    const own = line28.map((one) => ({ ...one, instrumentId: 'ins-res-72-nq-tw' }));
    expect(gapOf(rateAt('2022', '38'), own)?.line.value).toBeNull();
    expect(text(gapOf(rateAt('2025', '45.1'), own)?.gap)).toBe('0.1');
  });

  test('the pace to the next target, from the date of the rate', () => {
    const found = gapOf(rateAt('2025', '45.1'));
    expect(found?.nextTarget?.timePeriod).toBe('2030');
    expect(found?.pace).toMatchObject({ unit: 'PERCENTAGE_POINTS_PER_YEAR' });
    expect(text(found?.pace)).toBe('2.98');
    expect(gapOf(rateAt('2030', '60'))?.pace).toMatchObject({ derivedReason: 'NO_NEXT_TARGET' });
  });

  test('rates of another denominator, or of none, are not compared', () => {
    for (const denominator of ['LABOUR_FORCE_TOTAL', 'NOT_STATED', null]) {
      expect(gapOf(rateAt('2025', '45', { denominator }))).toMatchObject({
        gap: { value: null, derivedReason: 'DENOMINATORS_DIFFER' },
        pace: { value: null },
        gapPersons: { value: null },
        personsBasis: null,
      });
    }
  });

  test('an unreliable rate has no gap, an unverified target draws no line', () => {
    expect(gapOf(rateAt('2025', '45', { obsStatus: 'U' }))?.gap.derivedReason).toBe(
      'INPUT_UNRELIABLE',
    );
    expect(gapOf(rateAt('2025', '45'), [target('2025', '45', { obsStatus: 'U' })])).toBeUndefined();
  });

  test('two sources of one target: alike they are one, else in doubt', () => {
    const again = (value: string) => [...line28, target('2025', value, { source: sourceOf('b') })];
    expect(text(gapOf(rateAt('2025', '45.1'), again('45.0'))?.gap)).toBe('0.1');
    expect(gapOf(rateAt('2025', '45.1'), again('46'))?.line).toMatchObject({
      derivedReason: 'INPUTS_DISAGREE',
    });
  });

  test('persons: by the count behind a printed rate, exactly by count and denominator of a computed one', () => {
    const printed = gapOf(rateAt('2022', '38.08'), line28, { participants: figure('17500000') });
    expect(printed).toMatchObject({ personsBasis: 'IMPLIED_BY_RATE' });
    expect(text(printed?.gapPersons)).toBe('266544');
    const base = figure('1000', { indicator: 'LABOUR_FORCE' });
    const count = figure('383');
    const bases = { known: [base], coveredGroups: [] };
    const { rate } = ratesOf(count, bases).main;
    const computed = gapOf(rate, line28, { denominatorFigure: base, participants: count });
    expect(computed).toMatchObject({ personsBasis: 'DENOMINATOR_FIGURE' });
    expect(text(computed?.gapPersons)).toBe('8');
    // 45 % of 1,000 less 383, in three years.
    expect(text(computed?.pacePersons)).toBe('22');
  });
});

describe('contributions add up to the change', () => {
  const part = (
    scheme: string,
    value: string | null,
    timePeriod: string,
    more: Partial<Figure> = {},
  ) => figure(value, { scheme, timePeriod, ...more });
  const now = [part('COMPULSORY_SI', '120', '2022'), part('VOLUNTARY_SI', '40', '2022')];
  const then = [part('COMPULSORY_SI', '100', '2021'), part('VOLUNTARY_SI', '47', '2021')];

  test('of a total that is told, with what the parts leave', () => {
    const [found] = changeContributions(
      [part('SOCIAL_INSURANCE', '165', '2022'), ...now],
      [part('SOCIAL_INSURANCE', '150', '2021'), ...then],
      'SOCIAL_INSURANCE',
    );
    expect(found).toMatchObject({ division: 'SCHEME', totalBasis: 'REPORTED' });
    expect(found?.parts.map((one) => [text(one.change), text(one.points)])).toEqual([
      ['20', '13.33'],
      ['-7', '-4.67'],
    ]);
    expect([text(found?.change), text(found?.points)]).toEqual(['15', '10.00']);
    expect([text(found?.residual), text(found?.residualPoints)]).toEqual(['2', '1.34']);
  });

  test('of the sum of all schemes, where no total is told', () => {
    const [found] = changeContributions(now, then, 'SOCIAL_INSURANCE');
    expect(found).toMatchObject({ totalBasis: 'SUM_OF_PARTS' });
    expect([text(found?.change), text(found?.residual)]).toEqual(['13', '0']);
  });

  test('the sum over a missing part is no total, and a told one has no residual then', () => {
    expect(changeContributions(now.slice(1), then, 'SOCIAL_INSURANCE')).toEqual([]);
    const [found] = changeContributions(
      [part('SOCIAL_INSURANCE', '165', '2022'), ...now.slice(1)],
      [part('SOCIAL_INSURANCE', '150', '2021'), ...then],
      'SOCIAL_INSURANCE',
    );
    expect(found?.residual).toMatchObject({ value: null, derivedReason: 'PARTS_INCOMPLETE' });
  });

  test('a suppressed part keeps its change, and closes the residual', () => {
    const [found] = changeContributions(
      [
        part('SOCIAL_INSURANCE', '165', '2022'),
        now[0]!,
        part('VOLUNTARY_SI', null, '2022', hidden),
      ],
      [part('SOCIAL_INSURANCE', '150', '2021'), ...then],
      'SOCIAL_INSURANCE',
    );
    expect(found?.parts[1]).toMatchObject({
      change: { value: null, obsStatus: 'Q', confStatus: 'C' },
    });
    expect(found?.residual).toMatchObject({ value: null, obsStatus: 'Q', confStatus: 'C' });
    expect(found?.residualPoints).toMatchObject({ value: null });
  });

  test('groups of the law and reported ones are never in one list, sources never in one row', () => {
    const group = (
      participantGroup: string,
      value: string,
      timePeriod: string,
      source = 'source-a',
    ) =>
      figure(value, {
        scheme: 'COMPULSORY_SI',
        participantGroup,
        timePeriod,
        source: sourceOf(source),
      });
    const of = (timePeriod: string) => [
      group('ALL', '100', timePeriod),
      group('EMPLOYEES', '90', timePeriod),
      group('A2_1_A', '80', timePeriod),
      group('A2_1_B', '10', timePeriod),
      group('STUDENTS', '1', timePeriod, 'source-b'),
    ];
    const found = changeContributions(of('2022'), of('2021'), 'COMPULSORY_SI');
    expect(found.map((one) => one.parts.map((entry) => entry.participantGroup))).toEqual([
      ['EMPLOYEES'],
      ['A2_1_A', 'A2_1_B'],
    ]);
  });
});

describe('ranks', () => {
  const at = (areaId: string, value: string | null, more: Partial<Figure> = {}) =>
    figure(value, { areaId, area: { id: areaId } as Figure['area'], ...more });
  const ranked = (figures: readonly Figure[], more: Partial<RankMaterial> = {}) =>
    rankings({
      siblings: 6,
      timePeriod: '2022',
      measure: 'PARTICIPANTS',
      figures,
      plans: [],
      bases: { known: [], coveredGroups: [] },
      ...more,
    });
  const places = (figures: readonly Figure[], more: Partial<RankMaterial> = {}) =>
    ranked(figures, more).map(({ ranks, withoutValue }) => [
      ranks.map(({ figure: one, rank, isTied }) => `${one.areaId} ${rank}${isTied ? ' tied' : ''}`),
      withoutValue,
    ]);

  test('ties share a rank and the next is left out; who has no value is counted', () => {
    const figures = [at('a', '5'), at('b', '9'), at('c', '9'), at('d', '7'), at('e', null, hidden)];
    expect(places(figures)).toEqual([[['b 1 tied', 'c 1 tied', 'd 3', 'a 4'], 2]]);
  });

  test('neither an unreliable value is ranked, nor one that sources contradict', () => {
    const figures = [
      at('a', '5'),
      at('b', '9', { obsStatus: 'U' }),
      at('c', '8'),
      at('c', '7', { source: sourceOf('source-b') }),
    ];
    expect(places(figures)).toEqual([[['a 1'], 5]]);
  });

  test('rates of different denominators, and demonstration data, are lists of their own', () => {
    const rate = (area: string, value: string, denominator: string | null, nature = 'REPORTED') =>
      at(area, value, { ...percent, denominator, source: sourceOf('s', 'NEWS_ARTICLE', nature) });
    const figures = [
      rate('a', '40', 'LABOUR_FORCE'),
      rate('b', '90', 'POPULATION'),
      rate('c', '30', 'LABOUR_FORCE'),
      rate('d', '99', 'NOT_STATED'),
      rate('e', '99', 'LABOUR_FORCE', 'SYNTHETIC'),
    ];
    expect(places(figures, { measure: 'RATE_PRINTED' })).toEqual([
      [['a 1', 'c 2'], 4],
      [['b 1'], 5],
      [['e 1'], 5],
    ]);
  });
});

describe('flows close, or say what does not', () => {
  const of = {
    areaId: 'VN@2025-06',
    area: { id: 'VN@2025-06' } as Figure['area'],
    scheme: 'VOLUNTARY_SI',
    participantGroup: 'ALL',
  };
  const say = (
    indicator: string,
    value: string | null,
    timePeriod: string,
    more: Partial<Figure> = {},
  ) => figure(value, { indicator, timePeriod, ...more });
  const span = spanOf('2025-01', '2025-02')!;
  const whole = [
    say('PARTICIPANTS', '100', '2024-12-31'),
    ...['2025-01', '2025-02'].flatMap((month) => [
      say('ENROLMENT_JOINED', '10', month),
      say('ENROLMENT_RETURNED', '2', month),
      say('ENROLMENT_LEFT', '5', month),
    ]),
  ];
  const close = (value: string) => say('PARTICIPANTS', value, '2025-02-28');

  test.each([
    ['114', '0'],
    ['112', '2'],
    ['120', '-6'],
  ])('closing with %s leaves %s', (closing, residual) => {
    const flows = flowsOf({ ...of, sourceId: 'source' }, span, [...whole, close(closing)], {});
    expect([flows.opening, flows.joined, flows.returned, flows.left].map(text)).toEqual([
      '100',
      '20',
      '4',
      '10',
    ]);
    expect(text(flows.residual)).toBe(residual);
    expect(text(flows.netChange)).toBe(String(Number(closing) - 100));
  });

  test('a month that is missing is no zero', () => {
    const figures = whole.filter((one) => one.timePeriod !== '2025-02');
    const flows = flowsOf({ ...of, sourceId: 'source' }, span, [...figures, close('114')], {});
    expect(flows.joined).toMatchObject({ value: null, derivedReason: 'PARTS_INCOMPLETE' });
    expect(flows.residual.value).toBeNull();
    expect(flows.leftOrUnexplained.value).toBeNull();
  });

  test.each(['ENROLMENT_JOINED', 'ENROLMENT_RETURNED', 'ENROLMENT_LEFT'])(
    'nothing is computed around a confidential %s',
    (indicator) => {
      const figures = whole.map((one) =>
        one.indicator === indicator && one.timePeriod === '2025-02'
          ? { ...one, value: null, decimals: null, ...hidden }
          : one,
      );
      const flows = flowsOf({ ...of, sourceId: 'source' }, span, [...figures, close('114')], {});
      for (const computed of [flows.residual, flows.leftOrUnexplained]) {
        expect(computed).toMatchObject({ value: null, obsStatus: 'Q', confStatus: 'C' });
      }
    },
  );

  test.each([
    ['2025-02', '2025-01'],
    ['2025-01-15', '2025-02'],
    ['2025-01', '2025-02-15'],
  ])('%s to %s is no span of months', (from, to) => {
    expect(spanOf(from, to)).toBeNull();
  });
});
