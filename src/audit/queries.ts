/** Reading the access log; that too is on the log. */
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { AccessRecord } from '../platform/prisma/client.ts';
import { findAccessRecord, findDocumentText, readAccessRecords } from './data.ts';
import { AccessRecordConnection, AccessRecordRef, OutcomeEnum } from './types.ts';

const byNumber = (direction: 'asc' | 'desc'): Order<AccessRecord> => ({
  name: direction === 'asc' ? 'NUMBER_ASC' : 'NUMBER_DESC',
  columns: [
    {
      column: 'number',
      direction,
      accepts: accepts.wholeNumber,
      read: (record) => String(record.number),
    },
  ],
});

const AccessRecordOrder = builder.enumType('AccessRecordOrder', {
  description: 'The order of the log.',
  values: {
    NUMBER_ASC: { description: 'Oldest first.' },
    NUMBER_DESC: { description: 'Newest first.' },
  } as const,
});

const AccessRecordFilter = builder.inputType('AccessRecordFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    agency: t.string({ description: 'Requests of the agency of this code.' }),
    application: t.string({ description: 'Requests of this program.' }),
    role: t.string({ description: 'Requests under this role.' }),
    purpose: t.string({ description: 'Requests for this purpose.' }),
    grant: t.string({ description: 'Requests that used the grant of this code.' }),
    topic: t.string({ description: 'Requests that touched this topic.' }),
    areaId: t.string({ description: 'Requests that touched this area, as code@vintage.' }),
    operationName: t.string({ description: 'Operations of this name.' }),
    requestId: t.string({ description: 'The request of this id.' }),
    outcome: t.field({ type: OutcomeEnum, description: 'Requests that ended so.' }),
    errorCode: t.string({ description: 'Requests refused with this code.' }),
    from: t.field({ type: 'DateTime', description: 'At this instant or later.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
  }),
});

type Filter = typeof AccessRecordFilter.$inferInput;

function recordWhere(filter: Filter) {
  const { agency, application, grant, topic, areaId, from, to, ...same } = filter;
  const equal = Object.fromEntries(Object.entries(same).filter(([, value]) => value != null));
  return {
    ...equal,
    ...(agency ? { agencyId: agency } : {}),
    ...(application ? { applicationId: application } : {}),
    ...(grant ? { grants: { has: grant } } : {}),
    ...(topic ? { topics: { has: topic } } : {}),
    ...(areaId ? { areas: { has: areaId } } : {}),
    occurredAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) },
  };
}

builder.queryFields((t) => ({
  accessRecords: t.field({
    type: AccessRecordConnection,
    description: 'The access log: every request that got an answer or a refusal.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: AccessRecordFilter, description: 'Which records.' }),
      orderBy: t.arg({
        type: AccessRecordOrder,
        defaultValue: 'NUMBER_DESC',
        description: 'In which order.',
      }),
    },
    resolve: (_root, args, context, info) => {
      const look = lookAhead(context, info, 'AccessRecord', nodePaths());
      return readAccessRecords(context, {
        list: 'accessRecords',
        order: byNumber(args.orderBy === 'NUMBER_ASC' ? 'asc' : 'desc'),
        args,
        where: recordWhere(args.where ?? {}),
        look,
      });
    },
  }),
  accessRecord: t.prismaField({
    type: AccessRecordRef,
    nullable: true,
    description: 'One record by its number; null when there is none yet.',
    args: { number: t.arg({ type: 'Int64', required: true, description: 'Its number.' }) },
    resolve: (query, _root, { number }, context) => findAccessRecord(context, number, query),
  }),
  accessDocument: t.string({
    nullable: true,
    description: 'The text behind a document hash, literals replaced; null when there is none.',
    args: { hash: t.arg.string({ required: true, description: 'The hash, hexadecimal.' }) },
    resolve: (_root, { hash }, context) => findDocumentText(context, hash),
  }),
}));
