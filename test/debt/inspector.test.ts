/** What an inspector works with, from outside: lists that look ahead, and the same as files, role by role. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeExport } from '../../src/debt/exports/change-export.ts';
import { entryExport } from '../../src/debt/exports/entry-export.ts';
import { eventExport } from '../../src/debt/exports/event-export.ts';
import { positionExport } from '../../src/debt/exports/position-export.ts';
import {
  employer,
  entry,
  event,
  forParties,
  insertDebt,
  list,
  position,
  presence,
  split,
  type DebtRows,
  type Row,
} from '../debt-marks.ts';
import { cellsOf, codeOf, download, exportRecords } from '../observation/export-support.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';

const [dienBien, ngheAn] = ['03127@2025-07', '16681@2025-07'];

/** The day of the positions is 2031-03-31. */
const outlook: Readonly<Record<string, Row>> = {
  newlate: { became_late_on: '2031-03-01', became_late_amount: '400', oldest_due_on: '2031-02-28' },
  older: { became_late_on: '2031-02-28', became_late_amount: '0', oldest_due_on: '2030-01-31' },
  reminded: {
    ...{ next_on: '2031-04-10', next_state: 'EVASION_UNPAID_AFTER_REMINDER' },
    ...{ evasion_on: '2031-04-10', evasion_amount: '900', ...split(2, 0, 0, 0, 1000) },
  },
  unreminded: {
    ...{ next_on: '2031-04-02', next_state: 'LATE_UNPAID' },
    ...{ evasion_on: '2031-04-30', evasion_amount: '0' },
    ...{ reminded_evasion_on: '2031-04-01', reminded_evasion_amount: '5' },
  },
  quiet: { state: 'ON_TIME', state_since: null, oldest_due_on: null, months_late: 0 },
  unknown: { state: null, state_reason: 'HEALTH_RULE_UNVERIFIED', legal_basis: null },
};
/** What must arrive as text, by employer: nothing of it may be computed by a spreadsheet or run by a browser. */
const names: Readonly<Record<string, string>> = {
  newlate: '=HYPERLINK("http://x","y")',
  older: '+84 "Anh, Em"',
  reminded: '-1+1',
  unreminded: '@SUM(1)',
  quiet: '\t=1',
  unknown: "<script>alert(1)</script> & 'Bạn'",
};
const keys = Object.keys(outlook);
const owed = keys.map((key, n) =>
  position(`look-${key}`, key === 'quiet' ? 0 : 1_000 + n, {
    ...(key === 'quiet' ? { workers_affected: 0, workers_band: 'W0' } : {}),
    ...outlook[key],
  }),
);
const blind = {
  ...{ became_late_on: null, became_late_amount: null, next_on: null, next_state: null },
  ...{ evasion_on: null, evasion_amount: null },
  ...{ reminded_evasion_on: null, reminded_evasion_amount: null },
};
const promise = (id: string, agreed_by: string | null, kept: boolean | null) =>
  event(`promise-${id}`, 'look-older', 'JOINT_SESSION', {
    ...{ occurred_on: '2025-05-05', agency_id: 'labour-dien-bien', amount: '700' },
    ...{ agreed_by, kept, note: id === 'broken' ? '=cmd' : null },
  });

/** In Nghệ An: a reason with a sentence, one that is markup and no code, and events of each kind of cell. */
const oddly: Readonly<Record<string, Row>> = {
  'many-0000': { state: null, state_reason: 'HEALTH_LAW_NOT_VERIFIED', legal_basis: null },
  'many-0002': { state: null, state_reason: '<i>odd</i>', legal_basis: null },
};
const theirs = { agency_id: 'si-nghe-an' };
const storm = { ...theirs, from_on: '2031-01-01', occurred_on: '2031-01-02' };
const told = [
  event('told-reminder', 'many-0000', 'REMINDER', {
    ...theirs,
    kept: false,
    agreed_by: '2031-01-01',
  }),
  event('told-planned', 'many-0000', 'INSPECTION', { ...theirs, stage: 'PLANNED' }),
  event('told-drought', 'many-0000', 'FORCE_MAJEURE', { ...storm, cause: 'DROUGHT' }),
];
const hostileLabel = `update code set name_vi = '<img src=x>' where list_id = 'DEBT_EVENT_CAUSE' and code = 'DROUGHT'`;

