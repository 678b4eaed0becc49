/** Figures around reforms that a file of series must tell apart: parts, gaps, contradictions, twins and corrections. */
import { observationRow, type RowOptions } from './observation-rows.ts';

const both = ['10@2025-06', '15@2025-06'] as const;
export const laoCai = '15@2025-07';

const participants = (areaId: string, more: Partial<RowOptions> = {}) =>
  observationRow(areaId, {
    value: 1,
    timePeriod: '2014',
    indicator: 'PARTICIPANTS',
    scheme: 'VOLUNTARY_SI',
    ...more,
  });

/** One figure of each of the two provinces that became today's. */
const parts = (timePeriod: string, values: readonly number[], more: Partial<RowOptions> = {}) =>
  values.map((value, i) => participants(both[i]!, { ...more, timePeriod, value }));

const ofSchemes = (schemes: readonly string[], value: number, more: object = {}) => ({
  ...participants('10@2025-06', { timePeriod: '2015', value, scheme: null }),
  scheme_components: schemes,
  ...more,
});

export const seriesRowsOfTest: readonly object[] = [
  ...parts('2010', [7]),
  participants('10@2025-06', { timePeriod: '2011', value: 7 }),
  participants('15@2025-06', {
    timePeriod: '2011',
    value: null,
    obsStatus: 'Q',
    confStatus: 'C',
    hasInternal: true,
    figure: 'hidden',
  }),
  participants('15@2025-06', {
    timePeriod: '2011',
    value: 5,
    audience: 'INTERNAL',
    confStatus: 'A',
    figure: 'hidden',
  }),
  ...parts('2012', [7, 5], { obsStatus: 'U' }),
  ...parts('2013', [7, 5, 6].slice(0, 2)),
  participants('15@2025-06', { timePeriod: '2013', value: 6 }),
  ...parts('2014', [7, 5]),
  // Another source of the same year says the same, and a third is generated.
  ...parts('2014', [8, 4], { source: 'test-source-newer' }),
  // The same question in another unit, of other schemes, and of another denominator: series of their own.
  ...parts('2014', [70, 50], { unit: 'EMPLOYERS' }),
  ofSchemes(['VOLUNTARY_SI', 'COMPULSORY_SI'], 12),
  ofSchemes(['VOLUNTARY_SI', 'HEALTH_INSURANCE'], 13),
  { ...participants('10@2025-06', { timePeriod: '2016', value: 3 }), denominator: 'POPULATION' },
  { ...participants('10@2025-06', { timePeriod: '2016', value: 3 }), denominator: 'LABOUR_FORCE' },
  // After the reform two figures of one source contradict each other.
  participants(laoCai, { timePeriod: '2026', value: 20 }),
  participants(laoCai, { timePeriod: '2026', value: 21 }),
  // A figure and its correction.
  participants(laoCai, {
    timePeriod: '2027',
    value: 30,
    figure: 'corrected',
    knownTo: '2026-03-01T00:00:00Z',
  }),
  participants(laoCai, {
    timePeriod: '2027',
    value: 31,
    figure: 'corrected',
    knownFrom: '2026-03-01T00:00:00Z',
    publishedAt: '2026-03-01T00:00:00Z',
  }),
  ...['03217', '03250', '03263'].map((code, i) =>
    participants(`${code}@2025-06`, { timePeriod: '2024-11-30', value: 20 + i }),
  ),
  participants('03217@2025-07', { timePeriod: '2026-06-30', value: 65 }),
  participants('20200@2025-06', { timePeriod: '2024-11-30', value: 31 }),
  participants('20209@2025-07', { timePeriod: '2026-06-30', value: 32 }),
  {
    ...participants('10@2025-06', { timePeriod: '2017', value: 9 }),
    locator: '=1+1, "quoted"',
    comment: 'two\nlines',
  },
];
