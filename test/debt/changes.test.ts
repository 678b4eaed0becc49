/** What changed about debts since one last looked, from outside: each change once, to whom it is for, and when. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertDebt, payment } from '../debt-marks.ts';
import { download } from '../observation/export-support.ts';
import { settle } from '../observation/replica-support.ts';
import { accepted, type ReleaseBench } from '../release/support.ts';
import type { AskOptions } from '../support/gateway.ts';
import { ensureBuilt, startCommand } from '../support/process.ts';
import { did, insurer, labour, today } from './event-bench.ts';
import {
  approve,
  book,
  debtOn,
  desk,
  dienBien,
  draft,
  identifyText,
  openListBench,
  stepText,
} from './list-bench.ts';

let bench: ReleaseBench;
let opened = '';
beforeAll(async () => {
  bench = await openListBench();
  const { rows } = await bench.owner.query('select clock_timestamp() as now');
  opened = (rows[0].now as Date).toISOString();
});
afterAll(() => bench.close());

const fields = `code kind action items eventKind recordedAt effectiveAt employer { code } entry { unitCode }
  was { asOf state amount monthsLate } is { asOf state amount monthsLate }`;
interface Asked {
  readonly after?: string | null;
  readonly since?: string;
  readonly first?: number;
  readonly where?: string;
}
function changes(
  agency: string,
  { after, since, first = 100, where }: Asked,
  options: AskOptions = {},
) {
  const given = [
    `first: ${first}`,
    ...(where ? [`where: ${where}`] : []),
    ...(since ? [`since: "${since}"`] : []),
    ...(after ? [`after: "${after}"`] : []),
  ];
  const text = `{ debtChanges(${given.join(', ')}) { cursor more changes { ${fields} } } }`;
  return bench.gateway.ask(agency, text, options);
}
async function refusal(...asked: Parameters<typeof changes>): Promise<string | undefined> {
  const { errors } = await changes(...asked);
  return errors[0]?.extensions.code;
}

const standing = (of: any) => (of ? `${of.asOf} ${of.state} ${of.amount} ${of.monthsLate}` : '-');
/** A change in a line, without codes that are made up. */
function line({ kind, action, items, eventKind, employer, was, is }: any): string {
  const more: Record<string, string> = {
    POSITION: `${standing(was)} > ${standing(is)}`,
    OBLIGATION: (items as string[]).join(' '),
    EVENT: eventKind,
  };
  return [kind, action, employer.code, more[kind] ?? ''].join(' ').trim();
}

class Looker {
  cursor: string | null = null;
  readonly codes = new Set<string>();
  readonly agency: string;
  readonly first: number;
  constructor(agency: string, first = 100) {
    this.agency = agency;
    this.first = first;
  }
  /** What it is told now, sorted; a change that it is told twice fails the test. */
  async told(): Promise<string[]> {
    await settle(bench.owner);
    const lines: string[] = [];
    for (;;) {
      const asked = this.cursor ? { after: this.cursor } : { since: opened };
      const page = accepted(await changes(this.agency, { ...asked, first: this.first })).data
        .debtChanges;
      for (const change of page.changes) {
        expect(this.codes, line(change)).not.toContain(change.code);
        this.codes.add(change.code);
        lines.push(line(change));
      }
      this.cursor = page.cursor;
      if (!page.more) return lines.sort();
    }
  }
}
async function lookers() {
  const all = {
    insurer: new Looker(desk, 3),
    labour: new Looker(labour),
    elsewhere: new Looker('si-lao-cai'),
  };
  for (const looker of Object.values(all)) await looker.told();
  return all;
}
type Lookers = Awaited<ReturnType<typeof lookers>>;
/** Everybody of the territory is told the same, once, and nobody of another one anything. */
async function expectTold(all: Lookers, lines: readonly string[]): Promise<void> {
  const sorted = [...lines].sort();
  expect(await all.insurer.told()).toEqual(sorted);
  expect(await all.labour.told()).toEqual(sorted);
  expect(await all.elsewhere.told()).toEqual([]);
}

