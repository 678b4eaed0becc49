/** An auditor asks who read what, what was withheld from whom, and keeps the checkpoint that covers it. */
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
        proof {
          index
        }
      }
    }
    checkpoint {
      origin
      size
      rootHash
    }
  }
`);

export async function example(client: Client): Promise<string[]> {
  const { accessRecords, checkpoint } = await client.ask(LatestAccess, { first: 5 });
  const records = accessRecords.nodes.map((record) => {
    const { number, agency, purpose, outcome, given, withheld, proof } = record;
    const rows = given.map(({ type, rows }) => `${rows} ${type}`).join(', ') || 'nothing';
    const kept = withheld.map(({ reason, cells }) => `, ${cells} withheld: ${reason}`).join('');
    const signed = proof ? '' : ', not signed yet';
    return `${number} ${agency ?? 'unknown caller'} (${purpose ?? 'no purpose'}) ${outcome}: ${rows}${kept}${signed}`;
  });
  const { origin, size, rootHash } = checkpoint ?? {};
  return [...records, `${origin}: ${size} records, root ${rootHash}`];
}
