/** The access log in the schema. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import type { ListedIds } from './record.ts';

export const OutcomeEnum = builder.enumType('AccessOutcome', {
  description: 'How a request ended.',
  values: {
    INTENDED: {
      description:
        'A change, recorded before it was tried; the record with the same `requestId` says how it ended.',
    },
    ANSWERED: { description: 'Answered without an error.' },
    PARTIAL: { description: 'Answered with data and errors.' },
    REFUSED: { description: 'Refused; no data left.' },
    FAILED: { description: 'Failed on our side; no data left.' },
  } as const,
});

interface Given {
  readonly type: string;
  readonly provider: string;
  readonly rows: number;
}
interface Withheld {
  readonly reason: string;
  readonly cells: number;
}

const GivenRef = builder.objectRef<Given>('GivenRows').implement({
  description: 'Rows of one type and one providing agency that left in an answer.',
  fields: (t) => ({
    type: t.exposeString('type', { description: 'The type in the schema.' }),
    provider: t.string({
      nullable: true,
      description: 'The agency that contributed them; null for reference data and derived figures.',
      resolve: (given) => given.provider || null,
    }),
    rows: t.exposeInt('rows', { description: 'How many different ones.' }),
  }),
});

const EmployersReadRef = builder.objectRef<ListedIds>('EmployersRead').implement({
  description: 'Employers of which rows left in an answer.',
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'How many different ones.' }),
    codes: t.stringList({
      description: 'Their codes in order; empty when there are more than 100.',
      resolve: ({ ids }) => [...ids],
    }),
    hash: t.exposeString('hash', {
      nullable: true,
      description:
        'SHA-256 of the sorted codes joined by line feeds, hexadecimal; null when they are listed.',
    }),
  }),
});

const WithheldRef = builder.objectRef<Withheld>('WithheldCells').implement({
  description: 'Cells whose value was held back.',
  fields: (t) => ({
    reason: t.exposeString('reason', {
      description: 'Why: SUPPRESSED by a release, or BANDED because the number is small.',
    }),
    cells: t.exposeInt('cells', { description: 'How many.' }),
  }),
});

export const AccessRecordRef = builder.prismaNode('AccessRecord', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { resolve: (record) => String(record.number) },
  findUnique: (id) => ({ number: /^\d{1,18}$/.test(id) ? BigInt(id) : -1n }),
  description:
    'One request: who asked, for what, on which grants, what was given and what was withheld. It holds no bodies and no values; digests are salted and their salts are not readable.',
  fields: (t) => ({
    number: t.expose('number', {
      type: 'Int64',
      description: 'Its place in the log, from 0, without gaps; the answer’s header Access-Record.',
    }),
    time: t.expose('occurredAt', { type: 'DateTime', description: 'The instant of the request.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was appended.' }),
    agency: t.exposeString('agencyId', {
      nullable: true,
      description: 'The agency; null where the caller was nobody we know.',
    }),
    application: t.exposeString('applicationId', { nullable: true, description: 'Its program.' }),
    role: t.exposeString('role', { nullable: true, description: 'Its role.' }),
    purpose: t.exposeString('purpose', {
      nullable: true,
      description: 'The purpose; list PURPOSE.',
    }),
    caseReference: t.exposeString('caseReference', {
      nullable: true,
      description: 'The caller’s own reference, from the header Case-Reference.',
    }),
    grants: t.exposeStringList('grants', { description: 'Codes of the grants used.' }),
    requestId: t.exposeString('requestId', { description: 'The answer’s header Request-Id.' }),
    operationName: t.exposeString('operationName', {
      nullable: true,
      description: 'As the caller named it.',
    }),
    operationType: t.exposeString('operationType', {
      nullable: true,
      description: 'query or mutation.',
    }),
    documentHash: t.exposeString('documentHash', {
      nullable: true,
      description: 'SHA-256 of the document with literals replaced; see `accessDocument`.',
    }),
    topics: t.exposeStringList('topics', { description: 'Topics touched.' }),
    areaIds: t.exposeStringList('areas', {
      description: 'Areas touched, as code@vintage; empty when there are more than 100.',
    }),
    areaCount: t.exposeInt('areaCount', { description: 'How many areas were touched.' }),
    given: t.field({
      type: [GivenRef],
      description: 'Rows that left.',
      resolve: (record) => record.given as unknown as Given[],
    }),
    employers: t.field({
      type: EmployersReadRef,
      description: 'Employers of which rows left.',
      resolve: (record) => record.employers as unknown as ListedIds,
    }),
    withheld: t.field({
      type: [WithheldRef],
      description: 'Cells that were held back.',
      resolve: (record) => record.withheld as unknown as Withheld[],
    }),
    policyVersion: t.exposeString('policyVersion', {
      description: 'Version of the policy tables.',
    }),
    schemaVersion: t.exposeString('schemaVersion', {
      description: 'Version of the role’s schema.',
    }),
    outcome: t.field({
      type: OutcomeEnum,
      description: 'How it ended.',
      resolve: (r) => r.outcome as never,
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: 'The first error’s code.',
    }),
    requestCount: t.exposeInt('requestCount', {
      description: 'Requests that it stands for; above 1 only for refusals of unknown callers.',
    }),
    durationMicros: t.exposeInt('durationMicros', {
      description: 'How long it took, in microseconds.',
    }),
    leaf: t.string({
      description: 'The record’s canonical bytes (RFC 8785 JSON), base64.',
      resolve: (record) => Buffer.from(record.leaf).toString('base64'),
    }),
  }),
});

export const AccessRecordConnection = defineConnection('AccessRecord', AccessRecordRef as never);
