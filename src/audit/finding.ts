/** Findings in the schema: what auditors found, for them and for the agency concerned. */
import { builder } from '../platform/builder.ts';
import { accepts, defineConnection, nodePaths, pageArgs } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { AuditFinding } from '../platform/prisma/client.ts';
import { readFindings } from './finding-data.ts';
import { noteWhole } from './reading.ts';

export const FindingStateEnum = builder.enumType('FindingState', {
  description: 'Where a finding is in its life.',
  values: {
    OPEN: { description: 'The agency concerned has not answered yet.' },
    ANSWERED: { description: 'It has; its auditor may conclude.' },
    CLOSED: { description: 'Concluded; nothing of it changes any more.' },
  } as const,
});

export const FindingRef = builder.prismaNode('AuditFinding', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'What an auditor found on the access log, with the answer of the agency concerned. It names agencies and records, never a person. Auditors see all findings, the agency concerned its own.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, random; mutations take it.' }),
    auditor: t.exposeString('auditorId', {
      description: 'Code of the agency that opened it, and alone may close it.',
    }),
    agency: t.exposeString('agencyId', {
      description: 'Code of the agency that it concerns, and that alone may answer.',
    }),
    title: t.exposeString('title', { description: 'What it is about.' }),
    text: t.exposeString('text', { description: 'What was found.' }),
    records: t.field({
      type: ['Int64'],
      description: 'Numbers of the records that it rests on, in the auditor’s order.',
      select: { records: true },
      resolve: ({ records }) => records,
    }),
    state: t.field({
      type: FindingStateEnum,
      description: 'Where it is in its life.',
      resolve: ({ state }) => state as never,
    }),
    openedAt: t.expose('openedAt', { type: 'DateTime', description: 'When it was opened.' }),
    reply: t.exposeString('reply', {
      nullable: true,
      description: 'What the agency concerned says; null until it has answered.',
    }),
    repliedAt: t.expose('repliedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it answered; null until then.',
    }),
    conclusion: t.exposeString('conclusion', {
      nullable: true,
      description: 'What the auditor concludes; null until it is closed.',
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was closed; null until then.',
    }),
  }),
});

const FindingConnection = defineConnection('AuditFinding', FindingRef as never);

const FindingFilter = builder.inputType('AuditFindingFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    agency: t.string({ description: 'Findings that concern the agency of this code.' }),
    auditor: t.string({ description: 'Findings of the auditor of this code.' }),
    state: t.field({ type: FindingStateEnum, description: 'Findings in this state.' }),
    record: t.field({
      type: 'Int64',
      description: 'Findings that rest on the record of this number.',
    }),
    from: t.field({ type: 'DateTime', description: 'Opened at this instant or later.' }),
    to: t.field({ type: 'DateTime', description: 'Opened before this instant.' }),
  }),
});

function findingWhere(filter: typeof FindingFilter.$inferInput): Record<string, unknown> {
  const { agency, auditor, state, record, from, to } = filter;
  return {
    ...(agency == null ? {} : { agencyId: agency }),
    ...(auditor == null ? {} : { auditorId: auditor }),
    ...(state == null ? {} : { state }),
    ...(record == null ? {} : { records: { has: record } }),
    openedAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) },
  };
}

builder.queryField('findings', (t) =>
  t.field({
    type: FindingConnection,
    description:
      'Findings, the newest first. Every agency meets those that concern it, for which it needs no purpose; an auditor all of them, where its purpose has a grant of ACCESS_LOG, and else its own alone.',
    args: { ...pageArgs(), where: t.arg({ type: FindingFilter, description: 'Which findings.' }) },
    resolve: (_root, args, context, info) => {
      noteWhole(context, 'ACCESS_LOG');
      return readFindings(context, {
        list: 'findings',
        order: {
          name: 'OPENED_DESC',
          columns: [
            {
              column: 'openedAt',
              direction: 'desc',
              accepts: accepts.instant,
              read: (finding: AuditFinding) => finding.openedAt.toISOString(),
            },
            { column: 'id', direction: 'desc', read: (finding: AuditFinding) => finding.id },
          ],
        },
        args,
        where: findingWhere(args.where ?? {}),
        look: lookAhead(context, info, 'AuditFinding', nodePaths()),
      });
    },
  }),
);
