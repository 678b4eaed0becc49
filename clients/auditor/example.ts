/** An auditor asks who read what, on which grant, and what was withheld from whom. */
import { graphql, type Client } from './index.ts';

const LatestAccess = graphql(`
  query LatestAccess($first: Int!) {
    accessRecords(first: $first) {
      totalCount
      nodes {
        number
        agency
        purpose
        outcome
        given {
          type
          rows
        }
        withheld {
          reason
          cells
        }
      }
    }
  }
`);

export async function example(client: Client): Promise<string[]> {
  const { accessRecords } = await client.ask(LatestAccess, { first: 5 });
  return accessRecords.nodes.map(({ number, agency, purpose, outcome, given, withheld }) => {
    const rows = given.map(({ type, rows }) => `${rows} ${type}`).join(', ') || 'nothing';
    const kept = withheld.map(({ reason, cells }) => `, ${cells} withheld: ${reason}`).join('');
    return `${number} ${agency ?? 'unknown caller'} (${purpose ?? 'no purpose'}) ${outcome}: ${rows}${kept}`;
  });
}
