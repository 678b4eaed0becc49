/** The press asks what is published: coverage with its marks, and who stands on the statutory list. */
import { graphql, showFigure, type Client } from './index.ts';

const CoverageOfYear = graphql(`
  query CoverageOfYear($area: AreaKey!, $timePeriod: String!) {
    coverage(area: $area, timePeriod: $timePeriod) {
      scheme
      participants {
        value
        obsStatus
        confStatus
        reason
        locator
      }
    }
  }
`);

const StatutoryList = graphql(`
  query StatutoryList($within: AreaKey!) {
    statutoryListEntries(first: 3, where: { within: $within }) {
      totalCount
      nodes {
        nameVi
        listedAs
        amount
        monthsLate
      }
    }
  }
`);

export async function example(client: Client): Promise<string[]> {
  const { coverage } = await client.ask(CoverageOfYear, {
    area: { code: 'VN-DB' },
    timePeriod: '2023',
  });
  const { statutoryListEntries } = await client.ask(StatutoryList, {
    within: { code: '11', vintage: '2025-07' },
  });
  return [
    ...coverage.flatMap(({ scheme, participants }) =>
      participants ? [`${scheme}: ${showFigure(participants)}, ${participants.locator}`] : [],
    ),
    ...statutoryListEntries.nodes.map(
      ({ nameVi, listedAs, amount }) => `${nameVi}: ${amount} VND, ${listedAs}`,
    ),
  ];
}
