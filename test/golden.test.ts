/** The published figures come back to every reader alike, with source, locator and status. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKinds, type TestGateway } from './support/gateway.ts';

const readers = ['si-vn', 'labour-nghe-an', 'union-lao-cai', 'press-vn'];

describe.each(storeKinds)('published figures on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  test.each(readers)('coverage of Điện Biên 2022 as %s', async (agency) => {
    const { data, errors } = await gateway.ask(
      agency,
      `{ coverage(area: {code: "VN-DB"}, timePeriod: "2022") {
          scheme participants { value obsStatus locator source { code } } plan { value locator }
          achievementComputed { value unit obsStatus formula } achievementPrinted { value qualifier } } }`,
    );
    expect(errors).toEqual([]);
    const rows = data.coverage as { scheme: string }[];
    expect(rows.find((row) => row.scheme === 'COMPULSORY_SI')).toEqual({
      scheme: 'COMPULSORY_SI',
      participants: {
        value: '32656',
        obsStatus: 'A',
        locator: 'section 4, paragraph 3',
        source: { code: 'dien-bien-2024' },
      },
      plan: { value: '39223', locator: 'section 4, paragraph 3' },
      achievementComputed: {
        value: '83.26',
        unit: 'PERCENT',
        obsStatus: 'A',
        formula: '32656 / 39223 * 100 = 83.26',
      },
      achievementPrinted: { value: '80', qualifier: 'JUST_OVER' },
    });
    expect(rows.find((row) => row.scheme === 'VOLUNTARY_SI')).toMatchObject({
      participants: { value: '14390' },
      plan: { value: '21971' },
      achievementComputed: { value: '65.50' },
      achievementPrinted: { value: '70', qualifier: 'NEARLY' },
    });
  });
});
