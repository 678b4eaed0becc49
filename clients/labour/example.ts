/** The labour authority asks where debts grow old, and which promises fall due. */
import { graphql, type Client } from './index.ts';

const OldDebts = graphql(`
  query OldDebts($within: AreaKey!) {
    debtPositions(first: 5, where: { within: $within, monthsLateMin: 3 }, orderBy: MONTHS_DESC) {
      totalCount
      nodes {
        amount
        monthsLate
        state
        workersAffected
        employer {
          nameVi
        }
      }
    }
    debtEvents(first: 5, where: { within: $within, open: true }, orderBy: AGREED_BY_ASC) {
      nodes {
        kind
        agreedBy
        amount
      }
    }
  }
`);

export async function example(client: Client): Promise<string[]> {
  const within = { code: '11', vintage: '2025-07' };
  const { debtPositions, debtEvents } = await client.ask(OldDebts, { within });
  return [
    `${debtPositions.totalCount} employers three months late or more`,
    ...debtPositions.nodes.map(
      ({ employer, amount, monthsLate, state }) =>
        `${employer?.nameVi ?? 'unknown'}: ${amount} VND, ${monthsLate} months, ${state}`,
    ),
    ...debtEvents.nodes.map(
      ({ kind, agreedBy, amount }) => `${kind}: ${amount} VND by ${agreedBy}`,
    ),
  ];
}
