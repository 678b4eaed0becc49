/** The demonstration data: the same every time, calibrated, lawful in itself, marked, and no one's but its territory's. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { listedSuccessors } from '../src/area/load-communes.ts';
import { areaFiles, readAreas } from '../src/area/load.ts';
import { demoDataCommand } from '../src/commands/database.ts';
import { readConfig } from '../src/config.ts';
import { funds, openAccount, paidBy, type Account } from '../src/demonstration/contributions.ts';
import { generateEmployers } from '../src/demonstration/employers.ts';
import type { MovementRow } from '../src/demonstration/enrolment.ts';
import { generate } from '../src/demonstration/generate.ts';
import { demonstrationVersion, loadDemonstration } from '../src/demonstration/load.ts';
import { parameterFile, readParameters } from '../src/demonstration/parameters.ts';
import { provinces } from '../src/demonstration/sources.ts';
import { targetFile, Targets } from '../src/demonstration/targets.ts';
import { territoryOf } from '../src/demonstration/territory.ts';
import { openStore } from '../src/open.ts';
import { CsvFiles } from '../src/platform/csv.ts';
import { seedDirectory } from '../src/platform/paths.ts';
import type { LoadReport } from '../src/platform/seed.ts';
import { openEmbeddedStore } from '../src/platform/store.ts';
import { openGateway, storeKinds, type TestGateway } from './support/gateway.ts';

async function readInputs() {
  const files = await CsvFiles.read(seedDirectory, [...areaFiles, targetFile, parameterFile]);
  const { areas } = await readAreas(files);
  const targets = new Targets(files);
  const parameters = readParameters(files);
  files.refuseProblems();
  return { territory: territoryOf(areas, await listedSuccessors()), targets, parameters };
}

const { territory, targets, parameters } = await readInputs();
const agencies = new Map([
  ['lc-labour-confederation', 'union-lao-cai'],
  ['lc-labour-department', 'labour-lao-cai'],
]);
const make = () => generate(territory, targets, agencies, parameters);

/** Every table as a list of rows. */
function tables(data: ReturnType<typeof make>): Record<string, readonly object[]> {
  const { enrolment, obligations, payments, ...lists } = data;
  return {
    ...lists,
    movements: [...enrolment.rows()],
    obligations: [...obligations()],
    payments: [...payments()],
  };
}