const evasion = { evasion_on: '2031-05-01', evasion_amount: '0' };
/** More than two pages of a file, half of them with the day that they are ordered by. */
const many = Array.from({ length: 2_100 }, (_, n) => `many-${String(n).padStart(4, '0')}`);
const listed = list('look-list', dienBien, { time_period: '2031-Q1' });
const another = list('look-another', ngheAn, { paid_until: '2031-04-11' });
const rows: DebtRows = {
  employers: [
    ...keys.map((key) => employer(`look-${key}`, dienBien, { name_vi: names[key] })),
    ...many.map((id) => employer(id, ngheAn)),
  ],
  positions: [
    ...owed,
    ...owed.map((row) => forParties({ ...row, ...blind })),
    ...many.map((id, n) =>
      position(id, n, {
        ...(n % 2 === 0
          ? {}
          : { next_on: '2031-05-01', next_state: 'EVASION_UNREGISTERED', ...evasion }),
        ...oddly[id],
      }),
    ),
  ],
  events: [
    promise('broken', '2025-06-01', false),
    promise('passed', '2025-06-02', null),
    promise('kept', '2025-06-03', true),
    promise('ahead', '2999-01-01', null),
    promise('none', null, null),
    ...told,
  ],
  presences: [presence('look-older', 'union-dien-bien')],
  lists: [listed, another],
  entries: [
    entry('look-other', another, 5),
    entry('look-entry', listed, 123_456_789, { name_vi: names['unknown'], legal_basis: 'Art 38' }),
  ],
};

