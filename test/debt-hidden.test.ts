/** Answers on debt are the same bytes whatever is hidden from the reader: numbers behind a band, lists not public. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertDebt } from './debt-marks.ts';
import { listMarks, press, rowsOf, unions } from './debt-scope-marks.ts';
import {
  openGateway,
  storeKindsAtLength,
  type Reply,
  type TestGateway,
} from './support/gateway.ts';

const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64');

/** All of an answer but what numbers and dates it. */
function comparable({ status, headers, text }: Reply) {
  const { date: _, 'access-record': __, 'request-id': ___, ...rest } = headers;
  return { status, text, headers: rest };
}

/** Everything that can be asked of debt, with literals that hidden rows would answer to. */
const everything: readonly string[] = [
  ...['CODE', 'NAME'].map(
    (order) => `employers(first: 100, orderBy: ${order}) { totalCount
      edges { cursor node { code sizeBand positions { workersAffected workersBand reason amount } events { code } } } }`,
  ),
  ...['AMOUNT_DESC', 'MONTHS_DESC', 'WORKERS_DESC', 'EMPLOYER'].map(
    (order) => `debtPositions(first: 100, orderBy: ${order}) { totalCount pageInfo { endCursor }
      edges { cursor node { id workersAffected workersBand reason amount monthsLate } } }`,
  ),
  ...Array.from(
    { length: 13 },
    (_, min) =>
      `debtPositions(first: 100, where: {workersMin: ${min}}) { totalCount nodes { id } }`,
  ),
  ...['1', '3', '5', '8', '9'].map((count) => {
    const values = [count, 'mark-', 'position-'];
    const cursor = Buffer.from(JSON.stringify(['debtPositions WORKERS_DESC', values]));
    return `debtPositions(first: 100, orderBy: WORKERS_DESC, after: "${cursor.toString('base64url')}") {
      nodes { id } }`;
  }),
  'debtEvents(first: 100) { totalCount nodes { code amount } }',
  'unionPresences(first: 100) { totalCount nodes { id } }',
];
const everythingOfLists: readonly string[] = [
  ...['', 'where: {latest: true}', 'where: {timePeriod: "2031-Q1"}'].map(
    (where) => `statutoryLists(first: 50, ${where}) { totalCount pageInfo { hasNextPage endCursor }
      edges { cursor node { id code version publishedAt entries { code } } } }`,
  ),
  ...['AMOUNT_DESC', 'MONTHS_DESC', 'NAME'].flatMap((order) =>
    ['', 'latest: false', 'search: "embargoed"', 'amountMin: 556000000001', 'monthsLateMin: 5'].map(
      (where) => `statutoryListEntries(first: 50, orderBy: ${order}, where: {${where}}) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id code list { code } } } }`,
    ),
  ),
  `node(id: "${globalId('StatutoryList', 'list-dienbien-embargoed')}") { id }`,
  `node(id: "${globalId('StatutoryListEntry', 'list-dienbien-embargoed-a')}") { id }`,
];

describe.each(storeKindsAtLength)('answers do not depend on what is hidden, on %s', (kind) => {
  let one: TestGateway;
  let otherNumbers: TestGateway;
  let withoutEmbargoed: TestGateway;
  beforeAll(async () => {
    const open = (rows: ReturnType<typeof rowsOf>) =>
      openGateway({ kind, prepare: (owner) => insertDebt(owner, rows) });
    const lists = listMarks.filter(({ isPublic }) => isPublic);
    one = await open(rowsOf('ONE'));
    otherNumbers = await open(rowsOf('OTHER'));
    withoutEmbargoed = await open(rowsOf('ONE', { lists }));
  });
  afterAll(() => Promise.all([one, otherNumbers, withoutEmbargoed].map((each) => each.close())));

  /** How many of the questions the two gateways answer differently. */
  async function differing(other: TestGateway, agency: string, questions: readonly string[]) {
    let count = 0;
    for (const question of questions) {
      const replies = [one, other].map((each) => each.ask(agency, `{ ${question} }`));
      const [a, b] = (await Promise.all(replies)).map(comparable);
      expect(a!.text).not.toContain('"errors"');
      if (JSON.stringify(a) !== JSON.stringify(b)) count += 1;
    }
    return count;
  }

  test.each(unions)('%s learns no number behind a band in any way', async (agency) => {
    expect(await differing(otherNumbers, agency, everything)).toBe(0);
  });

  test('the agency of the territory does learn it', async () => {
    expect(await differing(otherNumbers, 'si-dien-bien', everything)).toBeGreaterThan(5);
  });

  test.each([...press, ...unions, 'si-tua-chua', 'si-nghe-an', 'labour-lao-cai'])(
    '%s cannot tell that a list is drafted, embargoed or withdrawn elsewhere',
    async (agency) => {
      const place = {
        'si-nghe-an': 'ngheAn',
        'labour-lao-cai': 'laoCai',
        'si-tua-chua': 'tuaChua',
      };
      const own = place[agency as keyof typeof place];
      // Those of its own territory it may know; the others it is asked about by place.
      const questions = own
        ? ['11', '01'].flatMap((code) => [
            `statutoryLists(first: 50, where: {area: {code: "${code}", vintage: "2025-07"}}) {
               totalCount edges { cursor node { id version } } }`,
            `statutoryListEntries(first: 50, where: {latest: false, area: {code: "${code}", vintage: "2025-07"}}) {
               totalCount edges { cursor node { id } } }`,
          ])
        : everythingOfLists;
      expect(await differing(withoutEmbargoed, agency, questions)).toBe(0);
    },
  );

  test('the agency of the territory can', async () => {
    const found = await differing(withoutEmbargoed, 'si-dien-bien', everythingOfLists);
    expect(found).toBeGreaterThan(5);
  });
});
