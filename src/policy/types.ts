/** The words of the policy tables: plain data, so that everything else can be derived from it. */

export const roles = ['SI', 'LABOUR', 'UNION', 'PRESS', 'AUDITOR', 'STEWARD'] as const;
export type Role = (typeof roles)[number];

export const topics = [
  'ENROLLMENT',
  'FINANCE',
  'POPULATION',
  'DEBT',
  'CAMPAIGN',
  'PARTNER',
  'REGISTER',
  'ACCESS_LOG',
  'CHANGE_LOG',
] as const;
export type Topic = (typeof topics)[number];

/**
 * What a root field needs of the request, beside the role: nothing (about the caller itself), any
 * grant for the purpose (reference data), or a grant of one of the topics.
 */
export type Need = 'NOTHING' | 'ANY_GRANT' | readonly Topic[];

export interface PolicyEntry {
  readonly roles: readonly Role[];
  /** Root fields only. */
  readonly needs?: Need;
}

/** Schema coordinates (GraphQL specification, appendix "Schema Coordinates") to entries. */
export type PolicyTable = Readonly<Record<string, PolicyEntry>>;

export const everyone = roles;
/** Roles that read business data. */
export const readers = ['SI', 'LABOUR', 'UNION', 'PRESS'] as const satisfies readonly Role[];
/** Roles that may meet internal rows. */
export const insiders = ['SI', 'LABOUR'] as const satisfies readonly Role[];
/** Roles that may change something. */
export const actors = [
  'SI',
  'LABOUR',
  'UNION',
  'PRESS',
  'STEWARD',
] as const satisfies readonly Role[];
export const auditors = ['AUDITOR'] as const satisfies readonly Role[];
/** Roles that read the register of agencies and grants. */
export const registrars = ['AUDITOR', 'STEWARD'] as const satisfies readonly Role[];