function digestOf(data: ReturnType<typeof make>): string {
  const hash = createHash('sha256');
  for (const [name, rows] of Object.entries(tables(data)).sort()) {
    hash.update(`\0${name}\0`);
    for (const row of rows) hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}

const data = make();
const movements: readonly MovementRow[] = [...data.enrolment.rows()];
const obligations = [...data.obligations()];
const payments = [...data.payments()];

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

const totals = new Map(
  [...groupBy(movements, (row) => `${row.province_id} ${row.scheme} ${row.time_period}`)].map(
    ([key, rows]) => [
      key,
      {
        opening: sum(rows.map((row) => row.opening)),
        closing: sum(rows.map((row) => row.closing)),
      },
    ],
  ),
);
const totalOf = (province: string, scheme: string, month: string) =>
  totals.get(`${province} ${scheme} ${month}`)!;

describe('the demonstration data is the same every time', () => {
  test('made twice, it is equal', () => {
    expect(digestOf(make())).toBe(digestOf(data));
  });

  // Whoever changes what is made raises the version, so that a database loads it anew.
  test('this version makes these rows', () => {
    expect([demonstrationVersion, digestOf(data)]).toEqual([
      7,
      '683e888a70689fc516a24c50eff2f213edf3b7f6a5b060874f05d8c4029f7320',
    ]);
  });

  test('keys are unique', () => {
    for (const [name, rows] of Object.entries(tables(data))) {
      const ids = rows.flatMap((row) => ('id' in row ? [row.id] : []));
      expect(new Set(ids).size, name).toBe(ids.length);
    }
    const figures = [...data.figures, ...data.outputs].map((row) => row.figure_id);
    expect(new Set(figures).size).toBe(figures.length);
    expect(figures.filter((id) => !id.startsWith('demo-'))).toEqual([]);
  });
});

describe('enrolment', () => {
  test('meets every stated total within 2 percent, and each total says how it was reckoned', () => {
    const stated = targets.rows.filter((row) => row.indicator === 'PARTICIPANTS');
    expect(stated).toHaveLength(54);
    for (const { area_id: area, scheme, time_period: time, value } of stated) {
      const month = time.text.slice(0, 7);
      // The stock at the end of 2023 is the opening of the first month.
      const made =
        month === '2023-12'
          ? totalOf(area, scheme!, '2024-01').opening
          : totalOf(area, scheme!, month).closing;
      expect(Math.abs(made / value - 1), `${area} ${scheme} ${month}`).toBeLessThanOrEqual(0.02);
    }
    for (const { base, rate_percent: rate, value, basis } of targets.rows) {
      expect(basis.length).toBeGreaterThan(20);
      expect((base === null) === (rate === null)).toBe(true);
      if (base !== null) expect(value).toBe(Math.round((Number(base) * Number(rate)) / 100));
    }
  });

  test('closes what it opens, month after month, and counts nobody below zero', () => {
    const series = groupBy(
      movements,
      (row) => `${row.area_id}/${row.scheme}/${row.participant_group}`,
    );
    expect(series.size).toBe((860 + 274) * 3);
    for (const [key, rows] of series) {
      let previous: number | null = null;
      for (const row of rows) {
        const left =
          row.left_withdrawal +
          row.left_pension +
          row.left_other_scheme +
          row.left_moved +
          row.left_stopped;
        expect(row.id).toBe(`${key}/${row.time_period}`);
        expect(row.opening + row.joined + row.returned - left).toBe(row.closing);
        expect(
          Math.min(row.opening, row.joined, row.returned, left, row.left_withdrawal, row.closing),
        ).toBeGreaterThanOrEqual(0);
        if (previous !== null) expect(row.opening).toBe(previous);
        previous = row.closing;
      }
    }
  });

  test.each(provinces)('of $id opens with what its predecessors closed with', (province) => {
    for (const scheme of ['COMPULSORY_SI', 'VOLUNTARY_SI', 'HEALTH_INSURANCE']) {
      const before = province.predecessors.map((id) => totalOf(id, scheme, '2025-06').closing);
      expect(totalOf(province.id, scheme, '2025-07').opening, scheme).toBe(sum(before));
    }
  });

  test('holds small cells in both structures, and people who took their money out', () => {
    const small = movements.filter((row) => row.closing < 5);
    const communes = new Set(small.map((row) => row.area_id));
    expect(communes.size).toBeGreaterThanOrEqual(30);
    for (const vintage of ['2025-06', '2025-07']) {
      const here = [...communes].filter((id) => id.endsWith(vintage));
      expect(here.length, vintage).toBeGreaterThanOrEqual(10);
    }
    expect(small.some((row) => row.closing === 0)).toBe(true);
    expect(new Set(small.map((row) => row.scheme))).toEqual(new Set(['VOLUNTARY_SI']));
    expect(sum(movements.map((row) => row.left_withdrawal))).toBeGreaterThan(10_000);
  });

  test('is published by province and quarter as the sum of its communes, each in its release', () => {
    const published = data.figures.filter((row) => row.audience === 'PUBLISHED');
    expect(published).toHaveLength((6 * 4 + 4 * 3) * 3);
    const releases = new Map(data.releases.map((release) => [release.id, release]));
    for (const row of published) {
      const { closing } = totalOf(row.area_id, row.scheme!, row.time_period.slice(0, 7));
      expect(row.value, row.figure_id).toBe(closing);
      const release = releases.get(row.release_id!)!;
      expect(release).toMatchObject({ area_id: row.area_id, version: 1, withdrawn_at: null });
      expect(release.period_end).toBe(row.time_period);
      expect(row.published_at).toBe(release.published_at);
      expect(row.obs_status).toBe(release.provisional ? 'P' : 'A');
    }
    const announced = data.releases.filter((release) => release.approved_at === null);
    expect(announced).toHaveLength(6 * 3);
    for (const release of announced) {
      expect(published.some((row) => row.release_id === release.id)).toBe(false);
      expect(release).toMatchObject({ published_at: null, approved_by: null });
    }
  });
});

describe('population and labour force', () => {
  test.each(
    targets.rows
      .filter((row) => row.indicator !== 'PARTICIPANTS')
      .map((row) => [row.area_id, row.indicator, row.time_period.text, row.value] as const),
  )('of %s, %s %s, add up to %i exactly', (area, indicator, year, value) => {
    const rows = data.figures.filter(
      (row) => row.province_id === area && row.indicator === indicator && row.time_period === year,
    );
    expect(sum(rows.map((row) => row.value))).toBe(value);
    expect(rows.every((row) => row.audience === 'INTERNAL' && row.value > 0)).toBe(true);
  });

  test('has fewer workers than people everywhere', () => {
    const values = new Map(data.figures.map((row) => [row.figure_id, row.value]));
    for (const [id, value] of values) {
      if (!id.startsWith('demo-labour-force-')) continue;
      const people = values.get(id.replace('labour-force', 'population-count'))!;
      expect(value, id).toBeLessThan(people);
    }
  });
});

const accounts = new Map<string, Account>(
  generateEmployers(territory).map((employer) => [employer.row.id, openAccount(employer)]),
);
const lastDay = '2026-06-30';
const internal = data.positions.filter((row) => row.audience === 'INTERNAL');

describe('employers', () => {
  test('are 300 a province, none a person, served by the office of their commune', () => {
    for (const { id } of provinces) {
      expect(data.employers.filter((row) => row.province_id === id)).toHaveLength(300);
    }
    expect(data.employers.filter((row) => row.is_natural_person)).toEqual([]);
    expect(data.employers.map((row): string => row.ownership)).not.toContain('HOUSEHOLD_BUSINESS');
    expect(data.employers.filter((row) => !/ Mẫu .*\d\d-\d{3}$/.test(row.name_vi))).toEqual([]);
    expect(data.employers.some((row) => row.ownership === 'FDI')).toBe(true);
    const grassroots = data.employers.filter((row) => row.office_id === 'office-tua-chua');
    expect(grassroots.length).toBeGreaterThan(5);
    expect(new Set(grassroots.map((row) => row.contributor_id))).toEqual(new Set(['si-tua-chua']));
    expect(grassroots.some((row) => internal.some((held) => held.employer_id === row.id))).toBe(
      true,
    );
  });

  test('have as many workers as their size band says', () => {
    const bands: Record<string, [number, number]> = {
      W1_9: [1, 9],
      W10_49: [10, 49],
      W50_199: [50, 199],
      W200_PLUS: [200, Infinity],
    };
    const sizeBand = new Map(data.employers.map((row) => [row.id, row.size_band]));
    for (const row of obligations) {
      const [least, most] = bands[sizeBand.get(row.employer_id)!]!;
      expect(row.workers).toBeGreaterThanOrEqual(least);
      expect(row.workers).toBeLessThanOrEqual(most);
    }
  });
});

describe('contributions', () => {
  const parts = {
    retirement: 22n,
    sickness: 3n,
    unemployment: 2n,
  };

  test('are the legal shares of their base, rounded half up once', () => {
    const half = (numerator: bigint, denominator: bigint) =>
      (2n * numerator + denominator) / (2n * denominator);
    for (const row of obligations) {
      const base = BigInt(row.contribution_base);
      for (const [fund, percent] of Object.entries(parts)) {
        const due = row[`due_${fund}` as 'due_retirement'];
        expect(BigInt(due)).toBe(half(base * percent, 100n));
      }
      expect(BigInt(row.due_accident)).toBe(half(base * 5n, 1_000n));
      expect(BigInt(row.due_health)).toBe(half(base * 45n, 1_000n));
    }
  });

  test.each([
    ['MONTHLY', '2025-07', '2025-08-31'],
    ['MONTHLY', '2026-01', '2026-02-28'],
    ['QUARTERLY', '2025-07', '2025-10-31'],
    ['QUARTERLY', '2025-09', '2025-10-31'],
    ['SEMIANNUAL', '2025-08', '2026-01-31'],
    ['SEMIANNUAL', '2026-06', '2026-07-31'],
  ])('of a %s payer for %s are due on %s', (cycle, month, due) => {
    const payers = new Set(
      data.employers.filter((row) => row.payment_cycle === cycle).map((row) => row.id),
    );
    const found = obligations.filter(
      (row) => payers.has(row.employer_id) && row.time_period === month,
    );
    expect(new Set(found.map((row) => row.due_on))).toEqual(new Set([due]));
  });

  test('what is paid on obligations is what was received, oldest first', () => {
    const paidOn = groupBy(obligations, (row) => row.employer_id);
    const received = groupBy(payments, (row) => row.employer_id);
    for (const [employer, rows] of paidOn) {
      const money = sum((received.get(employer) ?? []).map((row) => row.amount));
      const counted = rows.map((row) =>
        sum(funds.map((fund) => row[`paid_${fund}` as 'paid_health'])),
      );
      expect(sum(counted), employer).toBe(money);
      const account = accounts.get(employer)!;
      if (account.suspension) continue;
      const whole = rows.map((row) => sum(funds.map((fund) => row[`due_${fund}` as 'due_health'])));
      const firstOpen = counted.findIndex((paid, i) => paid < whole[i]!);
      if (firstOpen !== -1) expect(sum(counted.slice(firstOpen + 1)), employer).toBe(0);
    }
    expect(payments.every((row) => row.amount > 0 && row.received_on <= lastDay)).toBe(true);
  });
});

/** What an employer owed of some funds that was due before a day, from the books alone. */
function owedOn(
  employer: string,
  day: string,
  paidUntil = day,
  of: readonly (typeof funds)[number][] = funds,
): number {
  const account = accounts.get(employer)!;
  const paid = paidBy(account, paidUntil);
  const { suspension } = account;
  return sum(
    account.dues.map((due, i) => {
      if (due.dueOn >= day) return 0;
      const waits = suspension && due.month >= suspension.from && due.month <= suspension.to;
      const open = (fund: (typeof funds)[number]) => due.amounts[fund] - paid[i]![fund];
      return sum(of.filter((fund) => !(waits && fund === 'retirement')).map(open));
    }),
  );
}

describe('debt', () => {
  const states = [
    'ON_TIME',
    'LATE_UNPAID',
    'LATE_UNREGISTERED',
    'EVASION_UNREGISTERED',
    'EVASION_UNDERDECLARED',
    'EVASION_UNPAID_AFTER_REMINDER',
    'EXCUSED',
    'SUSPENDED',
    'HARD_TO_COLLECT',
  ];
  const eventsOf = (employer: string, kind: string) =>
    data.events.filter((event) => event.employer_id === employer && event.kind === kind);
  const employerOf = new Map(data.employers.map((row) => [row.id, row]));
  const dayAfter = (day: string, count: number) =>
    new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);

  test.each(provinces.flatMap(({ id }) => states.map((state) => [id, state] as const)))(
    '%s has at least five employers that are %s',
    (province, state) => {
      const found = internal.filter(
        (row) => row.province_id === province && row.state === state && row.as_of === lastDay,
      );
      expect(found.length).toBeGreaterThanOrEqual(5);
    },
  );

  test('is what the books leave open on the day', () => {
    for (const row of internal) {
      expect(row.amount, row.id).toBe(owedOn(row.employer_id, row.as_of));
      for (const fund of funds) {
        const owed = owedOn(row.employer_id, row.as_of, row.as_of, [fund]);
        expect(row, row.id).toMatchObject({ [`amount_${fund}`]: owed });
      }
      expect(row.months_late === 0).toBe(row.amount === 0);
      if (row.oldest_due_on) expect(row.oldest_due_on < row.as_of).toBe(true);
      if (row.state === 'ON_TIME' || row.state === 'SUSPENDED') expect(row.amount).toBe(0);
    }
  });

  test('of everyone who owes anything has a position on each day', () => {
    const known = new Set(internal.map((row) => `${row.employer_id} ${row.as_of}`));
    for (const day of ['2026-03-31', '2026-04-30', '2026-05-31', lastDay]) {
      for (const id of accounts.keys()) {
        if (owedOn(id, day) > 0) expect(known.has(`${id} ${day}`), `${id} ${day}`).toBe(true);
      }
    }
  });

  test('is in the state that its circumstances give, since the day that they give', () => {
    for (const row of internal) {
      const employer = employerOf.get(row.employer_id)!;
      const oldest = row.oldest_due_on;
      const deadline = dayAfter(employer.liable_from, 30);
      if (row.state_since) expect(row.state_since <= row.as_of, row.id).toBe(true);
      if (row.state === 'EVASION_UNPAID_AFTER_REMINDER') {
        const reminders = eventsOf(row.employer_id, 'REMINDER').map((event) => event.occurred_on);
        expect(reminders.some((day) => day > oldest! && day <= row.state_since!)).toBe(true);
        expect(row.state_since! > dayAfter(oldest!, 60)).toBe(true);
      }
      // Where the oldest months are excused, the state is that of younger ones.
      if (row.state === 'LATE_UNPAID' && eventsOf(row.employer_id, 'FORCE_MAJEURE').length === 0) {
        expect(row.state_since).toBe(dayAfter(oldest!, 1));
      }
      if (row.state === 'LATE_UNREGISTERED') {
        expect([employer.registered_on, row.state_since]).toEqual([null, dayAfter(deadline, 1)]);
        expect(row.as_of <= dayAfter(deadline, 60)).toBe(true);
      }
      if (row.state === 'EVASION_UNREGISTERED') {
        expect([employer.registered_on, row.state_since]).toEqual([null, dayAfter(deadline, 61)]);
      }
      if (row.state === 'EXCUSED') {
        const [event] = eventsOf(row.employer_id, 'FORCE_MAJEURE');
        // Excused is an evasion, so it begins when that would have, or with a later recognition.
        expect(event!.occurred_on <= row.state_since!, row.id).toBe(true);
        expect(row.state_since! > dayAfter(oldest!, 60), row.id).toBe(true);
      }
      if (row.state === 'SUSPENDED') {
        const [event] = eventsOf(row.employer_id, 'SUSPENSION');
        expect(event?.occurred_on).toBe(row.state_since);
        expect(event!.until_on! >= row.as_of).toBe(true);
      }
      if (row.state === 'HARD_TO_COLLECT') expect(employer.closed_on).toBe(row.state_since);
      const hasArticle = /^41\/2024\/QH15 Art (37|38|39|38\(4\))$/.test(row.legal_basis ?? '');
      expect(hasArticle).toBe(!['ON_TIME', 'HARD_TO_COLLECT'].includes(row.state!));
    }
  });

  test('tells unions the same, but bands instead of small numbers', () => {
    const party = new Map(
      data.positions
        .filter((row) => row.audience === 'PARTY')
        .map((row) => [`${row.employer_id} ${row.as_of}`, row]),
    );
    expect(party.size).toBe(internal.length);
    for (const row of internal) {
      const {
        id: _,
        audience: __,
        workers_affected: told,
        ...rest
      } = party.get(`${row.employer_id} ${row.as_of}`)!;
      const withheld = ['became_late_on', 'became_late_amount', 'next_on', 'next_state'];
      withheld.push(
        'evasion_on',
        'evasion_amount',
        'reminded_evasion_on',
        'reminded_evasion_amount',
        ...funds.map((fund) => `amount_${fund}`),
      );
      const isWithheld = ([column]: [string, unknown]) => withheld.includes(column);
      const columns = Object.entries(rest);
      expect(columns.filter(isWithheld).map(([, value]) => value)).toEqual(
        withheld.map(() => null),
      );
      expect(row).toMatchObject(Object.fromEntries(columns.filter((one) => !isWithheld(one))));
      const isSmall = row.workers_affected! > 0 && row.workers_affected! < 10;
      expect(told).toBe(isSmall ? null : row.workers_affected);
      // Whoever owes nothing and has registered everyone affects nobody.
      const isCalm = ['ON_TIME', 'SUSPENDED'].includes(row.state!) && row.amount === 0;
      expect([row.workers_affected === 0, row.workers_band === 'W0']).toEqual([isCalm, isCalm]);
    }
    expect(internal.some((row) => row.workers_affected! < 10 && row.amount > 0)).toBe(true);
  });

  test('is reminded in the first ten days of a month', () => {
    const days = data.events
      .filter((event) => event.kind === 'REMINDER')
      .map((event) => Number(event.occurred_on.slice(8)));
    expect(days.length).toBeGreaterThan(100);
    expect(Math.max(...days)).toBeLessThanOrEqual(10);
  });

  test('sessions were kept, broken or are not yet due, as the payments say', () => {
    const sessions = data.events.filter((event) => event.kind === 'JOINT_SESSION');
    const outcomes = new Set<boolean | null>();
    for (const event of sessions) {
      const paid = payments
        .filter((row) => row.employer_id === event.employer_id)
        .filter(
          (row) => row.received_on >= event.occurred_on && row.received_on <= event.agreed_by!,
        );
      outcomes.add(event.kept);
      if (event.kept === true) {
        expect(sum(paid.map((row) => row.amount))).toBeGreaterThanOrEqual(event.amount!);
      }
      if (event.kept === false) expect(paid).toEqual([]);
      expect(event.kept === null, event.id).toBe(event.agreed_by! > lastDay);
      expect(event.agency_id).toMatch(/^labour-/);
    }
    expect([...outcomes].sort()).toEqual([false, null, true].sort());
    expect(
      sessions.some((event) => event.participant_ids.some((id) => id.startsWith('union-'))),
    ).toBe(true);
    expect(sessions.some((event) => event.confirmed_at === null)).toBe(true);
    for (const event of data.events.filter(({ kind }) => kind === 'SETTLEMENT')) {
      expect(owedOn(event.employer_id, event.occurred_on), event.id).toBe(0);
    }
  });

  test('of a third of the employers is open to unions; some only claim, some have left', () => {
    const confirmed = data.presences.filter((row) => row.confirmed_at && !row.ended_on);
    expect(confirmed.length / data.employers.length).toBeGreaterThan(0.28);
    expect(confirmed.length / data.employers.length).toBeLessThan(0.42);
    expect(data.presences.filter((row) => !row.confirmed_at).length).toBeGreaterThan(50);
    expect(data.presences.filter((row) => row.ended_on).length).toBeGreaterThan(10);
    for (const row of confirmed) expect(row.confirmed_by).toMatch(/^si-/);
  });
});

