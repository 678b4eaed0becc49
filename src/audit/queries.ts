/** Reading the access log; that too is on the log. */
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { AccessRecord } from '../platform/prisma/client.ts';
import { findAccessRecord, findDocumentText, readAccessRecords } from './data.ts';
import { AccessRecordFilter, recordWhere } from './record-filter.ts';
import { AccessRecordConnection, AccessRecordRef } from './types.ts';

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
