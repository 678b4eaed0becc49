/** What insurance offices are to collect, in the schema: as assigned by the agency above, with what was said before. */
import { sourceLoader } from '../observation/provenance-data.ts';
import { SourceRef } from '../observation/provenance.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';

export const CollectionMeasure = builder.enumType('CollectionMeasure', {
  description: 'What an estimate is of.',
  values: {
    REVENUE: { description: 'What is to be received in the period (dự toán thu).' },
    RECEIVABLE: { description: 'What will have to be paid for the period (kế hoạch phải thu).' },
  } as const,
});

export const CollectionEstimateRef = builder.prismaNode('CollectionEstimate', {
  nullable: true,
  id: { field: 'id' },
  description:
    'How much an insurance office is to collect from employers in a period, as the agency above it has assigned. A correction is a version of its own.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, by which it is corrected.' }),
    office: t.relation('office', { description: 'Whose it is.' }),
    timePeriod: t.exposeString('timePeriod', { description: 'A year, quarter or month.' }),
    measure: t.field({
      type: CollectionMeasure,
      description: 'What it is of.',
      resolve: (row) => row.measure as never,
    }),
    fund: t.exposeString('fund', {
      nullable: true,
      description: 'List FUND; null for all funds together.',
    }),
    amount: t.expose('amount', { type: 'Int64', description: 'In dong.' }),
    instrument: t.exposeString('instrument', {
      description: 'The decision that assigned it, by number and date.',
    }),
    assignedOn: t.expose('assignedOn', {
      type: 'Date',
      description: 'The day on which it was assigned.',
    }),
    knownFrom: t.expose('knownFrom', {
      type: 'DateTime',
      description: 'Since when this version says so.',
    }),
    knownTo: t.expose('knownTo', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when it did; null while it does.',
    }),
    supersedes: t.exposeString('supersedesId', {
      nullable: true,
      description: 'The code of the version that it corrects; null of a first one.',
    }),
    correctionReason: t.exposeString('correctionReason', {
      nullable: true,
      description: 'Why it corrects the one before.',
    }),
    withdrawalReason: t.exposeString('withdrawalReason', {
      nullable: true,
      description: 'Why it was taken back; null where it was not.',
    }),
    contributor: t.exposeString('contributorId', { description: 'The agency that entered it.' }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description:
        'Where the row comes from; demonstration data says so there. Null where an agency entered it here: `contributor` and `instrument` say whence.',
      resolve: ({ sourceId }, _args, context) =>
        sourceId === null ? null : (sourceLoader(context).load(sourceId) as never),
    }),
  }),
});

export const CollectionEstimateConnection = defineConnection(
  'CollectionEstimate',
  CollectionEstimateRef as never,
);