describe('the statutory lists', () => {
  test('are three a province, two of them published with a second person', () => {
    expect(data.lists).toHaveLength(9);
    for (const list of data.lists) {
      expect(list.published_at === null).toBe(list.time_period === '2026-Q2');
      expect(list.approved_by === null).toBe(list.published_at === null);
      expect(list.approved_by).not.toBe(list.prepared_by);
      expect(list.transmitted_at === null).toBe(list.published_at === null);
      expect(list.natural_persons_left_out).toBe(0);
    }
    // Some have closed down and owe for three months; they are counted apart.
    expect(data.lists.some((list) => list.hard_to_collect_left_out > 0)).toBe(true);
  });

  test('hold whom the law lets be listed, with the debt of its day less later payments', () => {
    const lists = new Map(data.lists.map((list) => [list.id, list]));
    const byUnit = new Map(data.employers.map((row) => [row.unit_code, row]));
    for (const entry of data.entries) {
      const list = lists.get(entry.list_id)!;
      const employer = byUnit.get(entry.unit_code)!;
      expect(entry).toMatchObject({
        name_vi: employer.name_vi,
        address: employer.address,
        published_at: list.published_at,
        province_id: employer.province_id,
      });
      expect(entry.months_late).toBeGreaterThanOrEqual(3);
      expect(entry.amount).toBe(owedOn(employer.id, list.debt_on, list.paid_until));
      const held = internal.find(
        (row) => row.employer_id === employer.id && row.as_of === list.debt_on,
      );
      if (list.time_period === '2025-Q4') continue;
      expect(['SUSPENDED', 'HARD_TO_COLLECT', 'ON_TIME']).not.toContain(held?.state);
      expect(entry.listed_as).toBe(held!.state!.startsWith('EVASION') ? 'EVADING' : 'LATE');
      expect(entry.amount).toBeLessThanOrEqual(held!.amount);
    }
    for (const list of data.lists) {
      const kinds = data.entries
        .filter((row) => row.list_id === list.id)
        .map((row) => row.listed_as);
      expect(new Set(kinds), list.id).toEqual(new Set(['LATE', 'EVADING']));
    }
  });
});

