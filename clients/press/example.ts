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

export async function example(client: Client): Promise<string[]> {
  const { coverage } = await client.ask(CoverageOfYear, {
    area: { code: 'VN-DB' },
    timePeriod: '2023',
  });
  return coverage.flatMap(({ scheme, participants }) =>
    participants ? [`${scheme}: ${showFigure(participants)}, ${participants.locator}`] : [],
  );
}
