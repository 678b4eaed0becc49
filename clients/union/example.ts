/** A federation of labour asks which employers with members of its own owe contributions. */
import { graphql, type Client } from './index.ts';

const DebtsToMembers = graphql(`
  query DebtsToMembers {
    debtPositions(first: 5, orderBy: WORKERS_DESC) {
      totalCount
      nodes {
        amount
        monthsLate
        workersAffected
        workersBand
        reason
        employer {
          nameVi
        }
      }
    }
  }
`);

export async function example(client: Client): Promise<string[]> {
  const { debtPositions } = await client.ask(DebtsToMembers);
  return debtPositions.nodes.map((position) => {
    const { employer, amount, monthsLate, workersAffected, workersBand, reason } = position;
    // A small employer's workers are told as a band, and the reason says why.
    const workers = workersAffected ?? `${workersBand} (${reason})`;
    return `${employer?.nameVi ?? 'unknown'}: ${amount} VND, ${monthsLate} months, workers ${workers}`;
  });
}