const send = (agency: string, mutation: string, row: string, rows: readonly object[]) =>
  bench.gateway.ask(
    agency,
    `mutation($rows: [${row}!]!) { ${mutation}(rows: $rows) { inserted corrected unchanged } }`,
    { variables: { rows } },
  );
const paid = (reference: string, amount: number) => [
  { employer: 'late', reference, receivedOn: today, amount: String(amount) },
];
const owed = (timePeriod: string, sickness: string) => ({
  ...{ employer: 'person', timePeriod, workers: 20, contributionBase: '500000000', sickness },
  ...{ retirement: '0', accident: '0', unemployment: '0', health: '0' },
});

describe('whoever looks again is told what has changed', () => {
  test('facts: what is new and what says something else, an employer and call in one', async () => {
    const all = await lookers();
    const months = [owed('2025-05', '100'), owed('2025-06', '100')];
    accepted(await send(desk, 'recordObligations', 'ObligationRow', months));
    await expectTold(all, ['OBLIGATION RECORDED person 2025-05 2025-06']);
    const again = [owed('2025-05', '100'), owed('2025-06', '70')];
    accepted(await send(desk, 'recordObligations', 'ObligationRow', again));
    await expectTold(all, ['OBLIGATION CORRECTED person 2025-06']);
    accepted(await send(desk, 'recordPayments', 'PaymentRow', paid('a', 5)));
    await expectTold(all, ['PAYMENT RECORDED late']);
    accepted(await send(desk, 'recordPayments', 'PaymentRow', paid('a', 5)));
    await expectTold(all, []);
    accepted(await send(desk, 'recordPayments', 'PaymentRow', paid('a', 6)));
    await expectTold(all, ['PAYMENT CORRECTED late']);
    await bench.owner.query(`delete from payment where employer_id = 'late' and amount = 6`);
    await expectTold(all, ['PAYMENT REMOVED late']);
    expect(await all.insurer.told()).toEqual([]);
  });

  test('positions that changed, and no others', async () => {
    accepted(await bench.gateway.ask(desk, identifyText()));
    const all = await lookers();
    accepted(await bench.gateway.ask(desk, identifyText()));
    await expectTold(all, []);
    await book(bench, 'recent', debtOn, '1200');
    await expectTold(all, ['PAYMENT RECORDED recent']);
    accepted(await bench.gateway.ask(desk, identifyText()));
    const [told] = await all.insurer.told();
    expect(told).toMatch(
      /^POSITION CORRECTED recent 2026-03-31 LATE_UNPAID \d+ \d > 2026-03-31 LATE_UNPAID \d+ \d$/,
    );
    expect(await all.labour.told()).toEqual([told]);
    expect(await all.elsewhere.told()).toEqual([]);
    // Nothing is left of its debt, so that the day has no position of it.
    await book(bench, 'recent', '2026-03-30', '100000');
    accepted(await bench.gateway.ask(desk, identifyText()));
    expect(await all.insurer.told()).toEqual([
      'PAYMENT RECORDED recent',
      expect.stringMatching(/^POSITION REMOVED recent 2026-03-31 LATE_UNPAID \d+ \d > -$/),
    ]);
    // Of a new day: against the newest one before it.
    accepted(await bench.gateway.ask(desk, identifyText(dienBien, '2026-04-01')));
    const lines = await all.insurer.told();
    expect(lines.filter((text) => text.includes('suspended'))).toEqual([]);
    for (const text of lines)
      expect(text).toMatch(/^POSITION CORRECTED \w+ 2026-03-31 .* > 2026-04-01/);
  });

  test('events, step by step', async () => {
    const all = await lookers();
    const of = { employer: 'late' };
    const proposal = await did(bench, insurer, 'proposeInspection', { ...of, note: 'x' });
    await expectTold(all, ['EVENT PROPOSED late INSPECTION']);
    const planned = { ...of, on: today, plan: proposal.code };
    const plan = await did(bench, labour, 'planDebtEvent', { event: { inspection: planned } });
    await expectTold(all, ['EVENT PLANNED late INSPECTION', 'EVENT TAKEN_UP late INSPECTION']);
    await did(bench, labour, 'revokeDebtEvent', { event: plan.code, reason: 'x' });
    await expectTold(all, ['EVENT REVOKED late INSPECTION', 'EVENT PROPOSED late INSPECTION']);
    const reminder = { reminder: { ...of, on: today, document: 'CV 1' } };
    const sent = await did(bench, insurer, 'recordDebtEvent', { event: reminder });
    await expectTold(all, ['EVENT RECORDED late REMINDER']);
    const corrected = { reminder: { ...of, on: today, document: 'CV 2' } };
    const correction = { event: sent.code, as: corrected, reason: 'x' };
    await did(bench, insurer, 'correctDebtEvent', correction);
    await expectTold(all, ['EVENT CORRECTED late REMINDER']);
  });

  test('lists: nothing of a draft, and each step to whom it is open', async () => {
    const all = await lookers();
    const list = await draft(bench);
    await expectTold(all, []);
    const listed = ['evading', 'excused', 'late', 'paidlater'];
    const each = (action: string) => listed.map((name) => `STATUTORY_LIST ${action} ${name}`);
    accepted(await bench.gateway.ask(desk, stepText('transmit', list)));
    await expectTold(all, each('TRANSMITTED'));
    const instant = new Date(Date.now() + 4_000);
    accepted(await approve(bench, list, `, publishedAt: "${instant.toISOString()}"`));
    await expectTold(all, []);
    expect(Date.now()).toBeLessThan(instant.getTime());
    await sleep(instant.getTime() - Date.now() + 50);
    await expectTold(all, each('PUBLISHED'));
    const correction = accepted(
      await bench.gateway.ask(
        desk,
        `mutation { correctStatutoryList(list: "${list}", reason: "x", remove: ["unit-late"]) { code } }`,
      ),
    ).data.correctStatutoryList.code as string;
    await expectTold(all, []);
    accepted(await approve(bench, correction));
    // Who was removed is its makers' alone; whom the list names as before is no change.
    expect(await all.insurer.told()).toEqual(['STATUTORY_LIST REMOVED late']);
    expect(await all.labour.told()).toEqual([]);
    accepted(await bench.gateway.ask(desk, stepText('withdraw', correction, 'reason: "x"')));
    const rest = listed.filter((name) => name !== 'late');
    expect(await all.insurer.told()).toEqual(
      rest.map((name) => `STATUTORY_LIST WITHDRAWN ${name}`),
    );
    expect(await all.labour.told()).toEqual([]);
    expect(await all.elsewhere.told()).toEqual([]);
  });

  test('a publication that is taken back before its instant is told to nobody', async () => {
    const all = await lookers();
    const list = await draft(bench);
    const instant = new Date(Date.now() + 2_500);
    accepted(await approve(bench, list, `, publishedAt: "${instant.toISOString()}"`));
    accepted(await bench.gateway.ask(desk, stepText('withdraw', list, 'reason: "x"')));
    await sleep(instant.getTime() - Date.now() + 50);
    const published = (lines: string[]) => lines.filter((text) => text.includes('PUBLISHED'));
    for (const looker of Object.values(all)) expect(published(await looker.told())).toEqual([]);
    expect(await all.labour.told()).toEqual([]);
  });

  test('what a transaction wrote that was open meanwhile, and nothing of one that was rolled back', async () => {
    const all = await lookers();
    const late = await bench.owner.connect();
    await late.query('begin');
    await insertDebt(late as never, { payments: [payment('paid', '2026-05-01', '1')] });
    accepted(await send(desk, 'recordPayments', 'PaymentRow', paid('b', 7)));
    const page = accepted(await changes(desk, { after: all.insurer.cursor })).data.debtChanges;
    expect(page).toMatchObject({ changes: [], more: false });
    all.insurer.cursor = page.cursor;
    await late.query('commit');
    await expectTold(all, ['PAYMENT RECORDED late', 'PAYMENT RECORDED paid']);
    await late.query('begin');
    await insertDebt(late as never, { payments: [payment('paid', '2026-05-02', '1')] });
    await late.query('rollback');
    late.release();
    await expectTold(all, []);
  });
});

