/** Contradicting and repeated figures stand side by side: coverage drops none and mixes none. */
import { describe, expect, test } from 'vitest';
import { assembleCoverage, type Coverage } from '../../src/enrollment/coverage.ts';
import { formatValue, type Figure } from '../../src/observation/figure.ts';
import { Prisma } from '../../src/platform/prisma/client.ts';

function figure(figureId: string, value: string | null, more: Partial<Figure> = {}): Figure {
  return {
    figureId,
    areaId: '11@2025-06',
    area: { id: '11@2025-06' } as Figure['area'],
    indicator: 'PARTICIPANTS',
    baseIndicator: null,
    scheme: 'HEALTH_INSURANCE',
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

const from = (id: string) => ({ source: { id } as Figure['source'] });
const achievement = (id: string, value: string, more: Partial<Figure> = {}) =>
  figure(id, value, { indicator: 'PLAN_ACHIEVEMENT', baseIndicator: 'PARTICIPANTS', ...more });
const rate = (id: string, value: string, more: Partial<Figure> = {}) =>
  figure(id, value, { indicator: 'COVERAGE_RATE', ...more });
const change = (id: string, value: string, more: Partial<Figure> = {}) =>
  figure(id, value, { indicator: 'CHANGE_ABS', baseIndicator: 'PARTICIPANTS', ...more });

const assemble = (material: Partial<Parameters<typeof assembleCoverage>[0]>) =>
  assembleCoverage({
    figures: [],
    plans: [],
    earlier: [],
    bases: { known: [], coveredGroups: [] },
    derivables: new Map(),
    ...material,
  });

const number = (found: Figure | null) => found && formatValue(found);
/** The ids in each place of a row. */
const places = (row: Coverage) => ({
  source: row.sourceId,
  participants: row.participants?.figureId ?? null,
  plan: row.plan?.figureId ?? null,
  achievement: row.achievementPrinted?.figureId ?? null,
  rate: row.ratePrinted?.figureId ?? null,
});

/** Every figure that an answer shows as printed. */
const shown = (rows: readonly Coverage[]) =>
  rows.flatMap((row) => [
    ...[
      row.participants,
      row.plan,
      row.achievementPrinted,
      row.exceedancePrinted,
      row.ratePrinted,
      row.rateTarget,
    ].filter((f) => f !== null),
    ...row.changePrinted,
    ...row.others,
  ]);

describe('contradicting sources stand side by side', () => {
  test('each computes with its own plan and its own year before', () => {
    const rows = assemble({
      figures: [figure('a', '90'), figure('b', '80', from('source-b'))],
      plans: [figure('plan-a', '100'), figure('plan-b', '160', from('source-b'))],
      earlier: [figure('old-a', '60'), figure('old-b', '64', from('source-b'))],
    });
    expect(rows.map(places)).toEqual([
      { source: 'source-a', participants: 'a', plan: 'plan-a', achievement: null, rate: null },
      { source: 'source-b', participants: 'b', plan: 'plan-b', achievement: null, rate: null },
    ]);
    expect(rows.map((row) => number(row.achievementComputed))).toEqual(['90.00', '50.00']);
    expect(rows.map((row) => number(row.changeComputed))).toEqual(['30', '16']);
    expect(rows.map((row) => number(row.relativeChangeComputed))).toEqual(['50.00', '25.00']);
  });

  test('a source without a plan or a year before does not borrow those of another', () => {
    const [, second] = assemble({
      figures: [figure('a', '90'), figure('b', '80', from('source-b'))],
      plans: [figure('plan-a', '100')],
      earlier: [figure('old-a', '60')],
    });
    expect(second).toMatchObject({
      sourceId: 'source-b',
      plan: null,
      achievementComputed: null,
      changeComputed: null,
      relativeChangeComputed: null,
    });
  });

  test('schemes and groups are rows of their own', () => {
    const variants = [
      {},
      { scheme: 'COMPULSORY_SI' },
      { participantGroup: 'STUDENTS' },
      { participantGroup: null },
      { scheme: null },
    ];
    const figures = variants.map((more, i) => figure(`f${i}`, String(i + 1), more));
    const rows = assemble({ figures });
    expect(rows.map((row) => row.participants?.figureId).sort()).toEqual([
      'f0',
      'f1',
      'f2',
      'f3',
      'f4',
    ]);
  });
});

describe('what one source says twice keeps a row of its own', () => {
  test('two counts', () => {
    const rows = assemble({
      figures: [figure('a1', '90'), figure('a2', '95')],
      plans: [figure('p', '100')],
    });
    expect(rows.map(places)).toEqual([
      { source: 'source-a', participants: 'a1', plan: 'p', achievement: null, rate: null },
      { source: 'source-a', participants: 'a2', plan: null, achievement: null, rate: null },
    ]);
  });

  test('two plans, two ratios and two rates beside one count', () => {
    const rows = assemble({
      figures: [
        figure('a', '90'),
        achievement('x1', '1'),
        achievement('x2', '2'),
        rate('r1', '3'),
        rate('r2', '4'),
      ],
      plans: [figure('p1', '100'), figure('p2', '200')],
    });
    expect(rows.map(places)).toEqual([
      { source: 'source-a', participants: 'a', plan: 'p1', achievement: 'x1', rate: 'r1' },
      { source: 'source-a', participants: null, plan: 'p2', achievement: 'x2', rate: 'r2' },
    ]);
    expect(rows[1]?.achievementComputed).toBeNull();
  });

  test('a plan alone is a row', () => {
    expect(assemble({ plans: [figure('p', '100')] }).map(places)).toEqual([
      { source: 'source-a', participants: null, plan: 'p', achievement: null, rate: null },
    ]);
  });
});

describe('every figure of the question is shown once', () => {
  const pool = [
    figure('c1', '1'),
    figure('c2', '2'),
    achievement('x1', '3'),
    achievement('x2', '4', { indicator: 'PLAN_EXCEEDANCE' }),
    achievement('x3', '5', { indicator: 'PLAN_EXCEEDANCE', baseIndicator: 'COVERAGE_RATE' }),
    rate('r1', '6'),
    rate('r2', '7'),
    change('d1', '8'),
    change('d2', '9', { indicator: 'CHANGE_PCT' }),
    change('d3', '10', { indicator: 'CHANGE_PP', baseIndicator: 'COVERAGE_RATE' }),
    figure('o1', '11', { indicator: 'NEW_PARTICIPANTS' }),
    figure('o2', '12', { indicator: 'BENEFICIARIES' }),
    figure('o3', null, { indicator: 'ONE_TIME_WITHDRAWALS' }),
  ];
  test('in any choice of 13 figures from two sources and two groups', () => {
    for (let choice = 0; choice < 2 ** pool.length; choice += 7) {
      const figures = pool
        .filter((_, i) => (choice >> i) % 2 === 1)
        .map((one, i) => ({
          ...one,
          ...((choice + i) % 3 === 0 ? from('source-b') : {}),
          ...((choice + i) % 5 === 0 ? { participantGroup: 'STUDENTS' } : {}),
        }));
      const ids = shown(assemble({ figures })).map((found) => found.figureId);
      expect(ids.sort()).toEqual(figures.map((one) => one.figureId).sort());
    }
  });

  test('changes and ratios of something else than participants are not taken for theirs', () => {
    const [row] = assemble({ figures: pool });
    expect(row?.changePrinted.map((f) => f.figureId)).toEqual(['d1', 'd2']);
    expect(row?.others.map((f) => f.figureId)).toEqual(['x3', 'd3', 'o1', 'o2', 'o3']);
  });
});

describe('a rate is computed only of what it is a share of', () => {
  const population = figure('pop', '200', {
    indicator: 'POPULATION_COUNT',
    scheme: null,
    obsStatus: 'P',
  });
  const bases = { known: [population], coveredGroups: [] };
  test('health insurance of everyone, of the population, with its status', () => {
    const [row] = assemble({ figures: [figure('a', '90')], bases });
    expect(row?.denominatorFigure).toBe(population);
    expect(row?.denominatorRule?.code).toBe('HI_POPULATION');
    expect(number(row?.rateComputed ?? null)).toBe('45.00');
    expect(row?.rateComputed).toMatchObject({ denominator: 'POPULATION', obsStatus: 'P' });
  });

  test.each([
    ['another scheme', { scheme: 'COMPULSORY_SI' }, 'DENOMINATOR_UNKNOWN'],
    ['all schemes together', { scheme: 'ALL_SCHEMES' }, 'NO_DENOMINATOR_RULE'],
    ['a group of participants', { participantGroup: 'HOUSEHOLDS' }, 'NO_DENOMINATOR_RULE'],
    ['an unnamed group', { participantGroup: null }, 'NO_DENOMINATOR_RULE'],
    ['another year', { timePeriod: '2021' }, 'DENOMINATOR_UNKNOWN'],
    ['several years', { timePeriod: '2021-01-01/P2Y' }, 'DENOMINATOR_UNKNOWN'],
  ])('not of %s, and the reason says so', (_, more, derivedReason) => {
    const [row] = assemble({ figures: [figure('a', '90', more)], bases });
    expect(row).toMatchObject({
      denominatorFigure: null,
      rateComputed: { value: null, obsStatus: 'O', derivedReason },
    });
  });

  test('a source without a count has no rate at all', () => {
    const [row] = assemble({ figures: [rate('r', '3')], bases });
    expect(row).toMatchObject({ rateComputed: null, denominatorFigure: null });
  });
});

describe('the printed achievement stands beside the computed one', () => {
  test.each([
    ['80', '83.26', true],
    ['83.3', '83.26', false],
    ['83', '83.26', false],
    ['83.25', '83.26', true],
  ])('%s printed, %s computed: differs is %s', (printed, computed, differs) => {
    const [row] = assemble({
      figures: [figure('a', '32656'), achievement('x', printed)],
      plans: [figure('p', '39223')],
    });
    expect(number(row?.achievementComputed ?? null)).toBe(computed);
    expect(row?.achievementPrinted?.figureId).toBe('x');
    expect(row?.achievementDiffers).toBe(differs);
    expect(Number(number(row?.achievementDifference ?? null))).toBeCloseTo(
      Number(printed) - Number(computed),
      2,
    );
  });

  test('nothing is said where one of them has no value', () => {
    const [row] = assemble({
      figures: [figure('a', '90'), achievement('x', '80')],
      plans: [figure('p', null, { obsStatus: 'L' })],
    });
    expect(row).toMatchObject({ achievementDiffers: null, achievementDifference: { value: null } });
  });
});

describe('an unprinted plan is computed from what is printed', () => {
  const plan = {
    ...figure('p', null, { obsStatus: 'L' }),
    resultIds: ['a'],
    derivableFrom: ['a', 'x'],
  };
  const planFrom = (result: Figure, told: Figure) => {
    const derivables = new Map([
      ['a', result],
      ['x', told],
    ]);
    const own = { ...plan, indicator: result.indicator };
    const [row] = assemble({ figures: [result], plans: [own], derivables });
    return row?.planComputed ?? row?.rateTargetComputed ?? null;
  };
  const points = { indicator: 'PLAN_EXCEEDANCE', unit: 'PERCENTAGE_POINTS' };
  test.each([
    ['an achievement', figure('a', '42184'), achievement('x', '83.44'), '50556'],
    [
      'an excess in percent',
      figure('a', '621653'),
      achievement('x', '3.91', { indicator: 'PLAN_EXCEEDANCE', unit: 'PERCENT' }),
      '598261',
    ],
    [
      'an excess in points',
      rate('a', '87.2', { unit: 'PERCENT' }),
      achievement('x', '0.2', points),
      '87.0',
    ],
    ['a misprint', figure('a', '324469', { obsStatus: 'U' }), achievement('x', '105'), null],
    ['a suppressed count', figure('a', null, { obsStatus: 'Q' }), achievement('x', '105'), null],
  ])('by %s', (_, result, told, value) => {
    const unit = told.unit === 'PERSONS' ? { ...told, unit: 'PERCENT' } : told;
    expect(number(planFrom(result, unit))).toBe(value);
  });

  test('never for a plan that is printed', () => {
    const printed = { ...plan, ...figure('p', '100') };
    const derivables = new Map([
      ['a', figure('a', '90')],
      ['x', achievement('x', '80', { unit: 'PERCENT' })],
    ]);
    const [row] = assemble({ figures: [figure('a', '90')], plans: [printed], derivables });
    expect(row?.planComputed).toBeNull();
  });
});

describe('a change needs one figure of the year before', () => {
  test('two that differ are a reason, and none of them is taken', () => {
    const [row] = assemble({
      figures: [figure('a', '90')],
      earlier: [figure('o1', '60'), figure('o2', '70')],
    });
    expect(row?.changeComputed).toMatchObject({ value: null, derivedReason: 'INPUTS_DISAGREE' });
  });

  test('of the same kind of period, where there is one', () => {
    const [row] = assemble({
      figures: [figure('a', '90', { timePeriod: '2022-12-31' })],
      earlier: [
        figure('o1', '60', { timePeriod: '2021' }),
        figure('o2', '70', { timePeriod: '2021-12-31' }),
      ],
    });
    expect(number(row?.changeComputed ?? null)).toBe('20');
  });

  test.each([
    ['LABOUR_FORCE', 'LABOUR_FORCE', '2.5', null],
    ['LABOUR_FORCE', 'LABOUR_FORCE_TOTAL', null, 'DENOMINATORS_DIFFER'],
    ['NOT_STATED', 'NOT_STATED', null, 'DENOMINATORS_DIFFER'],
  ])('printed rates of %s and %s', (now, before, value, derivedReason) => {
    const [row] = assemble({
      figures: [rate('r', '40', { denominator: now })],
      earlier: [rate('o', '37.5', { denominator: before })],
    });
    expect(number(row?.ratePrintedChangeComputed ?? null)).toBe(value);
    expect(row?.ratePrintedChangeComputed).toMatchObject({
      unit: 'PERCENTAGE_POINTS',
      indicator: 'CHANGE_PP',
      derivedReason,
    });
  });
});

describe('what is absent or unreliable is shown and never computed with', () => {
  const unreliable = { obsStatus: 'U' };
  test.each([
    [
      'an unreliable count',
      figure('a', '90', unreliable),
      figure('p', '100'),
      figure('o', '60'),
      'UNRELIABLE',
      'UNRELIABLE',
    ],
    [
      'an unprinted plan',
      figure('a', '90'),
      figure('p', null, { obsStatus: 'L' }),
      figure('o', '60'),
      'ABSENT',
      null,
    ],
    [
      'an unreliable year before',
      figure('a', '90'),
      figure('p', '100'),
      figure('o', '60', unreliable),
      null,
      'UNRELIABLE',
    ],
    [
      'a count in words',
      figure('a', null),
      figure('p', '100'),
      figure('o', '60'),
      'ABSENT',
      'ABSENT',
    ],
  ])('%s', (_, count, plan, before, achievementReason, changeReason) => {
    const [row] = assemble({ figures: [count], plans: [plan], earlier: [before] });
    expect(row).toMatchObject({ participants: count, plan });
    const reason = (why: string | null) => (why === null ? null : `INPUT_${why}`);
    expect(row?.achievementComputed?.derivedReason).toBe(reason(achievementReason));
    expect(row?.changeComputed?.derivedReason).toBe(reason(changeReason));
    expect(row?.relativeChangeComputed?.derivedReason).toBe(reason(changeReason));
    expect(row?.changeComputed?.value === null).toBe(changeReason !== null);
  });
});

describe('a plan stands beside its own result', () => {
  const planOf = (id: string, value: string, resultIds: string[], more: Partial<Figure> = {}) => ({
    ...figure(id, value, more),
    resultIds,
  });

  test('whatever the order in which they come', () => {
    const counts = [figure('c1', '1'), figure('c2', '2')];
    const plans = [planOf('p1', '10', ['c2']), planOf('p2', '20', ['c1'])];
    expect(assemble({ figures: counts, plans }).map(places)).toMatchObject([
      { participants: 'c1', plan: 'p2' },
      { participants: 'c2', plan: 'p1' },
    ]);
  });

  test('and not beside another when its result stands elsewhere', () => {
    const rows = assemble({ figures: [figure('c1', '1')], plans: [planOf('p', '10', ['other'])] });
    expect(rows.map(places)).toMatchObject([
      { participants: 'c1', plan: null },
      { participants: null, plan: 'p' },
    ]);
    expect(rows.map((row) => row.achievementComputed)).toEqual([null, null]);
  });

  test('a rate beside its target, and an excess beside its plan', () => {
    const [row] = assemble({
      figures: [
        figure('c', '104'),
        rate('r', '81.48'),
        achievement('x', '4', { indicator: 'PLAN_EXCEEDANCE' }),
      ],
      plans: [
        planOf('p', '100', ['c', 'x']),
        planOf('t', '81', ['r'], { indicator: 'COVERAGE_RATE' }),
      ],
    });
    expect(row).toMatchObject({
      plan: { figureId: 'p' },
      exceedancePrinted: { figureId: 'x' },
      achievementPrinted: null,
      rateTarget: { figureId: 't' },
    });
  });
});