describe('campaigns and partners', () => {
  const ofPublished = new Map(data.campaigns.map((row) => [row.id, row.published_at]));

  test('are at least eight a province, some not yet public, with 5 to 10 activities each', () => {
    for (const { id } of provinces) {
      const here = data.campaigns.filter((row) => row.province_id === id);
      expect(here.length).toBeGreaterThanOrEqual(8);
      expect(here.some((row) => row.published_at === null)).toBe(true);
      expect(here.some((row) => row.published_at !== null)).toBe(true);
    }
    const counts = [...groupBy(data.activities, (row) => row.campaign_id).values()];
    expect(counts).toHaveLength(data.campaigns.length);
    for (const { length } of counts) {
      expect(length).toBeGreaterThanOrEqual(5);
      expect(length).toBeLessThanOrEqual(10);
    }
  });

  test('count what was held, in public once the campaign is', () => {
    const activities = new Map(data.activities.map((row) => [row.id, row]));
    const figures = new Set(data.figures.map((row) => row.figure_id));
    for (const output of data.outputs) {
      const activity = activities.get(output.activity_id)!;
      expect(activity.status).toBe('HELD');
      expect(output.audience === 'PUBLISHED').toBe(ofPublished.get(output.campaign_id) !== null);
      expect(output.series).toBeNull();
    }
    const credited = data.activities.flatMap((row) => row.outcome_ids);
    expect(credited.length).toBeGreaterThan(5);
    expect(credited.filter((id) => !figures.has(id))).toEqual([]);
    const parties = groupBy(data.campaignParties, (row) => String(row.confirmed_at !== null));
    expect([...parties.keys()].sort()).toEqual(['false', 'true']);
    expect(data.campaignParties.some((row) => row.agency_id === 'union-lao-cai')).toBe(true);
  });

  test('some that are not public have a party that agreed, and one that has not', () => {
    const draft = data.campaignParties.filter((row) => ofPublished.get(row.campaign_id) === null);
    for (const [drafts, unions] of [
      [draft, ['union-dien-bien', 'union-lao-cai', 'union-nghe-an']],
      [data.instrumentParties.filter((row) => row.published_at === null), ['union-lao-cai']],
    ] as const) {
      const agreed = drafts.filter((row) => row.confirmed_at !== null).map((row) => row.agency_id);
      expect(agreed).toEqual(expect.arrayContaining([...unions]));
      expect(drafts.some((row) => row.confirmed_at === null && row.agency_id !== null)).toBe(true);
    }
  });

  test('tasks are done, open and overdue', () => {
    const open = data.tasks.filter((task) => task.completed_on === null);
    expect(data.tasks.length - open.length).toBeGreaterThan(50);
    expect(open.filter((task) => task.due_on <= lastDay).length).toBeGreaterThan(20);
    expect(open.filter((task) => task.due_on > lastDay).length).toBeGreaterThan(20);
  });

  test('invented partners say so, and are organisations', () => {
    for (const partner of data.partners) {
      expect(partner.id).toMatch(/^demo-/);
      expect(partner.name_vi).toContain('mẫu');
      expect(partner.source_ids).toEqual(['demo-partner']);
    }
    expect(new Set(data.sources.map((source) => source.nature))).toEqual(new Set(['SYNTHETIC']));
  });

  test('three to five instruments a province, some not public', () => {
    for (const { id } of provinces) {
      const here = data.instruments.filter((row) => row.province_id === id);
      expect(here.length).toBeGreaterThanOrEqual(3);
      expect(here.length).toBeLessThanOrEqual(5);
      expect(here.some((row) => row.published_at === null)).toBe(true);
    }
  });
});

