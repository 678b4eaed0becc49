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
    "\n  query CoverageOfYear($area: AreaKey!, $timePeriod: String!) {\n    coverage(area: $area, timePeriod: $timePeriod) {\n      scheme\n      participants {\n        value\n        obsStatus\n        confStatus\n        reason\n        locator\n      }\n    }\n  }\n": typeof types.CoverageOfYearDocument,
    "\n  query StatutoryList($within: AreaKey!) {\n    statutoryListEntries(first: 3, where: { within: $within }) {\n      totalCount\n      nodes {\n        nameVi\n        listedAs\n        amount\n        monthsLate\n      }\n    }\n  }\n": typeof types.StatutoryListDocument,
};
const documents: Documents = {
    "\n  query CoverageOfYear($area: AreaKey!, $timePeriod: String!) {\n    coverage(area: $area, timePeriod: $timePeriod) {\n      scheme\n      participants {\n        value\n        obsStatus\n        confStatus\n        reason\n        locator\n      }\n    }\n  }\n": types.CoverageOfYearDocument,
    "\n  query StatutoryList($within: AreaKey!) {\n    statutoryListEntries(first: 3, where: { within: $within }) {\n      totalCount\n      nodes {\n        nameVi\n        listedAs\n        amount\n        monthsLate\n      }\n    }\n  }\n": types.StatutoryListDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CoverageOfYear($area: AreaKey!, $timePeriod: String!) {\n    coverage(area: $area, timePeriod: $timePeriod) {\n      scheme\n      participants {\n        value\n        obsStatus\n        confStatus\n        reason\n        locator\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CoverageOfYearDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StatutoryList($within: AreaKey!) {\n    statutoryListEntries(first: 3, where: { within: $within }) {\n      totalCount\n      nodes {\n        nameVi\n        listedAs\n        amount\n        monthsLate\n      }\n    }\n  }\n"): typeof import('./graphql.ts').StatutoryListDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
