/** Of a public population, who is left is as telling as who is counted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { approve, makeProtected } from './support.ts';

describe('a count that is nearly all of a public population', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({
      kind: 'SERVER',
      demonstration: true,
      // The population of one commune is published, two more than are insured there.
      prepare: async (owner) => {
        await owner.query(`insert into observation (id, figure_id, audience, has_internal, topic, area_id, province_id,
            domain, indicator, scheme_components, participant_group, sex, residence, breakdown, time_period, period_start,
            period_end, period_basis, value, decimals, unit, obs_status, conf_status, source_id, locator, contributor_id,
            known_from, published_at)
          select 'mark-population', 'mark-population', 'PUBLISHED', false, 'POPULATION', area_id, province_id, 'POPULATION',
            'POPULATION_COUNT', '{}', 'ALL', '_T', '_T', '', '2026', '2026-01-01', '2026-12-31', 'PRINTED', closing + 2, 0,
            'PERSONS', 'A', 'F', source_id, 'mark', contributor_id, '2026-07-01', '2026-07-01'
          from enrolment_movement where area_id = '03217@2025-07' and scheme = 'HEALTH_INSURANCE' and time_period = '2026-06'`);
      },
    });
  });
  afterAll(() => gateway.close());

  test('is suppressed, and the release is safe with the population known', async () => {
    await makeProtected({ gateway }, { code: 'whole' });
    const cells =
      '{ releaseCells(release: "whole", shown: false, first: 200) { nodes { key rules } } }';
    const { nodes } = (await gateway.ask('si-dien-bien', cells)).data.releaseCells;
    expect(nodes).toContainEqual({
      key: 'PARTICIPANTS|03217@2025-07|HEALTH_INSURANCE|HOUSEHOLDS||2026-06-30',
      rules: ['SMALL_COMPLEMENT'],
    });
    const { data } = await approve({ gateway }, 'whole');
    expect(data).toEqual({ approveRelease: { state: 'DONE' } });
  });
});