describe('loading it', () => {
  test('is refused in production, with the reason', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const refused = demoDataCommand().parseAsync([], { from: 'user' });
    await expect(refused).rejects.toThrow(/no place in production/);
    vi.unstubAllEnvs();
  });

  test('happens at a start when it has changed, and not at the next one', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'lienthong-start-'));
    cpSync(inject('embeddedTemplate'), home, { recursive: true });
    const config = readConfig({ DATA_DIR: home });
    const start = async () => (await openStore(config)).close();
    const tasks = async (statement: string) => {
      let count = -1;
      const store = await openEmbeddedStore(home, async (owner) => {
        await owner.query(statement);
        const { rows } = await owner.query<{ n: number }>(
          'select count(*)::int as n from agent_task',
        );
        count = rows[0]!.n;
      });
      await store.close();
      return count;
    };
    await start();
    expect(await tasks('delete from agent_task')).toBe(0);
    await start();
    expect(await tasks('select 1')).toBe(0);
    // As after a change of version, which the mark of what was loaded no longer fits.
    writeFileSync(path.join(home, 'database', 'seed.sha256'), 'another');
    await start();
    expect(await tasks('select 1')).toBe(data.tasks.length);
    rmSync(home, { recursive: true, force: true });
    // Five openings of an embedded database, two of them with all data to load.
  }, 240_000);
});

