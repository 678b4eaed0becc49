/** Every column of this domain's files says what its field says to the same reader, inside and outside its territory. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
} from '../debt-marks.ts';
import { cellsOf, download } from '../observation/export-support.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';

const places = { near: '03127@2025-07', far: '02647@2025-07' } as const;
const keys = Object.keys(places) as (keyof typeof places)[];
const lists = keys.map((key) => list(`${key}-list`, places[key]));
const owed = keys.map((key, n) =>
  position(`${key}-firm`, 5_000 + n, {
    ...split(1_000, 1_000, 1_000, 1_000, 1_000 + n),
    ...{ became_late_on: '2031-03-01', became_late_amount: '7', next_on: '2031-04-01' },
    ...{ next_state: 'LATE_UNPAID', evasion_on: '2031-05-01', evasion_amount: '3' },
    ...{ reminded_evasion_on: '2031-04-02', reminded_evasion_amount: '5', workers_affected: 4 },
    workers_band: 'W1_9',
  }),
);
const blind = {
  ...{ became_late_on: null, became_late_amount: null, next_on: null, next_state: null },
  ...{
    evasion_on: null,
    evasion_amount: null,
    reminded_evasion_on: null,
    reminded_evasion_amount: null,
  },
};
const rows: DebtRows = {
  employers: keys.map((key) => employer(`${key}-firm`, places[key])),
  positions: owed.flatMap((row) => [row, forParties({ ...row, ...blind })]),
  events: keys.map((key) =>
    event(`${key}-event`, `${key}-firm`, 'JOINT_SESSION', {
      ...{ reason: 'Why', note: 'Remark', document: '12/QD', amount: '9', kept: false },
      ...{ agreed_by: '2031-03-01', participant_ids: ['union-dien-bien'] },
      ...{ confirmed_at: '2031-02-02T00:00:00Z' },
      confirmed_by: 'labour-dien-bien',
    }),
  ),
  presences: [presence('near-firm', 'union-dien-bien')],
  lists,
  entries: lists.flatMap((of, n) => [
    entry(`${keys[n]}-entry`, of, 400 + n, { legal_basis: '41/2024/QH15 Art 39' }),
    entry(`${keys[n]}-removed`, of, 300 + n, {
      ...{ legal_basis: '41/2024/QH15 Art 38', removed_at: '2026-02-01T00:00:00Z' },
    }),
  ]),
};

/** A column's field in a selection, and where its value stands in the answer. */
type Field = readonly [selection: string, ...path: (string | number)[]];
const same = (names: string): Record<string, Field> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, [name, name]]));
const fundNames = ['Retirement', 'Sickness', 'Accident', 'Unemployment', 'Health'];
const source: Record<string, Field> = { source: ['source { code }', 'source', 'code'] };
const ofEmployer: Record<string, Field> = {
  employer: ['employer { code }', 'employer', 'code'],
  unitCode: ['employer { unitCode }', 'employer', 'unitCode'],
  nameVi: ['employer { nameVi }', 'employer', 'nameVi'],
};

interface File {
  readonly mutation: string;
  /** Of the list in an answer. */
  readonly nodes: string;
  readonly fields: Readonly<Record<string, Field>>;
}
const files: Readonly<Record<string, File>> = {
  debtPositions: {
    mutation: 'exportDebtPositions',
    nodes: 'nodes',
    fields: {
      ...ofEmployer,
      address: ['employer { address }', 'employer', 'address'],
      areaCode: ['employer { area { code } }', 'employer', 'area', 'code'],
      areaNameVi: ['employer { area { nameVi } }', 'employer', 'area', 'nameVi'],
      ...same(`asOf state stateReason stateSince legalBasis amount monthsLate oldestDueOn workersAffected workersBand
        becameLateOn becameLateAmount turnsEvasionOn turnsEvasionAmount turnsEvasionIfRemindedOn
        turnsEvasionIfRemindedAmount`),
      ...Object.fromEntries(
        fundNames.map((fund, n) => [`amount${fund}`, ['funds { amount }', 'funds', n, 'amount']]),
      ),
      nextOn: ['next { on }', 'next', 'on'],
      nextState: ['next { state }', 'next', 'state'],
      ...source,
    },
  },
  debtEvents: {
    mutation: 'exportDebtEvents',
    nodes: 'nodes',
    fields: {
      ...ofEmployer,
      ...same(`code kind stage occurredOn agency participants confirmedAt confirmedBy document amount agreedBy kept cause
        fromOn untilOn timePeriods reason note`),
      ...source,
    },
  },
  debtChanges: {
    mutation: 'exportDebtChanges',
    nodes: 'changes',
    fields: {
      ...ofEmployer,
      ...same('code kind action items eventKind recordedAt effectiveAt'),
      entry: ['entry { code }', 'entry', 'code'],
      ...Object.fromEntries(
        ['was', 'is'].flatMap((side) =>
          ['asOf', 'state', 'amount', 'monthsLate'].map((name) => [
            `${side}${name[0]!.toUpperCase()}${name.slice(1)}`,
            [`${side} { ${name} }`, side, name],
          ]),
        ),
      ),
      ...source,
    },
  },
  statutoryListEntries: {
    mutation: 'exportStatutoryListEntries',
    nodes: 'nodes',
    fields: {
      ...same(
        'code unitCode nameVi address officeNameVi listedAs legalBasis workers monthsLate amount removedAt',
      ),
      list: ['list { code }', 'list', 'code'],
      ...Object.fromEntries(
        ['timePeriod', 'version', 'debtOn', 'paidUntil', 'publishedAt'].map((name) => [
          name,
          [`list { ${name} }`, 'list', name],
        ]),
      ),
      ...source,
    },
  },
};

