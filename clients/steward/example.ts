/** The steward asks which agreements stand, and which releases the calendar announces. */
import { graphql, type Client } from './index.ts';

const Agreements = graphql(`
  query Agreements {
    grants(first: 100, state: ACTIVE) {
      nodes {
        code
        validTo
        consumer {
          nameEn
        }
        topics {
          topic
          reach
        }
      }
    }
    releases(first: 5, where: { state: SCHEDULED }, orderBy: SCHEDULED_ASC) {
      nodes {
        titleEn
        timePeriod
        scheduledAt
      }
    }
  }
`);

export async function example(client: Client): Promise<string[]> {
  const { grants, releases } = await client.ask(Agreements);
  return [
    ...grants.nodes.map(({ code, consumer, topics }) => {
      const what = topics.map(({ topic, reach }) => `${topic} ${reach}`).join(', ');
      return `${code} for ${consumer?.nameEn ?? 'unknown'}: ${what}`;
    }),
    ...releases.nodes.map((release) => `${release.scheduledAt} ${release.titleEn}`),
  ];
}