/** Of the demonstration's own rows, and of these with the territory and the reported figures. */
const rowsMax = { generated: 100_000, all: 150_000 };
const logs = ['access_record', 'access_salt', 'access_document', 'access_head', 'change_record'];

describe.each(storeKinds)('loaded on %s', (kind) => {
  let gateway: TestGateway;
  const reports: LoadReport[] = [];
  const counts: Record<string, number> = {};
  const notSynthetic: string[] = [];
  let people = -1;

  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        const client = await owner.connect();
        const ask = async (text: string) =>
          (await client.query(text)).rows as Record<string, any>[];
        const before = await countRows(ask);
        for (let n = 0; n < 2; n += 1) reports.push(await loadDemonstration(client));
        const after = await countRows(ask);
        for (const [table, rows] of Object.entries(after)) counts[table] = rows - before[table]!;
        counts['all tables'] = sum(Object.values(after));
        for (const table of await sourcedTables(ask)) {
          const [row] = await ask(
            // A sum of what became overdue has no one source.
            `select count(*)::int as n from "${table}" t left join source s on s.id = t.source_id
              where s.nature = 'SYNTHETIC' or t.source_id is null`,
          );
          if (row!['n'] !== counts[table]) notSynthetic.push(table);
        }
        people = (await ask('select count(*)::int as n from employer where is_natural_person'))[0]![
          'n'
        ];
        client.release();
      },
    });
  });
  afterAll(() => gateway.close());

  type Ask = (text: string) => Promise<Record<string, any>[]>;
  async function countRows(ask: Ask): Promise<Record<string, number>> {
    const tables = await ask(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`,
    );
    const found: Record<string, number> = {};
    for (const { name } of tables) {
      if (logs.includes(name)) continue;
      found[name] = (await ask(`select count(*)::int as n from "${name}"`))[0]!['n'];
    }
    return found;
  }
  const sourcedTables = async (ask: Ask): Promise<string[]> =>
    (
      await ask(
        `select table_name as name from information_schema.columns
          where table_schema = 'public' and column_name = 'source_id'`,
      )
    ).map(({ name }) => name as string);

  const ask = async (agency: string, query: string) => {
    const reply = await gateway.ask(agency, query);
    expect(reply.errors).toEqual([]);
    return reply.data;
  };

  test('all tables together stay within the limit', () => {
    const inserted = sum(Object.values(reports[0]!).map((table) => table.inserted));
    expect(inserted).toBeGreaterThan(80_000);
    expect(counts['all tables']).toBeGreaterThan(inserted);
    expect(inserted).toBeLessThanOrEqual(rowsMax.generated);
    expect(counts['all tables']).toBeLessThanOrEqual(rowsMax.all);
  });

  test('a second load changes nothing', () => {
    for (const [table, { inserted, updated, closed, unchanged }] of Object.entries(reports[1]!)) {
      expect({ inserted, updated, closed }, table).toEqual({ inserted: 0, updated: 0, closed: 0 });
      expect(unchanged, table).toBe(reports[0]![table]!.inserted);
    }
  });

  test('every row is from a source that says SYNTHETIC, and no employer is a person', () => {
    expect(notSynthetic).toEqual([]);
    expect(people).toBe(0);
  });

  test.each([
    ['si-nghe-an', '40', '11'],
    ['si-dien-bien', '11', '40'],
    ['labour-lao-cai', '15', '40'],
  ])('%s meets the employers and the debts of %s and none of %s', async (agency, own, other) => {
    const within = (code: string) => `where: {within: {code: "${code}", vintage: "2025-07"}}`;
    const found = await ask(
      agency,
      `{ own: employers(${within(own)}) { totalCount } other: employers(${within(other)}) { totalCount }
         debts: debtPositions(${within(other)}) { totalCount }
         all: employers { totalCount } }`,
    );
    const { own: here, other: there, debts, all } = found;
    expect([here, there, debts, all].map(({ totalCount }) => totalCount)).toEqual([300, 0, 0, 300]);
  });

  test('old communes belong to the agency of what became of their province', async () => {
    const query = `{ observations(where: {indicator: "POPULATION_COUNT", timePeriod: "2024", sourceId: "demo-enrolment"}, first: 200) {
      totalCount nodes { source { nature } refArea { province { code vintage } } } } }`;
    const { observations } = await ask('si-lao-cai', query);
    const own = (observations.nodes as any[]).map(({ refArea: { province } }) => province);
    expect(observations.totalCount).toBe(151 + 168);
    expect(new Set(own.map(({ code, vintage }) => `${code}@${vintage}`))).toEqual(
      new Set(['10@2025-06', '15@2025-06']),
    );
    expect((await ask('si-tua-chua', query)).observations.totalCount).toBe(0);
  });

  test('a union meets employers where its presence is confirmed, with bands for small ones', async () => {
    const { employers, debtPositions } = await ask(
      'union-nghe-an',
      `{ employers(first: 200) { totalCount nodes { code } }
         debtPositions(first: 200) { nodes { workersAffected workersBand employer { code } } } }`,
    );
    const confirmed = data.presences
      .filter((row) => row.agency_id === 'union-nghe-an' && row.confirmed_at && !row.ended_on)
      .map((row) => row.employer_id);
    const codes = (employers.nodes as any[]).map(({ code }) => code as string);
    expect(codes.sort()).toEqual(confirmed.sort());
    expect(debtPositions.nodes.length).toBeGreaterThan(20);
    for (const { workersAffected, employer } of debtPositions.nodes as any[]) {
      expect(confirmed).toContain(employer.code);
      // A band that stands for a number would tell of persons; nobody is not a person.
      if (workersAffected) expect(workersAffected).toBeGreaterThanOrEqual(10);
    }
  });

  test('nobody is said in public to take part before it has said so itself', async () => {
    const query = '{ campaigns(first: 100) { nodes { parties { confirmedAt } } } }';
    const unconfirmed = async (agency: string) => {
      const { campaigns } = await ask(agency, query);
      return (campaigns.nodes as any[])
        .flatMap(({ parties }) => parties as { confirmedAt: string | null }[])
        .filter(({ confirmedAt }) => confirmedAt === null).length;
    };
    expect(await unconfirmed('si-vn')).toBeGreaterThan(10);
    for (const agency of ['press-vn', 'press-nghe-an']) {
      expect(await unconfirmed(agency)).toBe(0);
    }
  });

  test.each(['si-dien-bien', 'si-lao-cai', 'si-nghe-an'])(
    'drawn up by the gateway, the published list of %s is the one that was generated',
    async (agency) => {
      const code = data.lists.find(
        (list) => list.contributor_id === agency && list.time_period === '2026-Q1',
      )!.id;
      const { errors } = await gateway.ask(
        agency,
        `mutation { correctStatutoryList(list: "${code}", reason: "To see.", anew: true) { code } }`,
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['LIST_UNCHANGED']);
    },
  );

  test('the press meets totals of provinces and the published lists, and nothing else', async () => {
    const { observations, statutoryLists, statutoryListEntries, campaigns } = await ask(
      'press-vn',
      `{ observations(first: 200, where: {sourceId: "demo-enrolment"}) { totalCount nodes { refArea { kind } } }
         statutoryLists { nodes { timePeriod } }
         statutoryListEntries { totalCount }
         campaigns(first: 100) { nodes { code } } }`,
    );
    expect(observations.totalCount).toBe(108);
    expect(new Set((observations.nodes as any[]).map(({ refArea }) => refArea.kind))).toEqual(
      new Set(['PROVINCE']),
    );
    const quarters = (statutoryLists.nodes as any[]).map(({ timePeriod }) => timePeriod as string);
    expect([...new Set(quarters)].sort()).toEqual(['2025-Q4', '2026-Q1']);
    const published = data.entries.filter((row) => row.published_at !== null);
    // Of each province the newest quarter: an older one would count an employer twice.
    const newest = published.filter((row) => row.list_id.includes('2026-Q1'));
    expect(newest.length).toBeGreaterThan(30);
    expect(statutoryListEntries.totalCount).toBe(newest.length);
    const open = data.campaigns.filter((row) => row.published_at !== null).map((row) => row.id);
    expect((campaigns.nodes as any[]).map(({ code }) => code as string).sort()).toEqual(
      open.sort(),
    );
  });
});
