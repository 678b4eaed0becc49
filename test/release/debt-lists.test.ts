/** Aggregates minus the list: a release of debts waits for the statutory list, and stands when it is subtracted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { did } from '../debt/event-bench.ts';
import { draftText, identifyText, second, stepText } from '../debt/list-bench.ts';
import { employer, insertDebt, obligation } from '../debt-marks.ts';
import { askOf, attackOn, openAttacker } from './attack.ts';
import { readAll } from './attacker.ts';
import {
  accepted,
  approve,
  errorCode,
  makeProtected,
  openBench,
  protectAgain,
  type ReleaseBench,
} from './support.ts';

const day = '2026-03-31';
const dienBien = { agency: 'si-dien-bien', area: '11' };
const laoCai = { agency: 'si-lao-cai', area: '15' };
type Office = typeof dienBien;
const areaText = ({ area }: Office) => `{ code: "${area}", vintage: "2025-07" }`;

interface Debtor {
  readonly id: string;
  readonly commune: string;
  /** For each month and fund. */
  readonly due: number;
  readonly isListed: boolean;
}

let counted = 0;
const debtors = (commune: string, isListed: boolean, dues: readonly number[]): Debtor[] =>
  dues.map((due) => ({ id: `debtor${(counted += 1)}`, commune, due, isListed }));

/** Four months late, or one. */
const monthsOf = ({ isListed }: Debtor) =>
  isListed ? ['2025-10', '2025-11', '2025-12', '2026-01'] : ['2026-01'];
const owed = (debtor: Debtor) => BigInt(debtor.due * 5 * monthsOf(debtor).length);

const [mixed, lonely, calm] = ['03127@2025-07', '03217@2025-07', '03220@2025-07'] as const;
const elsewhere = '02647@2025-07';
/** Of the lonely commune the list names all but one. */
const all: readonly Debtor[] = [
  ...debtors(mixed, true, [100]),
  ...debtors(mixed, false, [300, 290, 280, 270, 260, 250]),
  ...debtors(lonely, true, [100, 110, 120, 130, 140]),
  ...debtors(lonely, false, [77]),
  ...debtors(calm, false, [210, 220, 230, 240, 250, 260]),
  ...debtors(elsewhere, true, [100, 110, 120, 130, 140]),
  ...debtors(elsewhere, false, [77]),
];

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await openBench(
    (owner) =>
      insertDebt(owner, {
        employers: all.map(({ id, commune }) => employer(id, commune)),
        obligations: all.flatMap((debtor) =>
          monthsOf(debtor).map((month) => obligation(debtor.id, month, [debtor.due, 0])),
        ),
      }),
    false,
  );
  for (const office of [dienBien, laoCai]) {
    accepted(await bench.gateway.ask(office.agency, identifyText(areaText(office), day)));
  }
});
afterAll(() => bench.close());

const ask = (agency: string, text: string, who = {}) => bench.gateway.ask(agency, text, who);
const debtOf = (code: string, { area, agency }: Office = dienBien) => ({
  code,
  area,
  agency,
  dataflow: 'DEBT_QUARTERLY',
  timePeriod: '2026-Q1',
});
const protectText = (code: string) => `mutation { protectRelease(code: "${code}") { state } }`;

async function draftList(office: Office): Promise<string> {
  const reply = await ask(office.agency, draftText({ area: areaText(office) }));
  return accepted(reply).data.draftStatutoryList.code;
}
const approveList = async ({ agency }: Office, list: string) =>
  accepted(await ask(agency, stepText('approve', list), second));

/** What the press reads of the amounts of one release, by area. */
async function amountsOf(release: string): Promise<ReadonlyMap<string, bigint | null>> {
  const nodes = await readAll(
    askOf(bench),
    'press-vn',
    'observations',
    `release: "${release}", indicator: "CONTRIBUTION_DEBT"`,
    'value refArea { code vintage } breakdown { code }',
  );
  const whole = nodes.filter(({ breakdown }) => breakdown.length === 0);
  return new Map(
    whole.map(({ value, refArea: { code, vintage } }) => [
      `${code}@${vintage}`,
      value === null ? null : BigInt(value),
    ]),
  );
}

/** What the press reads of the list about one commune, whose units it knows from the business register. */
async function listedIn(commune: string, { area }: Office = dienBien): Promise<bigint> {
  const rows = await readAll(
    askOf(bench),
    'press-vn',
    'statutoryListEntries',
    `area: { code: "${area}", vintage: "2025-07" }`,
    'unitCode amount',
  );
  const units = all.filter((one) => one.commune === commune).map(({ id }) => `unit-${id}`);
  return rows
    .filter(({ unitCode }) => units.includes(unitCode))
    .reduce((sum: bigint, { amount }) => sum + BigInt(amount), 0n);
}

const owedIn = (commune: string, isListed: boolean) =>
  all
    .filter((one) => one.commune === commune && one.isListed === isListed)
    .map(owed)
    .sort((a, b) => (a < b ? 1 : -1));
const total = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n);

