/** Which records of the access log are asked for: one filter for lists and for counts. */
import { builder } from '../platform/builder.ts';
import { Prisma } from '../platform/prisma/client.ts';
import { OutcomeEnum } from './types.ts';

export const AccessRecordFilter = builder.inputType('AccessRecordFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    agency: t.string({ description: 'Requests of the agency of this code.' }),
    application: t.string({ description: 'Requests of this program.' }),
    role: t.string({ description: 'Requests under this role.' }),
    purpose: t.string({ description: 'Requests for this purpose.' }),
    grant: t.string({ description: 'Requests that used the grant of this code.' }),
    topic: t.string({ description: 'Requests that touched this topic.' }),
    areaId: t.string({
      description: 'Requests that touched this area, as code@vintage, and at most 100 areas.',
    }),
    employer: t.string({
      description:
        'Requests that gave rows of the employer of this code, and of at most 100 employers: of more a record keeps a hash only.',
    }),
    provider: t.string({
      description: 'Requests that gave rows contributed by the agency of this code.',
    }),
    withheld: t.string({
      description: 'Requests of which cells were held back for this reason: SUPPRESSED or BANDED.',
    }),
    operationName: t.string({ description: 'Operations of this name.' }),
    operationType: t.string({ description: 'Operations of this type: query, mutation or schema.' }),
    documentHash: t.string({ description: 'Requests with the document of this hash.' }),
    requestId: t.string({ description: 'The request of this id.' }),
    outcome: t.field({ type: OutcomeEnum, description: 'Requests that ended so.' }),
    errorCode: t.string({ description: 'Requests refused with this code.' }),
    from: t.field({ type: 'DateTime', description: 'At this instant or later.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
  }),
});

export type RecordFilter = typeof AccessRecordFilter.$inferInput;

/** Columns that equal what is asked, by the filter's name. */
const equal = {
  agency: ['agencyId', 'agency_id'],
  application: ['applicationId', 'application_id'],
  role: ['role', 'role'],
  purpose: ['purpose', 'purpose'],
  operationName: ['operationName', 'operation_name'],
  operationType: ['operationType', 'operation_type'],
  documentHash: ['documentHash', 'document_hash'],
  requestId: ['requestId', 'request_id'],
  outcome: ['outcome', 'outcome'],
  errorCode: ['errorCode', 'error_code'],
} as const;

/** Lists that hold what is asked. */
const listed = {
  grant: ['grants', 'grants'],
  topic: ['topics', 'topics'],
  areaId: ['areas', 'areas'],
  employer: ['employerIds', 'employer_ids'],
  provider: ['providers', 'providers'],
  withheld: ['withheldReasons', 'withheld_reasons'],
} as const;

const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[];

type Where = Record<string, unknown>;

/** The filter as Prisma takes it. */
export function recordWhere(filter: RecordFilter): Where {
  const { from, to } = filter;
  const period = { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) };
  const conditions: [string, unknown][] = [
    ...keysOf(equal).map((name): [string, unknown] => [equal[name][0], filter[name]]),
    ...keysOf(listed).map((name): [string, unknown] => {
      const item = filter[name];
      return [listed[name][0], item == null ? null : { has: item }];
    }),
    ['occurredAt', from || to ? period : null],
  ];
  return Object.fromEntries<unknown>(conditions.filter(([, condition]) => condition != null));
}

/** The same on the table `r`, for statements of our own. */
export function recordConditions(filter: RecordFilter): Prisma.Sql {
  const { from, to } = filter;
  const conditions = [
    Prisma.sql`true`,
    ...keysOf(equal).flatMap((name) =>
      filter[name] == null ? [] : [Prisma.sql`${column(equal[name][1])} = ${filter[name]}`],
    ),
    ...keysOf(listed).flatMap((name) =>
      filter[name] == null ? [] : [Prisma.sql`${filter[name]} = any(${column(listed[name][1])})`],
    ),
    ...(from ? [Prisma.sql`r.occurred_at >= ${from}::timestamptz`] : []),
    ...(to ? [Prisma.sql`r.occurred_at < ${to}::timestamptz`] : []),
  ];
  return Prisma.join(conditions, ' and ');
}

/** One of the names above, never a caller's text. */
const column = (name: string) => Prisma.raw(`r.${name}`);
