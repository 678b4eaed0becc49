/** An insurance office asks how enrolment moved in its communes, and what is due from its employers. */
import { graphql, showFigure, type Client } from './index.ts';

const MonthOfEnrolment = graphql(`
  query MonthOfEnrolment($within: AreaKey!, $timePeriod: String!) {
    enrolmentMovements(
      first: 5
      where: { within: $within, timePeriod: $timePeriod, scheme: "VOLUNTARY_SI" }
    ) {
      totalCount
      nodes {
        refArea {
          nameVi
        }
        joined {
          value
          obsStatus
          confStatus
          reason
        }
        closing {
          value
          obsStatus
          confStatus
          reason
        }
      }
    }
  }
`);

const DueNext = graphql(`
  query DueNext($within: AreaKey!, $from: Date!, $to: Date!) {
    obligations(first: 5, where: { within: $within, dueFrom: $from, dueTo: $to, unpaid: true }) {
      nodes {
        dueOn
        balance
        employer {
          nameVi
        }
      }
    }
  }
`);

export async function example(client: Client): Promise<string[]> {
  const within = { code: '11', vintage: '2025-07' };
  const { enrolmentMovements } = await client.ask(MonthOfEnrolment, {
    within,
    timePeriod: '2026-06',
  });
  const due = { within, from: '2026-06-01', to: '2026-07-31' };
  const { obligations } = await client.ask(DueNext, due);
  return [
    ...enrolmentMovements.nodes.map(
      ({ refArea, joined, closing }) =>
        `${refArea.nameVi}: ${showFigure(joined)} joined, ${showFigure(closing)} at the end`,
    ),
    ...obligations.nodes.map(
      ({ dueOn, balance, employer }) =>
        `${dueOn}: ${balance} VND, ${employer?.nameVi ?? 'unknown'}`,
    ),
  ];
}
