/** Releases in the schema: what is published as a whole, when, and what is still to come. */
import { builder } from '../platform/builder.ts';
import { boundedFirst, defineConnection } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type { Release } from '../platform/prisma/client.ts';
import { RecordedObservationRef } from '../observation/types.ts';
import {
  jobLoader,
  preReleaseLoader,
  protectionLoader,
  readChanges,
  releaseLoader,
} from './data.ts';
import { ReleaseChangeRef } from './changes.ts';
import { ReleaseJobRef } from './job-types.ts';
import { ReleaseProtectionRef } from './cell-types.ts';
import { PreReleaseAccessRef } from './pre-release.ts';
import { stateAt, type releaseStates } from './state.ts';

export const ReleaseState = builder.enumType('ReleaseState', {
  description: 'Where a release is in its life, which follows from its instants.',
  values: {
    DRAFT: { description: 'Being put together; seen by its provider and the stewards only.' },
    PROTECTED: { description: 'Its cells are protected; seen like a draft.' },
    SCHEDULED: { description: 'Announced in the calendar; its figures do not exist for readers.' },
    PUBLISHED: { description: 'Its figures may be read since `publishedAt`.' },
    CORRECTED: { description: 'A later version has taken its place.' },
    WITHDRAWN: { description: 'Taken back at `withdrawnAt`.' },
  } satisfies Record<(typeof releaseStates)[number], object>,
});

const instantOf = ({ principal }: Context) => new Date(principal.scope.instant);
const ifPast = (moment: Date | null, context: Context) =>
  moment !== null && moment <= instantOf(context) ? moment : null;

/** Whether there are figures that wait for their instant is no reader's to know, nor another provider's. */
const knowsApproval = ({ providerId, publishedAt }: Release, context: Context): boolean =>
  providerId === context.principal.agency.id ||
  context.principal.scope.topics.some((topic) => topic === 'REGISTER' || topic === 'ACCESS_LOG') ||
  ifPast(publishedAt, context) !== null;

export const ReleaseRef = builder.prismaNode('Release', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'A table that is published as a whole at an instant. The calendar announces it beforehand; its figures exist for readers from that instant on.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code; figures are found by it.' }),
    dataflow: t.exposeString('dataflow', { description: 'What it holds; list DATAFLOW.' }),
    breakdown: t.exposeString('breakdown', {
      nullable: true,
      description:
        'Of the debts of one province, what it states of the whole province beside sector and state; list BREAKDOWN_DIMENSION. Null where it states nothing beside them.',
    }),
    titleVi: t.exposeString('titleVi', { description: 'The Vietnamese title.' }),
    titleEn: t.exposeString('titleEn', { description: 'The English title.' }),
    area: t.relation('area', { nullable: true, description: 'The area that it describes.' }),
    timePeriod: t.exposeString('timePeriod', {
      description: 'The period that it describes (SDMX TIME_PERIOD).',
    }),
    state: t.field({
      type: ReleaseState,
      description: 'Where it is in its life.',
      resolve: (release, _args, context) => stateAt(release, instantOf(context)),
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
    publishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when its figures may be read; null before.',
      resolve: ({ publishedAt }, _args, context) => ifPast(publishedAt, context),
    }),
    withdrawnAt: t.expose('withdrawnAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken back; null for the others.',
    }),
    supersedes: t.field({
      type: 'Release' as never,
      nullable: true,
      description: 'The version before; null for the first.',
      resolve: ({ supersedesId }, _args, context) =>
        (supersedesId === null ? null : releaseLoader(context).load(supersedesId)) as never,
    }),
    provider: t.exposeString('providerId', {
      description: 'The agency that drafts and protects it.',
    }),
    preparedBy: t.exposeString('preparedBy', { description: 'The post that prepared it.' }),
    protectedBy: t.exposeString('protectedBy', {
      nullable: true,
      description: 'The post that protected it; null before.',
    }),
    scheduledBy: t.exposeString('scheduledBy', {
      nullable: true,
      description: 'The post that announced it; null before.',
    }),
    approvedBy: t.string({
      nullable: true,
      description: 'The second person’s post; null before its approval.',
      resolve: (release, _args, context) =>
        knowsApproval(release, context) ? release.approvedBy : null,
    }),
    approvedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When it was approved; its figures appear at the announced instant. Null before.',
      resolve: (release, _args, context) =>
        knowsApproval(release, context) ? release.approvedAt : null,
    }),
    job: t.field({
      type: ReleaseJobRef,
      nullable: true,
      description: 'The newest job of protecting or publishing it; null when there was none.',
      resolve: async ({ id }, _args, context) => (await jobLoader(context).load(id))[0] as never,
    }),
    protection: t.field({
      type: ReleaseProtectionRef,
      nullable: true,
      description: 'By which rules it is protected; null before.',
      resolve: async ({ id }, _args, context) =>
        (await protectionLoader(context).load(id))[0] as never,
    }),
    preReleaseAccess: t.field({
      type: [PreReleaseAccessRef],
      description:
        'Who may read it before its instant, as far as the caller may know: its own, and after publication everybody’s.',
      resolve: ({ id }, _args, context) => preReleaseLoader(context).load(id) as never,
    }),
    changes: t.field({
      type: [ReleaseChangeRef],
      description:
        'Figures that differ from the version before, by their code; empty for a first version. At most `first`: 1 to 200, 20 when left out.',
      args: { first: t.arg.int({ description: 'How many. Else FIRST_OUT_OF_BOUNDS.' }) },
      resolve: (release, { first }, context) => readChanges(context, release, boundedFirst(first)),
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
      'The release that the figure is of; null for figures of documents and for internal ones of no release.',
    resolve: (row, _args, context) =>
      row.releaseId === null ? null : (releaseLoader(context).load(row.releaseId) as never),
  }),
);
