/** Aggregates minus the list: a release of debts waits for the statutory list, and stands when it is subtracted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { did } from '../debt/event-bench.ts';
import { draftText, identifyText, second, stepText } from '../debt/list-bench.ts';
import { employer, insertDebt, obligation, payment, presence } from '../debt-marks.ts';
import { askOf, attackOn, openAttacker } from './attack.ts';
import { readAll } from './attacker.ts';
import {
  accepted,
  approve,
  draftRelease,
  errorCode,
  makeProtected,
  openBench,
  protectAgain,
  publishUnattacked,
  type ReleaseBench,
} from './support.ts';

const day = '2026-03-31';
const dienBien = { agency: 'si-dien-bien', area: '11', union: 'union-dien-bien' };
const laoCai = { agency: 'si-lao-cai', area: '15', union: 'union-lao-cai' };
type Office = typeof dienBien;
const areaText = ({ area }: Office) => `{ code: "${area}", vintage: "2025-07" }`;

/**
 * On the list; late enough for it, but paid before its cut-off; too little late. Of the last, ORGANISED are those where
 * the union of the province has members.
 */
type Kind = 'LISTED' | 'PAID' | 'RECENT' | 'ORGANISED';

interface Debtor {
  readonly id: string;
  readonly commune: string;
  /** For each month and fund, in hundreds of thousands. */
  readonly due: number;
  readonly kind: Kind;
}

let counted = 0;
const debtors = (commune: string, kind: Kind, dues: readonly number[]): Debtor[] =>
  dues.map((due) => ({ id: `debtor${(counted += 1)}`, commune, due, kind }));

/** Four months late, or one. */
const monthsOf = ({ kind }: Debtor) =>
  kind === 'LISTED' || kind === 'PAID' ? ['2025-10', '2025-11', '2025-12', '2026-01'] : ['2026-01'];
const unit = 100_000;
const owed = (debtor: Debtor) => BigInt(debtor.due * unit * 5 * monthsOf(debtor).length);

