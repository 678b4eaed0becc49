/** The access log in the schema. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { leafOf, type LeafFields } from './leaf.ts';

export const OutcomeEnum = builder.enumType('AccessOutcome', {
  description: 'How a request ended.',
  values: {
    INTENDED: {
      description:
        'A change, recorded before it was tried, or a stream before its first byte, with `rowsMax`; the record with the same `requestId` says how it ended.',
    },
    ANSWERED: { description: 'Answered without an error.' },
    PARTIAL: { description: 'Answered with data and errors.' },
    REFUSED: { description: 'Refused; no data left.' },
    FAILED: {
      description:
        'Failed on our side; no data left, but for a stream, of which `given` says what left before.',
    },
    BROKEN_OFF: {
      description:
        'A stream that its reader, the grants or a time limit ended; `given` counts the rows that may have left.',
    },
    OPENED: { description: 'No request: the first record of a log that succeeds a lost one.' },
    LOST: { description: 'No request: it says which records of the log before are lost.' },
  } as const,
});

type Given = LeafFields['given'][number];
type Withheld = LeafFields['withheld'][number];

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

const EmployersReadRef = builder.objectRef<LeafFields['employers']>('EmployersRead').implement({
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
  // The columns repeat the leaf for filters, and whoever owns the tables could write another thing there.
  select: { number: true, recordedAt: true, leaf: true },
  id: { resolve: (record) => String(record.number) },
  // The number alone: the database's key has the month beside it (see prisma-client.ts).
  findUnique: (id) => ({ number: /^\d{1,18}$/.test(id) ? BigInt(id) : -1n }) as never,
  description:
    'One request: who asked, for what, on which grants, what was given and what was withheld. It holds no bodies and no values; digests are salted and their salts are not readable. All but `number` and `recordedAt` is read from the leaf itself. Error: RECORD_UNREADABLE.',
  fields: (t) => ({
    number: t.expose('number', {
      type: 'Int64',
      description: 'Its place in the log, from 0, without gaps; the answer’s header Access-Record.',
    }),
    time: t.field({
      type: 'DateTime',
      description: 'The instant of the request.',
      resolve: (row) => leafOf(row).time,
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      description: 'When it was appended, as the column beside the leaf says.',
    }),
    agency: t.string({
      nullable: true,
      description: 'The agency; null where the caller was nobody we know.',
      resolve: (row) => leafOf(row).agency,
    }),
    application: t.string({
      nullable: true,
      description: 'Its program.',
      resolve: (row) => leafOf(row).application,
    }),
    role: t.string({
      nullable: true,
      description: 'Its role.',
      resolve: (row) => leafOf(row).role,
    }),
    purpose: t.string({
      nullable: true,
      description: 'The purpose; list PURPOSE.',
      resolve: (row) => leafOf(row).purpose,
    }),
    caseReference: t.string({
      nullable: true,
      description: 'The caller’s own reference, from the header Case-Reference.',
      resolve: (row) => leafOf(row).caseReference,
    }),
    grants: t.stringList({
      description:
        'Codes of the grants used; `prerelease:` and a code for early access to a release.',
      resolve: (row) => leafOf(row).grants,
    }),
    requestId: t.string({
      description: 'The answer’s header Request-Id.',
      resolve: (row) => leafOf(row).requestId,
    }),
    operationName: t.string({
      nullable: true,
      description: 'As the caller named it.',
      resolve: (row) => leafOf(row).operationName,
    }),
    operationType: t.string({
      nullable: true,
      description: 'query, mutation, schema, log, export or structure.',
      resolve: (row) => leafOf(row).operationType,
    }),
    documentHash: t.string({
      nullable: true,
      description: 'SHA-256 of the document with literals replaced; see `accessDocument`.',
      resolve: (row) => leafOf(row).documentHash,
    }),
    topics: t.stringList({
      description: 'Topics touched.',
      resolve: (row) => leafOf(row).topics,
    }),
    areaIds: t.stringList({
      description: 'Areas touched, as code@vintage; empty when there are more than 100.',
      resolve: (row) => leafOf(row).areas.ids,
    }),
    areaCount: t.int({
      description: 'How many areas were touched.',
      resolve: (row) => leafOf(row).areas.count,
    }),
    given: t.field({
      type: [GivenRef],
      description: 'Rows that left.',
      resolve: (row) => leafOf(row).given,
    }),
    employers: t.field({
      type: EmployersReadRef,
      description: 'Employers of which rows left.',
      resolve: (row) => leafOf(row).employers,
    }),
    withheld: t.field({
      type: [WithheldRef],
      description: 'Cells that were held back.',
      resolve: (row) => leafOf(row).withheld,
    }),
    policyVersion: t.string({
      description: 'Version of the policy tables.',
      resolve: (row) => leafOf(row).policyVersion,
    }),
    schemaVersion: t.string({
      description: 'Version of the role’s schema.',
      resolve: (row) => leafOf(row).schemaVersion,
    }),
    outcome: t.field({
      type: OutcomeEnum,
      description: 'How it ended.',
      resolve: (row) => leafOf(row).outcome as never,
    }),
    errorCode: t.string({
      nullable: true,
      description: 'The first error’s code.',
      resolve: (row) => leafOf(row).errorCode,
    }),
    rowsMax: t.int({
      nullable: true,
      description: 'Of a stream before its first byte: how many rows it gives at the most.',
      resolve: (row) => leafOf(row).rowsMax,
    }),
    intent: t.field({
      type: 'Int64',
      nullable: true,
      description: 'Of a stream that has ended: the number of the record that it began with.',
      resolve: (row) => {
        const { intent } = leafOf(row);
        return intent === null ? null : BigInt(intent);
      },
    }),
    requestCount: t.int({
      description: 'Requests that it stands for; above 1 only for refusals of unknown callers.',
      resolve: (row) => leafOf(row).requestCount,
    }),
    durationMicros: t.int({
      description: 'How long it took, in microseconds.',
      resolve: (row) => leafOf(row).durationMicros,
    }),
    leaf: t.string({
      description: 'The record’s canonical bytes (RFC 8785 JSON), base64: what the tree hashes.',
      resolve: (record) => Buffer.from(record.leaf).toString('base64'),
    }),
  }),
});

export const AccessRecordConnection = defineConnection('AccessRecord', AccessRecordRef as never);