describe('a release of debts and the list of its quarter', () => {
  let list = '';

  test('it is not protected before the list is approved, whatever else the list has gone through', async () => {
    accepted(
      await ask(
        'si-dien-bien',
        `mutation { draftRelease(input: { code: "debts", dataflow: "DEBT_QUARTERLY", area: ${areaText(dienBien)},
          timePeriod: "2026-Q1", titleVi: "Thử", titleEn: "Trial", exceptional: true }) { code } }`,
      ),
    );
    const refused = async () => {
      const reply = await ask('si-dien-bien', protectText('debts'));
      expect(errorCode(reply)).toBe('RELEASE_LISTS_MISSING');
      expect(reply.errors[0]!.message).toContain('1 provinces or cities');
    };
    await refused();
    list = await draftList(dienBien);
    await refused();
    accepted(await ask('si-dien-bien', stepText('transmit', list)));
    await refused();
    const { rows } = await bench.owner.query(
      `select 1 from release_protection union all select 1 from release_job`,
    );
    expect(rows).toEqual([]);
    // An instant to come is enough: it is known what the list will say.
    const instant = new Date(Date.now() + 3_600_000).toISOString();
    const later = stepText('approve', list, `publishedAt: "${instant}"`);
    accepted(await ask('si-dien-bien', later, second));
    await protectAgain(bench, 'debts');
  });

  test('a list that is taken back, and another in its place, ask for another protection', async () => {
    accepted(await ask('si-dien-bien', stepText('withdraw', list, 'reason: "Too early."')));
    expect(errorCode(await approve(bench, 'debts'))).toBe('RELEASE_LISTS_MISSING');
    list = await draftList(dienBien);
    await approveList(dienBien, list);
    // The same employers with the same amounts: nothing else is known than before.
    accepted(await approve(bench, 'debts'));
    expect((await amountsOf('debts')).size).toBeGreaterThan(40);
  });

  test('without the list’s part, what is shown still hides everybody', async () => {
    const amounts = await amountsOf('debts');
    const shown = [...amounts].filter(([, value]) => value !== null && value > 0n);
    expect(shown.length).toBeGreaterThan(0);
    expect(amounts.get(lonely)).toBeNull();
    for (const [place, value] of shown) {
      const communes = place === '11@2025-07' ? [mixed, lonely, calm] : [place];
      const left = communes.flatMap((commune) => owedIn(commune, false));
      const listed = await Promise.all(communes.map((commune) => listedIn(commune)));
      expect(value! - total(listed)).toBe(total(left));
      // Five debtors or more, and nobody but the largest two is within 10 % of telling the largest.
      expect(left.length).toBeGreaterThanOrEqual(5);
      const [first = 0n, next = 0n] = left.sort((a, b) => (a < b ? 1 : -1));
      expect((total(left) - first - next) * 10n).toBeGreaterThanOrEqual(first);
    }
    const attacker = await openAttacker(bench, ['press-vn']);
    const { bounds, wrong, found } = await attackOn(bench, 'debts', {
      attacker,
      isCoalition: false,
    });
    expect(bounds.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
    expect(found).toEqual([]);
  });

  test('published as it was counted, the list leaves one debtor over', async () => {
    await approveList(laoCai, await draftList(laoCai));
    await makeProtected(bench, debtOf('open', laoCai));
    await bench.owner.query(
      `update release_cell set shown = true, conf_status = 'F' where release_id = 'open'`,
    );
    accepted(await approve(bench, 'open'));
    const value = (await amountsOf('open')).get(elsewhere)!;
    expect(value - (await listedIn(elsewhere, laoCai))).toBe(385n);
    expect(owedIn(elsewhere, false)).toEqual([385n]);
  });
});

describe('what comes between protection and approval', () => {
  test('a correction of the list', async () => {
    accepted(await ask('si-dien-bien', correctRelease('debts', 'again')));
    await protectAgain(bench, 'again');
    const reason = 'reason: "Wrong.", remove: ["unit-debtor1"]';
    const { nodes } = accepted(
      await ask(
        'si-dien-bien',
        `{ statutoryLists(where: { latest: true, area: ${areaText(dienBien)} }) { nodes { code } } }`,
      ),
    ).data.statutoryLists;
    const next = accepted(await ask('si-dien-bien', stepText('correct', nodes[0].code, reason)))
      .data.correctStatutoryList.code;
    await approveList(dienBien, next);
    // Whom a version named once is known for good.
    accepted(await approve(bench, 'again'));
  });

  test('a union’s presence at a debtor', async () => {
    accepted(await ask('si-dien-bien', correctRelease('again', 'third')));
    await protectAgain(bench, 'third');
    const union = 'union-dien-bien';
    const claim = { unitCode: 'unit-debtor14', nameVi: 'Công ty debtor14', since: '2026-01-01' };
    await did(bench, union, 'claimUnionPresence', claim);
    accepted(await approve(bench, 'third'));
    accepted(await ask('si-dien-bien', correctRelease('third', 'fourth')));
    await protectAgain(bench, 'fourth');
    await did(bench, 'si-dien-bien', 'confirmUnionPresence', { presence: `debtor14|${union}` });
    expect(errorCode(await approve(bench, 'fourth'))).toBe('RELEASE_KNOWLEDGE_CHANGED');
    await protectAgain(bench, 'fourth');
    expect(errorCode(await approve(bench, 'fourth'))).not.toBe('RELEASE_KNOWLEDGE_CHANGED');
  });
});

const correctRelease = (code: string, next: string) =>
  `mutation { correctRelease(code: "${code}", newCode: "${next}", note: "Trial") { code } }`;