describe.each(storeKindsAtLength)('what an inspector works with, on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        await insertDebt(owner, rows);
        await owner.query(hostileLabel);
      },
    });
  });
  afterAll(() => gateway.close());

  async function ask(agency: string, text: string) {
    const { data, errors } = await gateway.ask(agency, text);
    expect(errors, text).toEqual([]);
    return data;
  }
  const found = async (agency: string, where: string, order = 'EMPLOYER') => {
    const { debtPositions } = await ask(
      agency,
      `{ debtPositions(first: 50, orderBy: ${order}, where: {${where}}) { totalCount nodes { employer { code } } } }`,
    );
    expect(debtPositions.totalCount).toBe(debtPositions.nodes.length);
    return debtPositions.nodes.map((node: any) => node.employer.code.slice(5)) as string[];
  };
  const promises = async (agency: string, where: string) => {
    const { debtEvents } = await ask(
      agency,
      `{ debtEvents(first: 50, where: {${where}}) { nodes { code } } }`,
    );
    return (debtEvents.nodes as any[]).map(({ code }) => code.slice(8)).sort() as string[];
  };
  async function link(agency: string, field: string, args = '') {
    const data = await ask(agency, `mutation { ${field}${args && `(${args})`} { url } }`);
    return data[field].url as string;
  }
  async function file(agency: string, field: string, args = '', accept = 'text/csv') {
    const response = await download(gateway, agency, await link(agency, field, args), {
      headers: { accept },
    });
    // Not text(), which takes the mark of the encoding away.
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
    expect(response.status, text).toBe(200);
    const cells = accept === 'text/csv' ? cellsOf(text.slice(1)) : [];
    const [header = [], ...lines] = cells;
    const records = lines.map((line) => Object.fromEntries(header.map((key, n) => [key, line[n]])));
    return { headers: response.headers, text, header, records };
  }

  test.each([
    ['becameLateThisMonth: true', ['newlate']],
    ['becameLateThisMonth: false', ['older', 'quiet', 'reminded', 'unknown', 'unreminded']],
    ['nextBy: "2031-04-02"', ['unreminded']],
    ['nextBy: "2031-04-01"', []],
    ['turnsEvasionBy: "2031-04-30"', ['reminded', 'unreminded']],
    ['turnsEvasionBy: "2031-04-29"', ['reminded']],
    ['turnsEvasionIfRemindedBy: "2031-04-01"', ['unreminded']],
    ['turnsEvasionIfRemindedBy: "2031-03-31"', []],
    ['turnsEvasionBy: "2031-04-30", turnsEvasionIfRemindedBy: "2031-04-30"', ['unreminded']],
    ['state: [ON_TIME]', ['quiet']],
  ])('{%s} finds %j', async (where, expected) => {
    for (const agency of ['si-dien-bien', 'labour-dien-bien']) {
      expect(await found(agency, where), agency).toEqual(expected);
    }
    expect(await found('labour-lao-cai', where)).toEqual([]);
  });

  test.each([
    ['AGE_DESC', 'older'],
    ['NEXT_DEADLINE_ASC', 'unreminded'],
    ['EVASION_ASC', 'reminded'],
    ['EVASION_IF_REMINDED_ASC', 'unreminded'],
  ])('%s pages without gap or overlap, rows without a day last', async (order, first) => {
    const whole = await found('labour-dien-bien', '', order);
    expect(whole[0]).toBe(first);
    expect([...whole].sort()).toEqual([...keys].sort());
    if (order === 'AGE_DESC') expect(whole.at(-1)).toBe('quiet');
    const paged: string[] = [];
    for (let after = ''; ;) {
      const { debtPositions: page } = await ask(
        'labour-dien-bien',
        `{ debtPositions(first: 1, orderBy: ${order} ${after}) { nodes { employer { code } } pageInfo { hasNextPage endCursor } } }`,
      );
      paged.push(...page.nodes.map((node: any) => node.employer.code.slice(5)));
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(paged).toEqual(whole);
  });

  test('a position says what lies ahead of it', async () => {
    const { debtPositions } = await ask(
      'labour-dien-bien',
      `{ debtPositions(first: 50, orderBy: EMPLOYER) { nodes { employer { nameVi } state stateReason becameLateOn becameLateAmount
           next { on state } turnsEvasionOn turnsEvasionAmount turnsEvasionIfRemindedOn turnsEvasionIfRemindedAmount } } }`,
    );
    const by = new Map(debtPositions.nodes.map((node: any) => [node.employer.nameVi, node]));
    expect(by.get(names['newlate'])).toMatchObject({
      ...{ becameLateOn: '2031-03-01', becameLateAmount: '400', next: null },
      ...{ turnsEvasionOn: null, turnsEvasionAmount: null },
      ...{ turnsEvasionIfRemindedOn: null, turnsEvasionIfRemindedAmount: null },
    });
    expect(by.get(names['unreminded'])).toMatchObject({
      next: { on: '2031-04-02', state: 'LATE_UNPAID' },
      ...{ turnsEvasionOn: '2031-04-30', turnsEvasionAmount: '0' },
      ...{ turnsEvasionIfRemindedOn: '2031-04-01', turnsEvasionIfRemindedAmount: '5' },
    });
    expect(by.get(names['unknown'])).toMatchObject({ state: null, becameLateOn: null });
  });

  test('a promise is broken when it was not kept or its day has passed', async () => {
    for (const agency of ['si-dien-bien', 'labour-dien-bien']) {
      expect(await promises(agency, 'promiseBroken: true')).toEqual(['broken', 'passed']);
      expect(await promises(agency, 'promiseBroken: false')).toEqual(['ahead', 'kept', 'none']);
      expect(await promises(agency, 'promiseBroken: true, open: true')).toEqual(['passed']);
    }
    expect(await promises('labour-lao-cai', 'promiseBroken: true')).toEqual([]);
  });

  test('what lies ahead is for those who act on it', async () => {
    const questions = [
      ...['becameLateOn', 'next { on }', 'turnsEvasionOn', 'turnsEvasionIfRemindedOn'].map(
        (field) => `{ debtPositions { nodes { ${field} } } }`,
      ),
      ...['becameLateThisMonth: true', 'nextBy: "2031-04-02"', 'turnsEvasionBy: "2031-04-30"'].map(
        (where) => `{ debtPositions(where: {${where}}) { totalCount } }`,
      ),
      '{ debtPositions(where: {turnsEvasionIfRemindedBy: "2031-04-30"}) { totalCount } }',
      ...['AGE_DESC', 'NEXT_DEADLINE_ASC', 'EVASION_ASC', 'EVASION_IF_REMINDED_ASC'].map(
        (order) => `{ debtPositions(orderBy: ${order}) { totalCount } }`,
      ),
      'mutation { exportDebtPositions { url } }',
      'mutation { exportDebtEvents { url } }',
    ];
    for (const agency of ['union-dien-bien', 'press-vn', 'audit-vn']) {
      for (const question of questions) {
        const { errors, data } = await gateway.ask(agency, question);
        expect([data, errors[0]?.extensions.code], question).toEqual([null, 'DOCUMENT_INVALID']);
      }
    }
    expect(await found('union-dien-bien', '')).toEqual(['older']);
  });

  test('a file of positions: one line a row, guarded texts, plain numbers', async () => {
    for (const agency of ['si-dien-bien', 'labour-dien-bien']) {
      const { headers, text, header, records } = await file(
        agency,
        'exportDebtPositions',
        'orderBy: EMPLOYER',
      );
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
      expect(headers.get('content-disposition')).toBe('attachment; filename="debtPositions.csv"');
      expect(headers.get('export-rows')).toBe('6');
      expect(text.startsWith('\uFEFFemployer,unitCode,nameVi,address,areaCode,')).toBe(true);
      expect(header.join()).toBe(
        'employer,unitCode,nameVi,address,areaCode,areaNameVi,asOf,state,stateReason,stateSince,legalBasis,amount,' +
          'amountRetirement,amountSickness,amountAccident,amountUnemployment,amountHealth,monthsLate,oldestDueOn,' +
          'workersAffected,workersBand,becameLateOn,becameLateAmount,nextOn,nextState,' +
          'turnsEvasionOn,turnsEvasionAmount,turnsEvasionIfRemindedOn,turnsEvasionIfRemindedAmount,source',
      );
      const by = new Map(records.map((record) => [record['employer']?.slice(5), record]));
      for (const key of keys) {
        const guard = key === 'unknown' ? '' : "'";
        expect(by.get(key)?.['nameVi']).toBe(guard + names[key]!);
      }
      expect(by.get('reminded')).toMatchObject({
        ...{ asOf: '2031-03-31', amount: '1002', monthsLate: '3', turnsEvasionAmount: '900' },
        ...{
          nextOn: '2031-04-10',
          nextState: 'EVASION_UNPAID_AFTER_REMINDER',
          turnsEvasionOn: '2031-04-10',
        },
        ...{ amountRetirement: '2', amountSickness: '0', amountHealth: '1000', becameLateOn: '' },
      });
      expect(by.get('older')).toMatchObject({ amountRetirement: '', amountHealth: '' });
      expect(by.get('older')).toMatchObject({
        ...{ address: 'Address of look-older', areaCode: '03127', areaNameVi: 'Điện Biên Phủ' },
      });
      expect(by.get('unknown')).toMatchObject({ state: '', stateReason: 'HEALTH_RULE_UNVERIFIED' });
    }
    const filtered = await file(
      'labour-dien-bien',
      'exportDebtPositions',
      'where: {turnsEvasionBy: "2031-12-31", amountMin: "1", state: [LATE_UNPAID], monthsLateMin: 3}, orderBy: EVASION_ASC',
    );
    expect(filtered.records.map((record) => record['employer'])).toEqual([
      'look-reminded',
      'look-unreminded',
    ]);
    expect((await file('labour-lao-cai', 'exportDebtPositions')).records).toEqual([]);
  });

  test('a file of events, and of entries with the columns of whoever downloads it', async () => {
    const { records, text } = await file(
      'labour-dien-bien',
      'exportDebtEvents',
      'where: {promiseBroken: true}, orderBy: AGREED_BY_ASC',
    );
    expect(records.map((record) => [record['code'], record['kept'], record['note']])).toEqual([
      ['promise-broken', 'false', "'=cmd"],
      ['promise-passed', '', ''],
    ]);
    expect(text.split('\r\n')[0]).toBe(
      '\uFEFFcode,employer,unitCode,nameVi,kind,stage,occurredOn,agency,participants,confirmedAt,confirmedBy,' +
        'document,amount,agreedBy,kept,cause,fromOn,untilOn,timePeriods,reason,note,source',
    );
    const entriesOf = async (agency: string) =>
      file(agency, 'exportStatutoryListEntries', 'where: {search: "script"}');
    const shared =
      'code,list,timePeriod,version,debtOn,paidUntil,publishedAt,unitCode,nameVi,address,officeNameVi,listedAs,';
    const numbers = 'workers,monthsLate,amount,';
    for (const [agency, header] of [
      ['si-dien-bien', `${shared}legalBasis,${numbers}removedAt,source`],
      ['labour-dien-bien', `${shared}legalBasis,${numbers}source`],
      ['union-dien-bien', `${shared}${numbers}source`],
      ['press-vn', `${shared}${numbers}source`],
    ] as const) {
      const found = await entriesOf(agency);
      expect(found.header.join(), agency).toBe(header);
      expect(found.records).toHaveLength(1);
      expect(found.records[0]).toMatchObject({
        ...{ code: 'look-entry', amount: '123456789', timePeriod: '2031-Q1', version: '1' },
        ...{ debtOn: '2031-03-31', paidUntil: '2031-04-10' },
        publishedAt: '2026-01-01T07:00:00.000+07:00',
      });
    }
    const { errors } = await gateway.ask(
      'audit-vn',
      'mutation { exportStatutoryListEntries { url } }',
    );
    expect(errors[0]?.extensions.code).toBe('DOCUMENT_INVALID');
  });

  test('a page to print escapes what it is given, and runs and fetches nothing', async () => {
    for (const [agency, field] of [
      ['labour-dien-bien', 'exportDebtPositions'],
      ['press-vn', 'exportStatutoryListEntries'],
    ] as const) {
      const where = field === 'exportDebtPositions' ? '' : 'where: {search: "<script>"}';
      const { headers, text } = await file(agency, field, where, 'text/html');
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'; sandbox$/,
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(text).not.toMatch(/<script|<img|<link|<[^>]*\s(on\w+|href|src)=/i);
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;Bạn&#39;');
      expect(text.trimEnd().endsWith('</html>')).toBe(true);
    }
  });

  test('a page of one list says in its head which, one of several in each row', async () => {
    const pageOf = async (where: string) =>
      (await file('press-vn', 'exportStatutoryListEntries', where, 'text/html')).text;
    const one = await pageOf('where: {search: "script"}');
    for (const [term, text] of [
      ['Địa bàn / Area', `Điện Biên Phủ (${dienBien})`],
      ['Quý / Quarter', '2031-Q1'],
      ['Phiên bản / Version', '1'],
      ['Nợ tính đến ngày / Debt counted on', '2031-03-31'],
      ['Tiền nộp tính đến ngày / Payments counted until', '2031-04-10'],
      ['Công khai lúc / Published at', '2026-01-01T07:00:00.000+07:00'],
    ] as const) {
      expect(one).toContain(`<dt>${term}</dt><dd>${text}</dd>`);
    }
    expect(one).not.toContain('<small>Nợ tính đến ngày');
    const several = await pageOf('where: {latest: false}');
    expect(several).toContain('<th scope="col">Danh sách<br><small>List</small>');
    expect(several).toContain('<br><small>Nợ tính đến ngày / Debt counted on</small>');
    const until = '<small>Tiền nộp tính đến ngày:</small> <span class="figure">2031-04-11</span>';
    expect(several).toContain(`<div>${until}</div>`);
    expect(several).not.toContain('<dt>Quý / Quarter</dt>');
  });

  /** First in a cell, and after its name. */
  const label = (vi: string, en: string) => `<td><div>${vi}<br><small>${en}</small></div>`;
  const named = (name: string, text: string) => `<div><small>${name}:</small> ${text}</div>`;
  const late = label('Chậm đóng', 'Late payment');

  test('a page says codes in both languages where a file has the codes', async () => {
    const evading = named(
      'Tình trạng tiếp theo',
      'Trốn đóng: không đóng sau đôn đốc / Evasion by not paying',
    );
    for (const agency of ['si-dien-bien', 'labour-dien-bien']) {
      const { text } = await file(agency, 'exportDebtPositions', '', 'text/html');
      for (const cell of [
        late,
        evading,
        named('Nhóm quy mô', '10 đến 49 lao động / 10 to 49 workers'),
      ]) {
        expect(text, agency).toContain(cell);
      }
      expect(text).not.toMatch(/> ?(LATE_UNPAID|EVASION_\w+|ON_TIME|W\d+_\w+)</);
      // No code of a reason: as it is kept.
      expect(text).toContain(named('Lý do không xác định', 'HEALTH_RULE_UNVERIFIED'));
      const { records } = await file(
        agency,
        'exportDebtPositions',
        'where: {state: [LATE_UNPAID]}',
      );
      expect(records[0]).toMatchObject({ state: 'LATE_UNPAID', workersBand: 'W10_49' });
    }
    for (const agency of ['si-dien-bien', 'union-dien-bien', 'press-vn']) {
      const asked = [agency, 'exportStatutoryListEntries', 'where: {search: "script"}'] as const;
      const { text } = await file(...asked, 'text/html');
      expect(text, agency).toContain(late);
      expect(text).not.toContain('>LATE<');
      expect((await file(...asked)).records[0]).toMatchObject({ listedAs: 'LATE' });
    }
  });

  test('a page says a reason as a sentence, and markup in a code or label as text', async () => {
    const pageOf = async (field: string, code: string) =>
      (await file('si-nghe-an', field, `where: {employer: "${code}"}`, 'text/html')).text;
    const reasoned = await pageOf('exportDebtPositions', 'many-0000');
    expect(reasoned).toMatch(
      /<small>Lý do không xác định:<\/small> Không xác định: bảo hiểm y tế [^<]+ \/ Not judged: health /,
    );
    expect(reasoned).not.toContain('HEALTH_LAW_NOT_VERIFIED');
    expect(await pageOf('exportDebtPositions', 'many-0002')).toContain(
      named('Lý do không xác định', '&lt;i&gt;odd&lt;/i&gt;'),
    );
    const events = await pageOf('exportDebtEvents', 'many-0000');
    for (const cell of [
      label('Văn bản đôn đốc', 'Written reminder'),
      named('Giai đoạn', 'Đã lên kế hoạch / Planned'),
      named('Giai đoạn', 'Đã thực hiện / Done'),
      named('Đã thực hiện cam kết', 'Không / No'),
      named('Nguyên nhân', '&lt;img src=x&gt; / Prolonged drought'),
    ]) {
      expect(events).toContain(cell);
    }
    expect(events).not.toMatch(/> ?(REMINDER|INSPECTION|PLANNED|DONE|false|DROUGHT)</);
  });

  test('every column of a page is one of its file, and every kind of event has its words', async () => {
    for (const { table } of [positionExport, eventExport, changeExport, entryExport]) {
      const inFile = table.columns.map(({ name }) => name);
      const onPage = table.page.flatMap(({ lead, others }) => [...(lead ? [lead] : []), ...others]);
      expect(inFile).toEqual(expect.arrayContaining(onPage));
      expect(new Set(onPage).size).toBe(onPage.length);
      expect(onPage.length).toBeGreaterThan(6);
    }
    const text = `{ codeList(id: "DEBT_EVENT") { codes { code } }
      __type(name: "DebtEventKind") { enumValues { name } } }`;
    const { data } = await gateway.ask('si-dien-bien', text);
    const codes = data.codeList.codes.map(({ code }: { code: string }) => code);
    const kinds = data.__type.enumValues.map(({ name }: { name: string }) => name);
    expect(codes.sort()).toEqual(kinds.sort());
  });

  test('a page says nothing of funds and of codes that only programs need', async () => {
    const { text } = await file('si-dien-bien', 'exportDebtPositions', '', 'text/html');
    expect(text).not.toMatch(/Quỹ|Nguồn \/ Source|Code of the employer/);
    expect(text).toContain('Mã số đơn vị BHXH');
  });

  test('the head of a page names the purpose and says each condition in a line', async () => {
    const headOf = async (agency: string, field: string, where: string) =>
      (await file(agency, field, where, 'text/html')).text.split('</dl>')[0]!;
    const area = '{code: "11", vintage: "2025-07"}';
    const inspector = await headOf(
      'labour-dien-bien',
      'exportDebtPositions',
      `where: {within: ${area}, state: [LATE_UNPAID, EXCUSED], amountMin: "1", employer: null}, orderBy: AGE_DESC`,
    );
    const conditions = 'Điều kiện / Conditions</dt><dd>';
    expect(inspector).toContain(
      `${conditions}where.state: LATE_UNPAID, EXCUSED<br>where.within.code: 11<br>where.within.vintage: 2025-07<br>` +
        'where.amountMin: 1<br>orderBy: AGE_DESC</dd>',
    );
    expect(inspector).toContain(
      '<dd>Giám sát pháp luật lao động / Supervision of labour law (LABOUR_SUPERVISION)</dd>',
    );
    const press = await headOf(
      'press-vn',
      'exportStatutoryListEntries',
      'where: {search: "<script>"}',
    );
    expect(press).toContain(
      `${conditions}where.search: &lt;script&gt;<br>orderBy: AMOUNT_DESC</dd>`,
    );
    expect(press).toContain(
      '<dd>Thông tin cho công chúng / Information of the public (PUBLIC_INFORMATION)</dd>',
    );
    const all = await headOf('si-dien-bien', 'exportDebtPositions', 'orderBy: null');
    expect(all).toContain(`${conditions}Tất cả / All</dd>`);
  });

  test('a file of several pages has each row once, rows without a day last', async () => {
    const { records } = await file('si-nghe-an', 'exportDebtPositions', 'orderBy: EVASION_ASC');
    const parity = (rest: number) => many.filter((_, n) => n % 2 === rest);
    expect(records.map((record) => record['employer'])).toEqual([...parity(1), ...parity(0)]);
  });

  test('a link is of the agency that asked for it', async () => {
    const url = await link('labour-dien-bien', 'exportDebtPositions');
    for (const other of ['si-dien-bien', 'labour-lao-cai', 'union-dien-bien', 'press-vn']) {
      const response = await download(gateway, other, url);
      expect([response.status, await codeOf(response)], other).toEqual([404, 'EXPORT_UNKNOWN']);
    }
    const wanted = await download(gateway, 'labour-dien-bien', url, {
      headers: { accept: 'application/pdf' },
    });
    expect([wanted.status, await codeOf(wanted)]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  test('the record of a download counts its rows and names the employers', async () => {
    await file('labour-dien-bien', 'exportDebtPositions');
    const [intent, completion] = await exportRecords(gateway);
    expect(intent).toMatchObject({ outcome: 'INTENDED', rowsMax: 6, given: [] });
    expect(completion).toMatchObject({ outcome: 'ANSWERED', operationName: 'debtPositions' });
    expect(completion.given).toEqual(
      expect.arrayContaining([
        { type: 'DebtPosition', provider: 'si-vn', rows: 6 },
        { type: 'Employer', provider: 'si-vn', rows: 6 },
      ]),
    );
    // Labels are words of the page, no rows.
    await file('labour-dien-bien', 'exportDebtPositions', '', 'text/html');
    const [, ofPage] = await exportRecords(gateway);
    expect(ofPage.given).toEqual(completion.given);
    await file('labour-dien-bien', 'exportDebtEvents');
    const { accessRecords } = await ask(
      'audit-vn',
      `{ accessRecords(first: 1, orderBy: NUMBER_DESC, where: { operationType: "export", employer: "look-older" }) { nodes {
           operationName employers { codes count } given { type rows } } } }`,
    );
    expect(accessRecords.nodes[0]).toMatchObject({
      operationName: 'debtEvents',
      employers: { codes: ['look-older'], count: 1 },
      given: expect.arrayContaining([
        { type: 'DebtEvent', rows: 5 },
        { type: 'Employer', rows: 1 },
      ]),
    });
  });
});
