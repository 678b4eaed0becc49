/** The series of the national demonstration, and which parts they are made of. Pure. */
import { monthNumber } from './calendar.ts';
import { countryId, monthCount, onLine, type NationalTotals } from './national-totals.ts';

/** What is shared out over provinces and communes; every series is a sum of these. */
export const partNames = ['CSI', 'VSI', 'UI', 'OA', 'HIE', 'HIH', 'HIS', 'HIO'] as const;
export type PartName = (typeof partNames)[number];

interface Part {
  readonly scheme: string;
  readonly group: string;
  /** The first month in which there is such a scheme; always when left out. */
  readonly since?: string;
  /** Deviation of each month from the line between two stated totals, in thousandths; January first. */
  readonly season: readonly number[];
}

// Contracts end before the lunar new year, and factories hire after it.
const employed = [-4, -9, -5, -1, 2, 0, 1, 3, 4, 3, 2, 0];
const households = [4, -3, -5, -4, -2, 0, -3, -5, -2, 3, 5, 0];
const schoolYear = [2, 1, 0, 0, -3, -8, -10, -6, 3, 5, 4, 2];

const parts: Readonly<Record<Exclude<PartName, 'HIO'>, Part>> = {
  CSI: { scheme: 'COMPULSORY_SI', group: 'EMPLOYEES', season: employed },
  VSI: {
    scheme: 'VOLUNTARY_SI',
    group: 'ALL',
    // Law 71/2006/QH11 Art 140.
    since: '2008-01',
    season: [-6, -12, -8, -2, 8, 0, -4, -2, 0, 6, 10, 0],
  },
  // Law 71/2006/QH11 Art 140; the fund of its own by Law 84/2015/QH13 Art 92.
  UI: { scheme: 'UNEMPLOYMENT_INSURANCE', group: 'EMPLOYEES', since: '2009-01', season: employed },
  OA: { scheme: 'OCCUPATIONAL_ACCIDENT', group: 'EMPLOYEES', since: '2016-07', season: employed },
  HIE: { scheme: 'HEALTH_INSURANCE', group: 'EMPLOYEES', season: employed },
  HIH: { scheme: 'HEALTH_INSURANCE', group: 'HOUSEHOLDS', season: households },
  HIS: { scheme: 'HEALTH_INSURANCE', group: 'STUDENTS', season: schoolYear },
};

/** A series of figures: what each is of, and the parts that it adds up. */
export interface NationalSeries {
  /** In the ids of its figures. */
  readonly code: string;
  readonly indicator: string;
  readonly topic: string;
  readonly scheme: string | null;
  readonly components: readonly string[];
  readonly group: string;
  readonly parts: readonly PartName[];
}

const enrolment = (
  code: string,
  [scheme, group]: readonly [string, string],
  sums: readonly PartName[],
  components: readonly string[] = [],
): NationalSeries => ({
  code,
  indicator: 'PARTICIPANTS',
  topic: 'ENROLLMENT',
  scheme,
  components,
  group,
  parts: sums,
});

const ofPart = (name: Exclude<PartName, 'HIO'>) =>
  enrolment(name, [parts[name].scheme, parts[name].group], [name]);

/** By month; in the order of their codes, so that ids ascend as they are made. */
export const monthlySeries: readonly NationalSeries[] = [
  ofPart('CSI'),
  enrolment('HI', ['HEALTH_INSURANCE', 'ALL'], ['HIE', 'HIH', 'HIS', 'HIO']),
  ofPart('HIE'),
  ofPart('HIH'),
  ofPart('HIS'),
  ofPart('OA'),
  enrolment('SI', ['SOCIAL_INSURANCE', 'ALL'], ['CSI', 'VSI'], ['COMPULSORY_SI', 'VOLUNTARY_SI']),
  ofPart('UI'),
  ofPart('VSI'),
];

const population = (code: string, indicator: string): NationalSeries => ({
  code,
  indicator,
  topic: 'POPULATION',
  scheme: null,
  components: [],
  group: 'ALL',
  parts: [],
});

/** By year. */
export const yearlySeries = [
  population('LF', 'LABOUR_FORCE'),
  population('POP', 'POPULATION_COUNT'),
] as const;

/** Whether there is the scheme in a month. */
export const existsIn = (name: PartName, month: string): boolean =>
  name === 'HIO' || month >= (parts[name].since ?? '');

/** The country's parts at the end of a month. */
export function countryParts(totals: NationalTotals, month: string): Record<PartName, number> {
  const line = (scheme: string, group: string) =>
    onLine(totals.anchors(countryId, 'PARTICIPANTS', scheme, group), monthCount(month));
  const total = (name: Exclude<PartName, 'HIO'>) => {
    if (!existsIn(name, month)) return 0;
    const { scheme, group, season } = parts[name];
    return Math.round(line(scheme, group) * (1 + season[monthNumber(month) - 1]! / 1000));
  };
  const [CSI, VSI, UI, OA] = [total('CSI'), total('VSI'), total('UI'), total('OA')];
  const [HIE, HIH, HIS] = [total('HIE'), total('HIH'), total('HIS')];
  // Whose contributions the fund or the budget pays or supports: the rest of the whole.
  const HIO = Math.round(line('HEALTH_INSURANCE', 'ALL')) - HIE - HIH - HIS;
  return { CSI, VSI, UI, OA, HIE, HIH, HIS, HIO };
}
