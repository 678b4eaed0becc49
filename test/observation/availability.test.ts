/** For which dimensions there are figures, over HTTP: what may be read is counted, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';
import { insertObservations, insertSource, observationRow } from './observation-rows.ts';

const of = (areaId: string, timePeriod: string, more: object = {}) =>
  observationRow(areaId, {
    value: 1,
    timePeriod,
    indicator: 'ONE_TIME_WITHDRAWALS',
    scheme: 'VOLUNTARY_SI',
    ...more,
  });

const rows = [
  of('04@2025-07', '2025-12-31'),
  of('04@2025-07', '2026'),
  of('04@2025-07', '2026', { scheme: null }),
  of('04@2025-07', '2026-05', { audience: 'INTERNAL', scheme: 'COMPULSORY_SI' }),
  of('04@2025-07', '2026-06', { publishedAt: '2999-01-01T00:00:00Z', scheme: 'COMPULSORY_SI' }),
  of('04@2025-07', '2024', { knownTo: '2026-01-05T00:00:00Z' }),
  of('01288@2025-07', '2026'),
  of('01273@2025-07', '2026', { audience: 'INTERNAL' }),
];

describe.each(storeKindsAtLength)('availability on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        await insertSource(owner, 'test-source');
        await insertObservations(owner, rows);
      },
    });
  });
  afterAll(() => gateway.close());

  const question = (more = '') => `{ availability(dataflow: "ENROLLMENT",
    area: { code: "04", vintage: "2025-07" }, indicator: "ONE_TIME_WITHDRAWALS"${more}) {
      dataflow refArea { code } observations indicators { code observations }
      schemes { code observations } participantGroups { code observations }
      sexes { code } residences { code } frequencies { code observations }
      timePeriods firstDay lastDay children { code } } }`;
  async function available(agency: string, more = '') {
    const { data, errors } = await gateway.ask(agency, question(more));
    expect(errors).toEqual([]);
    return data.availability;
  }

  test('the public is told of what is published to it', async () => {
    for (const agency of ['press-vn', 'union-lao-cai', 'si-nghe-an']) {
      expect(await available(agency), agency).toEqual({
        dataflow: 'ENROLLMENT',
        refArea: { code: '04' },
        observations: 3,
        indicators: [{ code: 'ONE_TIME_WITHDRAWALS', observations: 3 }],
        schemes: [
          { code: 'VOLUNTARY_SI', observations: 2 },
          { code: null, observations: 1 },
        ],
        participantGroups: [{ code: null, observations: 3 }],
        sexes: [{ code: '_T' }],
        residences: [{ code: '_T' }],
        frequencies: [
          { code: 'A', observations: 2 },
          { code: 'D', observations: 1 },
        ],
        timePeriods: ['2025-12-31', '2026'],
        firstDay: '2025-12-31',
        lastDay: '2026-12-31',
        children: [{ code: '01288' }],
      });
    }
  });

  test('whose territory it is learns of internal figures too, and nobody of embargoed ones', async () => {
    for (const agency of ['si-vn', 'labour-vn']) {
      const found = await available(agency);
      expect(found.observations, agency).toBe(4);
      expect(found.timePeriods, agency).toEqual(['2025-12-31', '2026', '2026-05']);
      expect(found.schemes, agency).toContainEqual({ code: 'COMPULSORY_SI', observations: 1 });
      expect(found.children, agency).toEqual([{ code: '01273' }, { code: '01288' }]);
    }
  });

  test('conditions narrow every dimension, and nothing is an answer', async () => {
    expect(await available('press-vn', ', scheme: "VOLUNTARY_SI", to: "2025"')).toMatchObject({
      observations: 1,
      timePeriods: ['2025-12-31'],
      children: [],
    });
    expect(await available('press-vn', ', asOf: "2026-01-03T00:00:00Z", to: "2024"')).toMatchObject(
      {
        observations: 1,
        timePeriods: ['2024'],
      },
    );
    expect(await available('press-vn', ', from: "2999"')).toMatchObject({
      observations: 0,
      indicators: [],
      firstDay: null,
      lastDay: null,
    });
  });

  test.each([
    ['dataflow: "NONE", area: { code: "04", vintage: "2025-07" }', 'CODE_UNKNOWN'],
    ['dataflow: "ENROLLMENT", area: { code: "04" }', 'AREA_AMBIGUOUS'],
    ['dataflow: "ENROLLMENT", area: { code: "99999" }', 'AREA_UNKNOWN'],
    ['dataflow: "ENROLLMENT", area: { code: "VN" }, scheme: "X"', 'CODE_UNKNOWN'],
    ['dataflow: "ENROLLMENT", area: { code: "VN" }, from: "X"', 'PERIOD_MALFORMED'],
    [
      'dataflow: "ENROLLMENT", area: { code: "VN" }, asOf: "2999-01-01T00:00:00Z"',
      'AS_OF_IN_FUTURE',
    ],
  ])('%s is refused: %s', async (args, code) => {
    const { errors } = await gateway.ask('press-vn', `{ availability(${args}) { observations } }`);
    expect(errors[0]?.extensions.code).toBe(code);
  });
});
