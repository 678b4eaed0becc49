/** Employers: invented companies, none of them a natural person, each with the story of its debt. Pure. */
import { addDays } from './calendar.ts';
import { allocate, between, chance, pickWeighted, shuffled, wholeBetween } from './seeded.ts';
import { contributorOf, officeOf, provinces, type DemonstrationProvince } from './sources.ts';
import { inProvince, populationWeight, type Commune, type Territory } from './territory.ts';

export const employersPerProvince = 300;

/** How an employer of the demonstration behaves. */
export type Story =
  | 'PROMPT'
  | 'SLOW'
  | 'SETTLED'
  | 'LATE'
  | 'EVADING'
  | 'LATE_UNREGISTERED'
  | 'UNREGISTERED'
  | 'UNDERDECLARED'
  | 'EXCUSED'
  | 'SUSPENDED'
  | 'CLOSED';

/** How many employers of a province have which story; all others are prompt. */
const storyCounts: readonly (readonly [Story, number])[] = [
  ['SLOW', 26],
  ['SETTLED', 9],
  ['LATE', 14],
  ['EVADING', 16],
  ['LATE_UNREGISTERED', 6],
  ['UNREGISTERED', 6],
  ['UNDERDECLARED', 7],
  ['EXCUSED', 6],
  ['SUSPENDED', 6],
  ['CLOSED', 6],
];

/** A row of the table `employer`. */
export type EmployerRow = ReturnType<typeof employerRow>;

export interface Employer {
  readonly row: EmployerRow;
  readonly province: DemonstrationProvince;
  readonly story: Story;
  /** A number within its story, from 0. */
  readonly turn: number;
  /** Workers in an ordinary month. */
  readonly workers: number;
  /** Salary on which contributions are reckoned, in dong a month. */
  readonly salary: number;
}

const bands = [
  ['W1_9', 1, 9],
  ['W10_49', 10, 49],
  ['W50_199', 50, 199],
  ['W200_PLUS', 200, 900],
] as const;

/** The code of list SIZE_BAND. */
export const bandOf = (workers: number): string =>
  bands.find(([, , most]) => workers <= most)?.[0] ?? 'W200_PLUS';

/** The fewest and the most workers of the band that a number lies in. */
export function boundsOf(workers: number): readonly [number, number] {
  const [, least, most] = bands.find(([name]) => name === bandOf(workers))!;
  return [least, most];
}

/** With their weights, of list EMPLOYER_SECTOR. */
export const sectors = [
  ['TRADE', 24],
  ['SERVICES', 16],
  ['CONSTRUCTION', 15],
  ['MANUFACTURING', 15],
  ['AGRICULTURE', 10],
  ['TRANSPORT', 7],
  ['ACCOMMODATION', 6],
  ['EDUCATION_HEALTH', 4],
  ['MINING', 3],
] as const;

/** With their weights, of list OWNERSHIP. */
export const ownerships = [
  ['PRIVATE', 73],
  ['STATE', 11],
  ['COOPERATIVE', 11],
  ['FDI', 5],
] as const;

const namesByOwnership: Readonly<Record<string, readonly [string, string]>> = {
  PRIVATE: ['Công ty TNHH Mẫu', 'Sample Company'],
  STATE: ['Đơn vị Nhà nước Mẫu', 'Sample State Unit'],
  COOPERATIVE: ['Hợp tác xã Mẫu', 'Sample Cooperative'],
  FDI: ['Công ty TNHH Mẫu Quốc tế', 'Sample International Company'],
};

const kindNames: Readonly<Record<string, string>> = { WARD: 'Phường', COMMUNE: 'Xã' };

function workersOf(key: string, ownership: string): number {
  const weights = ownership === 'FDI' ? [0, 20, 45, 35] : [44, 36, 16, 4];
  const [, least, most] = pickWeighted(
    `band ${key}`,
    bands.map((band, i) => [band, weights[i]!] as const),
  );
  // Small ones are more common within a band, too. A product is the same number on every machine.
  const low = chance(`workers ${key}`) * between(`small ${key}`, 0.5, 1);
  return least + Math.floor((most - least + 1) * low);
}

