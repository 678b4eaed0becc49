/** The change log in the schema: for auditors all of it, for every agency what was done in its name. */
import canonicalize from 'canonicalize';
import { builder } from '../platform/builder.ts';
import {
  accepts,
  defineConnection,
  nodePaths,
  pageArgs,
  type Order,
} from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { ChangeRecord } from '../platform/prisma/client.ts';
import { placesOfChanges, readChanges } from './changes-data.ts';
import { noteWhole } from './reading.ts';

const ChangeActionEnum = builder.enumType('ChangeAction', {
  description: 'What was done to a row.',
  values: {
    INSERT: { description: 'It was written.' },
    UPDATE: { description: 'Columns of it were changed.' },
    DELETE: { description: 'It was taken away.' },
    IMPORT: { description: 'Rows of the table were loaded from a file; one change for all.' },
    CORRECT: { description: 'A load replaced the versions of a figure by new ones.' },
    ERASE: { description: 'What was past its time was erased, by the operator.' },
    WITHDRAW: { description: 'A load withdrew a figure.' },
  } as const,
});

interface Detail {
  readonly before?: object;
  readonly after?: object;
}

/** Loads and erasures tell in numbers how the table became. */
function partsOf(detail: unknown): Required<Detail> {
  const { before = {}, after } = detail as Detail;
  return { before, after: after ?? (detail as object) };
}
const jsonOf = (part: object): string => canonicalize(part) ?? '{}';

export const ChangeRecordRef = builder.prismaNode('ChangeRecord', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'One change of one row, written in the change’s own transaction.',
  fields: (t) => ({
    number: t.field({
      type: 'Int64',
      nullable: true,
      description: 'Its place in the change log’s tree; null for the moment until it has one.',
      select: { id: true },
      resolve: ({ id }, _args, context) => placesOfChanges(context).load(id),
    }),
    changedAt: t.expose('changedAt', { type: 'DateTime', description: 'When.' }),
    actor: t.exposeString('actor', {
      description: 'Who: agency/subject, where the subject names a post; `loader` or `operator`.',
    }),
    agency: t.exposeString('agencyId', {
      nullable: true,
      description: 'In whose name; null for what was loaded or erased.',
    }),
    application: t.exposeString('applicationId', {
      nullable: true,
      description: 'By which program.',
    }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: 'In which request: the `requestId` of its access records.',
    }),
    action: t.field({
      type: ChangeActionEnum,
      description: 'What was done.',
      resolve: (change) => change.action as never,
    }),
    entity: t.exposeString('entity', { description: 'The table.' }),
    entityId: t.exposeString('entityId', {
      description:
        'The row’s key, parts of a compound one joined by slashes; of an import its file.',
    }),
    before: t.string({
      description: 'Columns as they were, those that changed: RFC 8785 JSON; {} of an insert.',
      select: { detail: true },
      resolve: ({ detail }) => jsonOf(partsOf(detail).before),
    }),
    after: t.string({
      description:
        'The same columns as they became: RFC 8785 JSON; {} of a row taken away. Of a load, how many rows and the digest of its file; of an erasure, how many records.',
      select: { detail: true },
      resolve: ({ detail }) => jsonOf(partsOf(detail).after),
    }),
  }),
});

const ChangeRecordConnection = defineConnection('ChangeRecord', ChangeRecordRef as never);

const byTime = (direction: 'asc' | 'desc'): Order<ChangeRecord> => ({
  name: direction === 'asc' ? 'TIME_ASC' : 'TIME_DESC',
  columns: [
    {
      column: 'changedAt',
      direction,
      accepts: accepts.instant,
      read: ({ changedAt }) => changedAt.toISOString(),
    },
    { column: 'id', direction, read: ({ id }) => id },
  ],
});

const ChangeRecordOrder = builder.enumType('ChangeRecordOrder', {
  description: 'The order of changes.',
  values: {
    TIME_ASC: { description: 'Oldest first.' },
    TIME_DESC: { description: 'Newest first.' },
  } as const,
});

const ChangeRecordFilter = builder.inputType('ChangeRecordFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    entity: t.string({ description: 'Changes of rows of this table.' }),
    entityId: t.string({ description: 'Changes of the row of this key.' }),
    agency: t.string({ description: 'Changes in the name of the agency of this code.' }),
    application: t.string({ description: 'Changes by this program.' }),
    requestId: t.string({ description: 'Changes of the request of this id.' }),
    action: t.field({ type: ChangeActionEnum, description: 'Changes of this kind.' }),
    from: t.field({ type: 'DateTime', description: 'At this instant or later.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
  }),
});

function changeWhere({
  agency,
  application,
  from,
  to,
  ...same
}: typeof ChangeRecordFilter.$inferInput) {
  const equal = { ...same, agencyId: agency, applicationId: application };
  return {
    ...Object.fromEntries(Object.entries(equal).filter(([, value]) => value != null)),
    changedAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) },
  };
}

builder.queryField('changes', (t) =>
  t.field({
    type: ChangeRecordConnection,
    description:
      'The change log. Every agency meets the changes made in its own name, for which it needs no purpose; an auditor all of it, where its purpose has a grant of CHANGE_LOG, and else its own alone.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ChangeRecordFilter, description: 'Which changes.' }),
      orderBy: t.arg({
        type: ChangeRecordOrder,
        defaultValue: 'TIME_DESC',
        description: 'In which order.',
      }),
    },
    resolve: (_root, args, context, info) => {
      noteWhole(context, 'CHANGE_LOG');
      return readChanges(context, {
        list: 'changes',
        order: byTime(args.orderBy === 'TIME_ASC' ? 'asc' : 'desc'),
        args,
        where: changeWhere(args.where ?? {}),
        look: lookAhead(context, info, 'ChangeRecord', nodePaths()),
      });
    },
  }),
);