let gateway: TestGateway;
beforeAll(async () => {
  // On a server, changes wait for the transactions of all its databases, so for other tests.
  gateway = await openGateway({ kind: 'EMBEDDED', prepare: (owner) => insertDebt(owner, rows) });
});
afterAll(() => gateway.close());

type Told = string | number | boolean | readonly string[] | null | undefined;
const written = (value: Told): string =>
  value == null ? '' : typeof value === 'object' ? value.join(';') : String(value);
const at = (node: unknown, path: readonly (string | number)[]): Told =>
  path.reduce<any>((value, key) => value?.[key], node);

const insiders = ['si-vn', 'si-dien-bien', 'labour-dien-bien', 'labour-lao-cai'];
const everyone = [...insiders, 'union-dien-bien', 'press-vn'];
/** How many of each the reader meets: a comparison of nothing proves nothing. */
const readers: readonly (readonly [string, readonly string[]])[] = [
  ['debtPositions', insiders],
  ['debtEvents', insiders],
  ['debtChanges', insiders],
  ['statutoryListEntries', everyone],
];
const cases = readers.flatMap(([name, agencies]) => agencies.map((agency) => [name, agency]));

async function fileOf(agency: string, { mutation }: File, args = '') {
  const made = await gateway.ask(agency, `mutation { ${mutation}${args} { url } }`);
  expect(made.errors).toEqual([]);
  const reply = await download(gateway, agency, made.data[mutation].url as string, {
    headers: { accept: 'text/csv' },
  });
  expect(reply.status).toBe(200);
  const [header = [], ...lines] = cellsOf((await reply.text()).replace('\uFEFF', ''));
  return { header, lines };
}

test.each(cases)('a file of %s says to %s what the fields say', async (name, agency) => {
  const file = files[name]!;
  const { header, lines } = await fileOf(agency, file);
  const fields = header.map((column) => file.fields[column]);
  expect(header.filter((column) => !file.fields[column])).toEqual([]);
  const selection = fields.map((field) => field![0]).join(' ');
  const { data, errors } = await gateway.ask(
    agency,
    `{ ${name}(first: 50) { ${file.nodes} { ${selection} } } }`,
  );
  expect(errors).toEqual([]);
  const nodes = data[name][file.nodes] as unknown[];
  expect(nodes.length).toBeGreaterThan(0);
  const told = nodes.map((node) => fields.map(([, ...path]: any) => written(at(node, path))));
  expect(lines).toEqual(told);
});

test.each(everyone)('%s reads in a file no legal basis of a list elsewhere', async (agency) => {
  const { header, lines } = await fileOf(agency, files['statutoryListEntries']!);
  const records = lines.map((line) => Object.fromEntries(header.map((key, n) => [key, line[n]])));
  const basisOf = (code: string) => records.find((record) => record['code'] === code)?.legalBasis;
  const inside = (key: 'near' | 'far') =>
    agency === 'si-vn' || agency.endsWith(key === 'near' ? '-dien-bien' : '-lao-cai');
  const isTold = agency.startsWith('si-') || agency.startsWith('labour-');
  for (const key of keys) {
    const told = inside(key) ? '41/2024/QH15 Art 39' : '';
    expect(basisOf(`${key}-entry`)).toBe(isTold ? told : undefined);
  }
});
