/** The statutory list of late-paying and evading employers in the schema. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type { StatutoryList, StatutoryListEntry } from '../platform/prisma/client.ts';
import { reachesInside } from '../platform/scope.ts';
import { nestedFirst, nestedTake, sourceField } from './fields.ts';
import { dayOf, transmitBy } from './list-calendar.ts';
import { listStateAt } from './list-state.ts';
import { ListedAs, StatutoryListState } from './vocabulary.ts';

const nowOf = ({ principal }: Context) => new Date(principal.scope.instant);

/** What a public list tells only where it was made: reasons may name whom a correction has removed. */
function isInside(
  { areaId: id, provinceId }: Pick<StatutoryList, 'areaId' | 'provinceId'>,
  { principal }: Context,
): boolean {
  return reachesInside(principal.scope, 'DEBT', { id, provinceId });
}
const ifInside =
  <T>(read: (row: StatutoryList, context: Context) => T) =>
  (row: StatutoryList, _args: object, context: Context): T | null =>
    isInside(row, context) ? read(row, context) : null;

/** Null outside the territory of whoever reads it, in an answer as in a file. */
export const legalBasisOf = (row: StatutoryListEntry, context: Context): string | null =>
  isInside(row, context) ? row.legalBasis : null;

/** The calendar knows first versions; a correction is sent when it is made. */
function isOverdue(list: StatutoryList, context: Context): boolean {
  const until = transmitBy(list.timePeriod);
  const isAwaited = !list.transmittedAt && !list.withdrawnAt && list.supersedesId === null;
  return isAwaited && until !== null && until < dayOf(nowOf(context));
}

export const StatutoryListRef = builder.prismaNode('StatutoryList', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'One version of the list of employers that pay late or evade, which the insurance agency must publish (Law 41/2024/QH15 Art 35). Before its instant it exists for the insurance agencies of its territory only, and once it is transmitted for the labour authority there.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    area: t.relation('area', { description: 'Whose employers it lists.' }),
    timePeriod: t.exposeString('timePeriod', {
      description: 'The quarter (SDMX TIME_PERIOD), such as 2026-Q1.',
    }),
    version: t.exposeInt('version', {
      description: '1 at first, higher after a correction or a withdrawal.',
    }),
    state: t.field({
      type: StatutoryListState,
      description: 'Where it is in its life.',
      resolve: (list, _args, context) => listStateAt(list, nowOf(context)),
    }),
    monthsLateMin: t.exposeInt('monthsLateMin', {
      nullable: true,
      description:
        'From how many months late on employers are listed (practice: 3); null where it is not recorded.',
    }),
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
    transmitBy: t.field({
      type: 'Date',
      nullable: true,
      description:
        'The last day to send it to the state bodies: the 15th of the first month after the quarter (Decree 274/2025).',
      resolve: ({ timePeriod }) => transmitBy(timePeriod),
    }),
    transmittedAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ifInside((row) => row.transmittedAt),
      description: 'When it was sent to them; null before, and outside the caller’s territory.',
    }),
    transmittedBy: t.field({
      type: 'String',
      nullable: true,
      resolve: ifInside((row) => row.transmittedBy),
      description: 'The post that sent it; null before, and outside the caller’s territory.',
    }),
    transmissionOverdue: t.boolean({
      nullable: true,
      description:
        'Whether `transmitBy` has passed and it was not sent; null outside the caller’s territory. Of a correction false: the calendar does not know it.',
      resolve: ifInside(isOverdue),
    }),
    naturalPersonsLeftOut: t.field({
      type: 'Int',
      nullable: true,
      resolve: ifInside((row) => row.naturalPersonsLeftOut),
      description:
        'Employers that would stand on it but for being natural persons, who are never named; null where it is not recorded, and outside the caller’s territory.',
    }),
    hardToCollectLeftOut: t.field({
      type: 'Int',
      nullable: true,
      resolve: ifInside((row) => row.hardToCollectLeftOut),
      description:
        'Employers that would stand on it but for being bankrupt, dissolved or gone, which are reported apart; null where it is not recorded, and outside the caller’s territory.',
    }),
    correctionReason: t.field({
      type: 'String',
      nullable: true,
      resolve: ifInside((row) => row.correctionReason),
      description:
        'Why it corrects the version before, in its maker’s words; null for the others, and outside the caller’s territory.',
    }),
    withdrawalReason: t.field({
      type: 'String',
      nullable: true,
      resolve: ifInside((row) => row.withdrawalReason),
      description:
        'Why it was taken back, in its maker’s words; null for the others, and outside the caller’s territory.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is public; null before its approval.',
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
    legalBasis: t.field({
      type: 'String',
      nullable: true,
      resolve: (row, _args, context) => legalBasisOf(row, context),
      description:
        'The article that its state rested on when the list was drawn up; null where it is not recorded, and outside the caller’s territory.',
    }),
    removedAt: t.expose('removedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'Since when a correction has taken the employer off every version; null for the others. Only its insurance agency meets it since.',
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
