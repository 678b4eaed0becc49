/** Zeros that everybody can read in the business register hide nobody: a release of debts does not lean on them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftText, identifyText, second, stepText } from '../debt/list-bench.ts';
import { employer, insertDebt, obligation } from '../debt-marks.ts';
import { askOf, attackOn, coalition, openAttacker } from './attack.ts';
import { Attacker } from './attacker.ts';
import {
  accepted,
  approve,
  makeProtected,
  openBench,
  publishUnattacked,
  type ReleaseBench,
} from './support.ts';

const day = '2026-03-31';
const dienBien = { agency: 'si-dien-bien', area: '11', communes: ['03127', '03217'] };
const laoCai = { agency: 'si-lao-cai', area: '15', communes: ['02647', '02869'] };
type Office = (typeof dienBien | typeof laoCai) & { readonly communes: readonly string[] };
const offices: readonly Office[] = [dienBien, laoCai];
const areaText = ({ area }: Office) => `{ code: "${area}", vintage: "2025-07" }`;
const million = 1_000_000;

/**
 * In the first commune one trader owes 2,000 million, and there is no mine. What its manufacturers owe hides more than
 * the trader owes, but not less: only mines could, of which there are some in the second commune alone.
 */
const places = [
  { at: 0, sector: 'TRADE', debtors: 1, millions: 2_000, others: 5 },
  { at: 0, sector: 'MANUFACTURING', debtors: 6, millions: 40, others: 5 },
  { at: 1, sector: 'TRADE', debtors: 6, millions: 500, others: 5 },
  { at: 1, sector: 'MANUFACTURING', debtors: 6, millions: 50, others: 5 },
  { at: 1, sector: 'MINING', debtors: 6, millions: 500, others: 5 },
] as const;

const units = offices.flatMap(({ area, communes }) =>
  places.flatMap(({ at, sector, debtors, millions, others }) =>
    Array.from({ length: debtors + others }, (_, n) => ({
      id: `unit-${area}-${at}-${sector}-${n}`,
      commune: `${communes[at]!}@2025-07`,
      sector,
      // To each of five funds; one month late, so that nobody is on a list.
      due: n < debtors ? (millions * million) / 5 : 0,
    })),
  ),
);

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await openBench(
    (owner) =>
      insertDebt(owner, {
        employers: units.map(({ id, commune, sector }) => employer(id, commune, { sector })),
        obligations: units
          .filter(({ due }) => due > 0)
          .map(({ id, due }) => obligation(id, '2026-01', [due, 0])),
      }),
    false,
  );
  for (const office of offices) {
    const ask = (text: string, who = {}) => bench.gateway.ask(office.agency, text, who);
    accepted(await ask(identifyText(areaText(office), day)));
    const drafted = accepted(await ask(draftText({ area: areaText(office) })));
    accepted(await ask(stepText('approve', drafted.data.draftStatutoryList.code), second));
  }
});
afterAll(() => bench.close());

const debtsOf = (code: string, { area, agency }: Office) =>
  makeProtected(bench, { code, area, agency, dataflow: 'DEBT_QUARTERLY', timePeriod: '2026-Q1' });

const lonely = ({ communes }: Office) =>
  `CONTRIBUTION_DEBT|${communes[0]!}@2025-07||EMPLOYERS|sector=TRADE|${day}`;

describe('a zero of the business register', () => {
  test('is no protection where a release leans on it: suppressed by hand', async () => {
    await debtsOf('by-hand', laoCai);
    const areas = laoCai.communes.map((code) => `${code}@2025-07`);
    const breakdowns = ['TRADE', 'MANUFACTURING', 'MINING'].map((sector) => `sector=${sector}`);
    await bench.owner.query(
      `update release_cell set
          shown = not (area_id = any($1) and breakdown = any($2)),
          conf_status = case when not (area_id = any($1) and breakdown = any($2)) then 'F'
            when conf_status in ('F', 'D') then 'D' else conf_status end
        where release_id = 'by-hand' and not is_inner`,
      [areas, breakdowns],
    );
    await publishUnattacked(bench, 'by-hand');
    const province = laoCai.area;
    const attacker = new Attacker(askOf(bench), coalition);
    const blind = await attackOn(bench, 'by-hand', { attacker, province });
    expect(blind.wrong).toEqual([]);
    expect(blind.bounds).toHaveLength(12);
    // Who does not know the register finds nothing.
    expect(blind.found).toEqual([]);
    const { wrong, found } = await attackOn(bench, 'by-hand', { province });
    expect(wrong).toEqual([]);
    expect(found.join()).toContain(lonely(laoCai));
  });

  test('is not what the gateway’s own protection leans on', async () => {
    await debtsOf('debts', dienBien);
    accepted(await approve(bench, 'debts'));
    const { bounds, wrong, found } = await attackOn(bench, 'debts');
    expect(bounds.map(({ key }) => key)).toContain(lonely(dienBien));
    expect(wrong).toEqual([]);
    expect(found).toEqual([]);
    const alone = await attackOn(bench, 'debts', {
      attacker: await openAttacker(bench, ['press-vn']),
      isCoalition: false,
    });
    expect(alone.wrong).toEqual([]);
    expect(alone.found).toEqual([]);
  });
});