function cycleOf(key: string, sector: string, story: Story): string {
  if (story !== 'PROMPT') return 'MONTHLY';
  const others = sector === 'AGRICULTURE' ? 30 : 6;
  return pickWeighted(`cycle ${key}`, [
    ['MONTHLY', 100 - 1.5 * others],
    ['QUARTERLY', others],
    ['SEMIANNUAL', others / 2],
  ]);
}

/** Since when it must register its workers, when it did, and when it ended. */
function datesOf(key: string, story: Story) {
  if (story === 'LATE_UNREGISTERED') {
    const liable = addDays('2026-04-02', wholeBetween(`liable ${key}`, 0, 26));
    return { liable_from: liable, registered_on: null, closed_on: null };
  }
  if (story === 'UNREGISTERED') {
    const liable = addDays('2025-09-01', wholeBetween(`liable ${key}`, 0, 110));
    return { liable_from: liable, registered_on: null, closed_on: null };
  }
  const liable = addDays('2012-01-01', wholeBetween(`liable ${key}`, 0, 4_500));
  const registered = addDays(liable, wholeBetween(`registered ${key}`, 3, 28));
  const closed = addDays('2026-01-10', wholeBetween(`closed ${key}`, 0, 50));
  return {
    liable_from: liable,
    registered_on: registered,
    closed_on: story === 'CLOSED' ? closed : null,
  };
}

function employerRow(
  key: string,
  { province, commune, story }: { province: DemonstrationProvince; commune: Commune; story: Story },
) {
  const ownership = pickWeighted(`ownership ${key}`, ownerships);
  const sector = pickWeighted(`sector ${key}`, sectors);
  const workers = workersOf(key, ownership);
  const [vi, en] = namesByOwnership[ownership]!;
  const name = `${vi} ${key}`;
  return {
    id: `demo-employer-${key}`,
    topic: 'DEBT',
    area_id: commune.id,
    province_id: province.id,
    unit_code: `MAU-${key}`,
    name_vi: name,
    name_en: `${en} ${key}`,
    address: `${kindNames[commune.kind] ?? 'Xã'} ${commune.nameVi}, tỉnh ${province.nameVi}`,
    sector,
    ownership,
    size_band: bandOf(workers),
    is_natural_person: false,
    office_id: officeOf(commune.id, province.id).id,
    payment_cycle: cycleOf(key, sector, story),
    ...datesOf(key, story),
    source_id: 'demo-debt',
    contributor_id: contributorOf(commune.id, province.id),
  };
}

type Told = Pick<Employer, 'story' | 'turn'>;

/** The story of each employer of a province, by its number. */
function storiesOf(province: DemonstrationProvince): Told[] {
  const numbers = Array.from({ length: employersPerProvince }, (_, i) => i);
  const order = shuffled(numbers, (i) => `story ${province.code} ${i}`);
  const stories = numbers.map((turn): Told => ({ story: 'PROMPT', turn }));
  const told = storyCounts.flatMap(([story, count]) =>
    Array.from({ length: count }, (_, turn) => ({ story, turn })),
  );
  told.forEach((one, i) => (stories[order[i]!] = one));
  return stories;
}

export function generateEmployers(territory: Territory): Employer[] {
  return provinces.flatMap((province) => {
    const communes = inProvince(territory.current, province.id);
    const share = ({ kind }: Commune) => (kind === 'WARD' ? 2.5 : 1);
    const counts = allocate(
      employersPerProvince,
      communes.map((commune) => populationWeight(commune) * share(commune)),
    );
    const places = communes.flatMap((commune, i) => Array<Commune>(counts[i]!).fill(commune));
    const stories = storiesOf(province);
    return places.map((commune, i): Employer => {
      const key = `${province.code}-${String(i + 1).padStart(3, '0')}`;
      const { story, turn } = stories[i]!;
      const row = employerRow(key, { province, commune, story });
      const salary = Math.round(between(`salary ${key}`, 5_200, 11_500)) * 1_000;
      return { row, province, story, turn, workers: workersOf(key, row.ownership), salary };
    });
  });
}
