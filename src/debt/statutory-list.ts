/** The statutory list of late-paying and evading employers in the schema. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { nestedFirst, nestedTake, sourceField } from './fields.ts';
import { ListedAs } from './vocabulary.ts';

export const StatutoryListRef = builder.prismaNode('StatutoryList', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'One version of the list of employers that pay late or evade, which the insurance agency must publish (Law 41/2024/QH15 Art 35). Before its instant it exists for the agencies of its territory only.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    area: t.relation('area', { description: 'Whose employers it lists.' }),
    timePeriod: t.exposeString('timePeriod', {
      description: 'The quarter (SDMX TIME_PERIOD), such as 2026-Q1.',
    }),
    version: t.exposeInt('version', { description: '1 at first, higher after a correction.' }),
    debtOn: t.expose('debtOn', { type: 'Date', description: 'The day on which debt was counted.' }),
    paidUntil: t.expose('paidUntil', {
      type: 'Date',
      description: 'The day until which payments were counted.',
    }),
    preparedBy: t.exposeString('preparedBy', { description: 'The post that prepared it.' }),
    approvedBy: t.exposeString('approvedBy', {
      nullable: true,
      description: 'The second person’s post; null before the approval.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is public; null for a draft.',
    }),
    withdrawnAt: t.expose('withdrawnAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is no longer public; null while that is not decided.',
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed it.',
    }),
    source: t.field(sourceField),
    entries: t.relation('entries', {
      args: { first: t.arg.int(nestedFirst) },
      query: ({ first }) => ({
        take: nestedTake(first),
        orderBy: [{ amount: 'desc' }, { id: 'asc' }],
      }),
      description: 'The employers on it, the largest amount first.',
    }),
  }),
});

export const StatutoryListEntryRef = builder.prismaNode('StatutoryListEntry', {
  nullable: true,
  id: { field: 'id' },
  description: 'One employer on a statutory list, with what the law makes public of it.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    list: t.relation('list', { nullable: true, description: 'The list on which it stands.' }),
    unitCode: t.exposeString('unitCode', {
      description: 'The number under which the insurance agency keeps the employer.',
    }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    address: t.exposeString('address', { description: 'Its address.' }),
    officeNameVi: t.exposeString('officeNameVi', {
      description: 'The Vietnamese name of the office that collects from it.',
    }),
    officeNameEn: t.exposeString('officeNameEn', { description: 'The same in English.' }),
    listedAs: t.field({
      type: ListedAs,
      description: 'As what it is listed.',
      resolve: (row) => row.listedAs as never,
    }),
    workers: t.exposeInt('workers', { description: 'Workers of the employer, as published.' }),
    monthsLate: t.exposeInt('monthsLate', {
      description:
        'Months of contributions that were late on `list.debtOn` and not paid until `list.paidUntil`.',
    }),
    amount: t.expose('amount', {
      type: 'Int64',
      description:
        'What was late on `list.debtOn` and not paid until `list.paidUntil`, in dong: so it may be less than the position of that day.',
    }),
    source: t.field(sourceField),
  }),
});

export const StatutoryListConnection = defineConnection('StatutoryList', StatutoryListRef as never);
export const StatutoryListEntryConnection = defineConnection(
  'StatutoryListEntry',
  StatutoryListEntryRef as never,
);
