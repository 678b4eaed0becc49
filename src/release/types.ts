/** Releases in the schema: what is published as a whole, when, and what is still to come. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { RecordedObservationRef } from '../observation/types.ts';
import { releaseLoader } from './data.ts';

export const ReleaseState = builder.enumType('ReleaseState', {
  description: 'Where a release is in its life.',
  values: {
    DRAFT: { description: 'Being put together; seen by the agencies of its territory only.' },
    PROTECTED: { description: 'Its cells are protected; seen like a draft.' },
    SCHEDULED: { description: 'Announced in the calendar; its figures do not exist for readers.' },
    PUBLISHED: { description: 'Its figures may be read since `publishedAt`.' },
    CORRECTED: { description: 'A later version has taken its place.' },
    WITHDRAWN: { description: 'Taken back at `withdrawnAt`.' },
  } as const,
});

export const ReleaseRef = builder.prismaNode('Release', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'A table that is published as a whole at an instant. The calendar announces it beforehand; its figures exist for readers from that instant on.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code; figures are found by it.' }),
    dataflow: t.exposeString('dataflow', { description: 'What it holds; list DATAFLOW.' }),
    titleVi: t.exposeString('titleVi', { description: 'The Vietnamese title.' }),
    titleEn: t.exposeString('titleEn', { description: 'The English title.' }),
    area: t.relation('area', { nullable: true, description: 'The area that it describes.' }),
    timePeriod: t.exposeString('timePeriod', {
      description: 'The period that it describes (SDMX TIME_PERIOD).',
    }),
    state: t.field({
      type: ReleaseState,
      description: 'Where it is in its life.',
      resolve: (release) => release.state as never,
    }),
    version: t.exposeInt('version', { description: '1 at first, higher after a correction.' }),
    provisional: t.exposeBoolean('provisional', {
      description: 'Whether its figures are expected to change.',
    }),
    exceptional: t.exposeBoolean('exceptional', {
      description: 'Whether it is published outside the advance calendar.',
    }),
    scheduledAt: t.expose('scheduledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The instant that the calendar announces; null for a draft without one.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when its figures may be read; null before.',
    }),
    withdrawnAt: t.expose('withdrawnAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken back; null for the others.',
    }),
    preparedBy: t.exposeString('preparedBy', { description: 'The post that prepared it.' }),
    approvedBy: t.exposeString('approvedBy', {
      nullable: true,
      description: 'The second person’s post; null before publication.',
    }),
    note: t.exposeString('note', {
      nullable: true,
      description: 'What readers should know of this version.',
    }),
  }),
});

export const ReleaseConnection = defineConnection('Release', ReleaseRef as never);

builder.objectField(RecordedObservationRef, 'release', (t) =>
  t.field({
    type: ReleaseRef,
    nullable: true,
    description:
      'The release that publishes the figure; null for internal figures and for those of documents.',
    resolve: (row, _args, context) =>
      row.releaseId === null ? null : (releaseLoader(context).load(row.releaseId) as never),
  }),
);