const [mixed, lonely, calm] = ['03127@2025-07', '03217@2025-07', '03220@2025-07'] as const;
const elsewhere = '02647@2025-07';
/** Three that owe 2,000 million each and may be known, two of them to a union, beside five that owe 20 million each. */
const between = new Map([
  [dienBien, '03244@2025-07'],
  [laoCai, '02869@2025-07'],
]);
const betweenIn = (office: Office) => between.get(office)!;
const largest = 2_000_000_000n;
const small = 20_000_000n;
const threeLarge = (commune: string) => [
  ...debtors(commune, 'ORGANISED', [4_000, 4_000]),
  ...debtors(commune, 'PAID', [1_000]),
  ...debtors(commune, 'RECENT', [40, 40, 40, 40, 40]),
];
/** Of the lonely commune the list names all but one. */
const all: readonly Debtor[] = [
  ...debtors(mixed, 'LISTED', [100]),
  ...debtors(mixed, 'RECENT', [300, 290, 280, 270, 260, 250]),
  ...debtors(lonely, 'LISTED', [100, 110, 120, 130, 140]),
  ...debtors(lonely, 'RECENT', [77]),
  ...debtors(calm, 'RECENT', [210, 220, 230, 240, 250, 260]),
  ...debtors(elsewhere, 'LISTED', [100, 110, 120, 130, 140]),
  ...debtors(elsewhere, 'RECENT', [77]),
  ...[...between.values()].flatMap(threeLarge),
];
/** Who owes nothing: else the business register would tell of each commune that all of it owes. */
const idle = [mixed, lonely, calm, elsewhere, ...between.values()].flatMap((commune) =>
  Array.from({ length: 10 }, (_, n) => employer(`idle${n}-${commune}`, commune)),
);
const unionOf = ({ commune }: Debtor) =>
  commune === betweenIn(dienBien) ? dienBien.union : laoCai.union;

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await openBench(
    (owner) =>
      insertDebt(owner, {
        employers: [...all.map(({ id, commune }) => employer(id, commune)), ...idle],
        obligations: all.flatMap((debtor) =>
          monthsOf(debtor).map((month) => obligation(debtor.id, month, [debtor.due * unit, 0])),
        ),
        payments: all
          .filter(({ kind }) => kind === 'PAID')
          .map((debtor) => payment(debtor.id, '2026-04-10', String(owed(debtor)))),
        presences: all
          .filter(({ kind }) => kind === 'ORGANISED')
          .map((debtor) => presence(debtor.id, unionOf(debtor))),
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

const owedOffList = (commune: string) =>
  all
    .filter((one) => one.commune === commune && one.kind !== 'LISTED')
    .map(owed)
    .sort((a, b) => (a < b ? 1 : -1));
const total = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n);

describe('a release of debts and the list of its quarter', () => {
  let list = '';

  test('it is not protected before the list is approved, whatever else the list has gone through', async () => {
    accepted(await draftRelease(bench, debtOf('debts')));
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
    const province = [mixed, lonely, calm, betweenIn(dienBien)];
    const shown = [...amounts].filter(([, value]) => value !== null && value > 0n);
    expect(shown.length).toBeGreaterThan(0);
    expect(amounts.get(lonely)).toBeNull();
    for (const [place, value] of shown) {
      const communes = place === '11@2025-07' ? province : [place];
      const left = communes.flatMap((commune) => owedOffList(commune));
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
      `update release_cell set shown = true, conf_status = 'F' where release_id = 'open' and not is_inner`,
    );
    expect(errorCode(await approve(bench, 'open'))).toBe('RELEASE_UNSAFE');
    await publishUnattacked(bench, 'open');
    const value = (await amountsOf('open')).get(elsewhere)!;
    expect(value - (await listedIn(elsewhere, laoCai))).toBe(38_500_000n);
    expect(owedOffList(elsewhere)).toEqual([38_500_000n]);
  });
});

describe('one union alone, between all and none of those who may be known', () => {
  /** What a union reads of single employers in a commune. */
  async function readBy(office: Office): Promise<readonly bigint[]> {
    const rows = await readAll(
      askOf(bench),
      office.union,
      'debtPositions',
      `within: ${areaText(office)}`,
      'asOf amount employer { area { code vintage } }',
    );
    const isHere = ({ code, vintage }: Record<string, string>) =>
      `${code}@${vintage}` === betweenIn(office);
    return rows
      .filter(({ asOf, employer: { area: place } }) => asOf === day && isHere(place))
      .map(({ amount }) => BigInt(amount));
  }

  /** By p% an amount is too close when the second of those left can tell the largest to within a tenth. */
  const isClose = (left: number) => (left - Number(small)) * 10 < Number(largest) * 11;

  test('finds the third of three where the table is published as it was counted', async () => {
    const read = await readBy(laoCai);
    expect(read).toEqual([largest, largest]);
    const value = (await amountsOf('open')).get(betweenIn(laoCai))!;
    const left = value - total(read);
    expect(left).toBe(largest + 5n * small);
    expect(isClose(Number(left))).toBe(true);
    // The two ends are safe: all of the large are unknown, and five alike are left of whom nobody knows.
    const unknown = owedOffList(betweenIn(laoCai));
    expect(unknown).toEqual([...[0, 0, 0].map(() => largest), ...[0, 0, 0, 0, 0].map(() => small)]);
  });

  test('can’t bound it in a release', async () => {
    const place = betweenIn(dienBien);
    expect((await amountsOf('debts')).get(place)).toBeNull();
    const key = `CONTRIBUTION_DEBT|${place}||EMPLOYERS||${day}`;
    const cells =
      '{ releaseCells(release: "debts", shown: false, first: 200) { nodes { key rules } } }';
    const { nodes } = accepted(await ask('si-dien-bien', cells)).data.releaseCells;
    // Not to protect another: it is unsafe by itself.
    expect(nodes.find((one: { key: string }) => one.key === key).rules).toEqual(['P_PERCENT']);
    const read = await readBy(dienBien);
    expect(read).toEqual([largest, largest]);
    const attacker = await openAttacker(bench, [dienBien.union]);
    const { bounds, wrong, found } = await attackOn(bench, 'debts', { attacker });
    expect(wrong).toEqual([]);
    expect(found).toEqual([]);
    const { high } = bounds.find((bound) => bound.key === key)!;
    expect(isClose(high - Number(total(read)))).toBe(false);
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
    accepted(await approve(bench, 'fourth'));
  });
});

const correctRelease = (code: string, next: string) =>
  `mutation { correctRelease(code: "${code}", newCode: "${next}", note: "Trial") { code } }`;
