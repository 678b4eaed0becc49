/** Debts by size in the place of ownership: published, attacked, and once for all of a province and quarter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftText, identifyText, second, stepText } from '../debt/list-bench.ts';
import { employer, insertDebt, obligation } from '../debt-marks.ts';
import { askOf, attackOn, openAttacker } from './attack.ts';
import { readAll } from './attacker.ts';
import {
  accepted,
  approve,
  draftRelease,
  errorCode,
  openBench,
  protectAgain,
  type ReleaseBench,
  type ReleaseOf,
} from './support.ts';

const day = '2026-03-31';
const here = '{ code: "11", vintage: "2025-07" }';
const communes = ['03127@2025-07', '03217@2025-07'];
const sectors = ['TRADE', 'MANUFACTURING'];

/** In each commune and sector so many owe so many million; as many more owe nothing. */
const sizes = [
  { size: 'W1_9', debtors: 6, millions: 10 },
  { size: 'W10_49', debtors: 5, millions: 30 },
  { size: 'W50_199', debtors: 1, millions: 500 },
] as const;

const units = communes.flatMap((commune) =>
  sectors.flatMap((sector) =>
    sizes.flatMap(({ size, debtors, millions }) =>
      Array.from({ length: 2 * debtors }, (_, n) => ({
        id: `${commune.slice(0, 5)}-${sector}-${size}-${n}`,
        ...{ commune, sector, size },
        // To each of five funds; one month late, so that nobody is on a list.
        due: n < debtors ? (millions * 1_000_000 + n * 100_000) / 5 : 0,
      })),
    ),
  ),
);

let bench: ReleaseBench;
const ask = (agency: string, text: string, who = {}) => bench.gateway.ask(agency, text, who);
beforeAll(async () => {
  bench = await openBench(
    (owner) =>
      insertDebt(owner, {
        employers: units.map(({ id, commune, sector, size }) =>
          employer(id, commune, { sector, size_band: size }),
        ),
        obligations: units
          .filter(({ due }) => due > 0)
          .map(({ id, due }) => obligation(id, '2026-01', [due, 0])),
      }),
    false,
  );
  accepted(await ask('si-dien-bien', identifyText(here, day)));
  const drafted = accepted(await ask('si-dien-bien', draftText({ area: here })));
  const list = drafted.data.draftStatutoryList.code;
  accepted(await ask('si-dien-bien', stepText('approve', list), second));
});
afterAll(() => bench.close());

type Drafted = Omit<ReleaseOf, 'code'>;
const debts = { dataflow: 'DEBT_QUARTERLY', timePeriod: '2026-Q1' };
const draft = (code: string, by: Drafted = {}) => draftRelease(bench, { code, ...debts, ...by });
const breakdownOf = async (code: string, by: Drafted = {}) =>
  accepted(await draft(code, by)).data.draftRelease.breakdown;

describe('what a release may be broken down by', () => {
  test('is ownership unless size is asked for, and nothing of the country', async () => {
    expect(await breakdownOf('plain')).toBe('ownership');
    expect(await breakdownOf('sized', { breakdown: 'size' })).toBe('size');
    expect(await breakdownOf('country', { agency: 'si-vn', area: 'VN' })).toBeNull();
  });

  test.each<[string, Drafted]>([
    ['another dimension', { breakdown: 'sector' }],
    ['two at once', { breakdown: 'ownership;size' }],
    ['nothing', { breakdown: '' }],
    ['the country', { breakdown: 'size', agency: 'si-vn', area: 'VN' }],
    ['enrolment', { breakdown: 'size', dataflow: 'ENROLMENT_QUARTERLY' }],
  ])('is refused for %s', async (_, by) => {
    const { data, errors } = await draft('refused', by);
    expect(data).toBeNull();
    expect(errors[0]!.extensions).toMatchObject({
      code: 'BREAKDOWN_NOT_RELEASABLE',
      field: 'breakdown',
      breakdown: by.breakdown,
    });
  });
});

describe('a release by size', () => {
  test('states sizes of the province, and no attacker finds who is behind them', async () => {
    await protectAgain(bench, 'sized');
    accepted(await approve(bench, 'sized'));
    const nodes = await readAll(
      askOf(bench),
      'press-vn',
      'observations',
      'release: "sized", indicator: "EMPLOYERS_IN_DEBT"',
      'value refArea { code } breakdown { dimension code }',
    );
    const told = nodes.filter(({ breakdown: [first] }) => first?.dimension === 'size');
    const text = told.map(
      ({ value, refArea: { code }, breakdown: [{ code: size }] }) => `${code} ${size} ${value}`,
    );
    // Four of the large are too few, and a second size hides them.
    expect(text.sort()).toEqual(['11 W10_49 null', '11 W1_9 24', '11 W50_199 null']);
    expect(nodes.every(({ breakdown }) => breakdown.length < 2)).toBe(true);
    expect(nodes.some(({ breakdown: [first] }) => first?.dimension === 'ownership')).toBe(false);
    const { rows } = await bench.owner.query(
      `select 1 from release_cell where release_id = 'sized' and is_inner and breakdown = 'sector=TRADE;size=W1_9'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const [agencies, isCoalition] of [
      [['press-vn'], false],
      [undefined, true],
    ] as const) {
      const attacker = await openAttacker(bench, agencies);
      const { bounds, wrong, found } = await attackOn(bench, 'sized', { attacker, isCoalition });
      expect(bounds.length).toBeGreaterThan(5);
      expect(wrong).toEqual([]);
      expect(found).toEqual([]);
    }
  });

  test('leaves no room for one by ownership, from whomever, nor for a draft of before', async () => {
    for (const agency of ['si-dien-bien', 'si-vn']) {
      const { data, errors } = await draft('late', { agency });
      expect(data).toBeNull();
      expect(errors[0]!.extensions).toEqual({
        code: 'BREAKDOWN_TAKEN',
        breakdown: 'size',
        field: 'breakdown',
      });
      expect(errors[0]!.message).toContain('released by size');
    }
    await protectAgain(bench, 'plain');
    expect(errorCode(await approve(bench, 'plain'))).toBe('BREAKDOWN_TAKEN');
    const { rows } = await bench.owner.query(
      `select 1 from observation where release_id = 'plain' union all
       select 1 from release where id = 'plain' and approved_at is not null`,
    );
    expect(rows).toEqual([]);
  });

  test('is corrected by size, and rules out ownership after it is withdrawn too', async () => {
    const text = `mutation { correctRelease(code: "sized", newCode: "sized-2", note: "Late payments.") { breakdown version } }`;
    expect(accepted(await ask('si-dien-bien', text)).data.correctRelease).toEqual({
      breakdown: 'size',
      version: 2,
    });
    const withdraw = `mutation { withdrawRelease(code: "sized", reason: "Wrong.") { state } }`;
    accepted(await ask('steward-vn', withdraw, second));
    expect(errorCode(await draft('after'))).toBe('BREAKDOWN_TAKEN');
  });

  test('the choice is the calendar’s to show, and the next quarter’s is free', async () => {
    const text = `{ releases(where: { area: ${here} }, first: 50) { nodes { code breakdown } } }`;
    const { nodes } = accepted(await ask('press-vn', text)).data.releases;
    expect(nodes).toContainEqual({ code: 'sized', breakdown: 'size' });
    expect(await breakdownOf('next', { timePeriod: '2026-Q2' })).toBe('ownership');
  });
});
