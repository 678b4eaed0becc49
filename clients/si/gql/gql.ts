/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query MonthOfEnrolment($within: AreaKey!, $timePeriod: String!) {\n    enrolmentMovements(\n      first: 5\n      where: { within: $within, timePeriod: $timePeriod, scheme: \"VOLUNTARY_SI\" }\n    ) {\n      totalCount\n      nodes {\n        refArea {\n          nameVi\n        }\n        joined {\n          value\n          obsStatus\n          confStatus\n          reason\n        }\n        closing {\n          value\n          obsStatus\n          confStatus\n          reason\n        }\n      }\n    }\n  }\n": typeof types.MonthOfEnrolmentDocument,
    "\n  query DueNext($within: AreaKey!, $from: Date!, $to: Date!) {\n    obligations(first: 5, where: { within: $within, dueFrom: $from, dueTo: $to, unpaid: true }) {\n      nodes {\n        dueOn\n        balance\n        employer {\n          nameVi\n        }\n      }\n    }\n  }\n": typeof types.DueNextDocument,
};
const documents: Documents = {
    "\n  query MonthOfEnrolment($within: AreaKey!, $timePeriod: String!) {\n    enrolmentMovements(\n      first: 5\n      where: { within: $within, timePeriod: $timePeriod, scheme: \"VOLUNTARY_SI\" }\n    ) {\n      totalCount\n      nodes {\n        refArea {\n          nameVi\n        }\n        joined {\n          value\n          obsStatus\n          confStatus\n          reason\n        }\n        closing {\n          value\n          obsStatus\n          confStatus\n          reason\n        }\n      }\n    }\n  }\n": types.MonthOfEnrolmentDocument,
    "\n  query DueNext($within: AreaKey!, $from: Date!, $to: Date!) {\n    obligations(first: 5, where: { within: $within, dueFrom: $from, dueTo: $to, unpaid: true }) {\n      nodes {\n        dueOn\n        balance\n        employer {\n          nameVi\n        }\n      }\n    }\n  }\n": types.DueNextDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MonthOfEnrolment($within: AreaKey!, $timePeriod: String!) {\n    enrolmentMovements(\n      first: 5\n      where: { within: $within, timePeriod: $timePeriod, scheme: \"VOLUNTARY_SI\" }\n    ) {\n      totalCount\n      nodes {\n        refArea {\n          nameVi\n        }\n        joined {\n          value\n          obsStatus\n          confStatus\n          reason\n        }\n        closing {\n          value\n          obsStatus\n          confStatus\n          reason\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').MonthOfEnrolmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DueNext($within: AreaKey!, $from: Date!, $to: Date!) {\n    obligations(first: 5, where: { within: $within, dueFrom: $from, dueTo: $to, unpaid: true }) {\n      nodes {\n        dueOn\n        balance\n        employer {\n          nameVi\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DueNextDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