describe('where to begin, and with which cursor to go on', () => {
  test('without `since`, all that is kept; with it, what came since, under a filter', async () => {
    const all = accepted(await changes(desk, { first: 1_000 })).data.debtChanges.changes;
    const kinds = new Set(all.map(({ kind }: any) => kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['OBLIGATION', 'POSITION', 'STATUTORY_LIST']),
    );
    const later = accepted(await changes(desk, { since: opened, first: 1_000 })).data.debtChanges;
    expect(later.changes.length).toBeLessThan(all.length);
    const where = '{ employer: "recent", kind: [POSITION, PAYMENT] }';
    const asked = { since: opened, where };
    const some = accepted(await changes(desk, asked)).data.debtChanges.changes as any[];
    expect(some.length).toBeGreaterThan(2);
    expect(some.map(line)).toEqual(
      later.changes.map(line).filter((text: string) => /^(POSITION|PAYMENT) \w+ recent/.test(text)),
    );
  });

  test.each([
    ['before anything is kept', '2020-01-01T00:00:00Z'],
    ['in the future', '2999-01-01T00:00:00Z'],
  ])('an instant %s is refused', async (_when, since) => {
    expect(await refusal(desk, { since })).toBe('SINCE_OUT_OF_RANGE');
  });

  test('of another person, agency, filter or feed, or changed, a cursor is refused', async () => {
    const { cursor } = accepted(await changes(desk, { since: opened })).data.debtChanges;
    const after = cursor as string;
    expect(await refusal(desk, { after })).toBeUndefined();
    expect(await refusal(desk, { after }, { subject: 'second' })).toBe('RESYNC_REQUIRED');
    for (const agency of ['si-vn', labour]) {
      expect(await refusal(agency, { after })).toBe('RESYNC_REQUIRED');
    }
    expect(await refusal(desk, { after, where: '{ kind: [EVENT] }' })).toBe('RESYNC_REQUIRED');
    const feed = accepted(await bench.gateway.ask(desk, '{ observationChanges { cursor } }'));
    const other = feed.data.observationChanges.cursor as string;
    expect(await refusal(desk, { after: other })).toBe('CURSOR_INVALID');
    const crossed = await bench.gateway.ask(
      desk,
      `{ observationChanges(updatedAfter: "${after}") { more } }`,
    );
    expect(crossed.errors[0]?.extensions.code).toBe('CURSOR_INVALID');
    const first = after.startsWith('A') ? 'B' : 'A';
    expect(await refusal(desk, { after: `${first}${after.slice(1)}` })).toBe('CURSOR_INVALID');
  });

  test.each(['union-dien-bien', 'press-vn', 'audit-vn', 'steward-vn'])(
    'for %s there is no such list',
    async (agency) => {
      expect(await refusal(agency, {})).toBe('DOCUMENT_INVALID');
    },
  );

  test('the record names whose employers were told', async () => {
    accepted(await changes(desk, { since: opened, where: '{ employer: "recent" }' }));
    const { rows } = await bench.owner.query(
      `select convert_from(leaf, 'utf8') as leaf from access_record order by number desc limit 1`,
    );
    const leaf = JSON.parse(rows[0].leaf as string);
    expect(leaf.employers).toMatchObject({ ids: ['recent'] });
    expect(leaf.given.map(({ type }: any) => type)).toContain('DebtChange');
  });

  test('as a file: the same changes, and from the cursor of the last visit on', async () => {
    const file = async (args: string, accept = 'text/csv') => {
      const text = `mutation { exportDebtChanges(${args}) { url } }`;
      const { url } = accepted(await bench.gateway.ask(labour, text)).data.exportDebtChanges;
      const reply = await download(bench.gateway, labour, url, { headers: { accept } });
      expect(reply.status).toBe(200);
      return reply.text();
    };
    const rename = `update employer set name_vi = $1 where id = 'late'`;
    await bench.owner.query(rename, ['=1+1, <b>']);
    const since = `since: "${opened}"`;
    const list = accepted(await changes(labour, { since: opened, first: 1_000 })).data.debtChanges;
    const codes = list.changes.map(({ code }: any) => code);
    const text = await file(since);
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect(head).toMatch(
      /^\uFEFF?code,employer,unitCode,nameVi,kind,action,items,eventKind,entry,wasAsOf/,
    );
    expect(lines.map((row) => row.split(',')[0])).toEqual(codes);
    expect(text).toContain(`,"'=1+1, <b>",`);
    expect(text).toMatch(
      /POSITION,CORRECTED,,,,2026-03-31,LATE_UNPAID,\d+,\d+,2026-03-31,LATE_UNPAID,\d+,\d+,/,
    );
    const page = await file(`where: { kind: [PAYMENT] }, ${since}`, 'text/html');
    expect(page).toContain('=1+1, &lt;b&gt;');
    expect(page).not.toContain('<b>');
    expect(page).toContain('<td><div>Tiền đã nộp<br><small>Payment</small></div>');
    expect(page).not.toMatch(/>PAYMENT</);
    expect(page).toContain('<br>where.kind: PAYMENT</dd>');
    const cut = accepted(await changes(labour, { since: opened, first: 3 })).data.debtChanges;
    const rest = (await file(`after: "${cut.cursor}"`)).trimEnd().split('\r\n').slice(1);
    expect(rest.map((row) => row.split(',')[0])).toEqual(codes.slice(3));
    expect((await file(`after: "${list.cursor}"`)).trimEnd().split('\r\n')).toHaveLength(1);
    await bench.owner.query(rename, ['Công ty late']);
  });

  test('what was forgotten ends cursors of before, and no others', async () => {
    const old = accepted(await changes(desk, { since: opened })).data.debtChanges.cursor as string;
    accepted(await send(desk, 'recordPayments', 'PaymentRow', paid('c', 8)));
    const looker = new Looker(desk);
    await looker.told();
    const { rows } = await bench.owner.query(
      'select forget_debt_changes(clock_timestamp())::int as count, clock_timestamp() as now',
    );
    expect(rows[0].count).toBeGreaterThan(10);
    expect(await refusal(desk, { after: old })).toBe('RESYNC_REQUIRED');
    expect(await refusal(desk, { since: opened })).toBe('SINCE_OUT_OF_RANGE');
    expect(await looker.told()).toEqual([]);
    accepted(await send(desk, 'recordPayments', 'PaymentRow', paid('c', 9)));
    expect(await looker.told()).toEqual(['PAYMENT CORRECTED late']);
    const since = (rows[0].now as Date).toISOString();
    const { changes: kept } = accepted(await changes(desk, { since })).data.debtChanges;
    expect(kept.map(line)).toEqual(['PAYMENT CORRECTED late']);
    await expect(
      bench.owner.query(`select forget_debt_changes('2999-01-01')`),
    ).rejects.toMatchObject({ code: 'LT003' });
  });

  describe('the operator', () => {
    beforeAll(ensureBuilt);
    const forget = (...options: string[]) =>
      startCommand(String(bench.owner.options.connectionString), ['debt', 'forget', ...options])
        .ended;
    const kept = async () =>
      (await bench.owner.query('select count(*)::int as n from debt_change')).rows[0].n as number;

    test('forgets what was told before a day, once it says so', async () => {
      const before = await kept();
      await bench.owner.query(
        `update debt_change set recorded_at = '2025-12-31T16:59:59Z' where changed_in = (select min(changed_in) from debt_change)`,
      );
      expect(await forget('--before', '2025-12-31')).toEqual({
        code: 0,
        out: 'Would forget 0 changes. Add --really.\n',
        err: '',
      });
      const { out } = await forget('--before', '2026-01-01');
      const count = Number(/^Would forget ([1-9]\d*) changes/.exec(out)?.[1]);
      expect(await kept()).toBe(before);
      expect(await forget('--before', '2026-01-01', '--really')).toEqual({
        code: 0,
        out: `Forgot ${count} changes.\n`,
        err: '',
      });
      expect(await kept()).toBe(before - count);
    });

    test.each([
      [['--before', '2999-01-01'], 'not come yet'],
      [['--before', '2026-02-30'], '2026-02-30'],
    ])('%j is refused and says why', async (options, said) => {
      expect(await forget(...options)).toMatchObject({
        code: 2,
        err: expect.stringContaining(said),
      });
    });
  });
});
