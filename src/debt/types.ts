/** Employers in the schema, and which unions have members there. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { nestedFirst, nestedTake, pairId, pairOf, sourceField } from './fields.ts';
import { presenceState } from './presence-state.ts';
import { UnionPresenceState } from './vocabulary.ts';

export const EmployerRef = builder.prismaNode('Employer', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'An employer that must insure its workers. Unions meet those where the insurance agency has confirmed their members, and never one that is a natural person.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, which filters take as `employer`.' }),
    unitCode: t.exposeString('unitCode', {
      description: 'The number under which its insurance agency keeps it.',
    }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    nameEn: t.exposeString('nameEn', {
      nullable: true,
      description: 'The English name; null where none is recorded.',
    }),
    address: t.exposeString('address', { description: 'Its address.' }),
    sector: t.exposeString('sector', { description: 'List EMPLOYER_SECTOR.' }),
    ownership: t.exposeString('ownership', { description: 'List OWNERSHIP.' }),
    sizeBand: t.exposeString('sizeBand', {
      description: 'How many workers it has, as a band; list SIZE_BAND.',
    }),
    isNaturalPerson: t.exposeBoolean('isNaturalPerson', {
      description: 'Whether it is a person, such as a household business: stricter rules hold.',
    }),
    office: t.relation('office', { description: 'The insurance office that collects from it.' }),
    area: t.relation('area', { description: 'Where it is registered.' }),
    paymentCycle: t.exposeString('paymentCycle', {
      description: 'How often it pays; list PAYMENT_CYCLE.',
    }),
    liableFrom: t.expose('liableFrom', {
      type: 'Date',
      description: 'The day since which it must register its workers.',
    }),
    registeredOn: t.expose('registeredOn', {
      type: 'Date',
      nullable: true,
      description: 'The day on which it registered; null while it has not.',
    }),
    closedOn: t.expose('closedOn', {
      type: 'Date',
      nullable: true,
      description: 'The day on which it ceased; null while it works.',
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row.',
    }),
    source: t.field(sourceField),
    positions: t.relation('positions', {
      args: { first: t.arg.int(nestedFirst) },
      query: ({ first }) => ({
        take: nestedTake(first),
        orderBy: [{ asOf: 'desc' }, { id: 'asc' }],
      }),
      description: 'What it owed and its legal state, the newest day first.',
    }),
    events: t.relation('events', {
      args: { first: t.arg.int(nestedFirst) },
      query: ({ first }) => ({
        take: nestedTake(first),
        orderBy: [{ occurredOn: 'desc' }, { id: 'asc' }],
      }),
      description: 'What was done about its debt, the newest first.',
    }),
    presences: t.relation('presences', {
      query: { orderBy: { agencyId: 'asc' } },
      description: 'Unions that have members there; a union sees its own claim only.',
    }),
    obligations: t.relation('obligations', {
      args: { first: t.arg.int(nestedFirst) },
      query: ({ first }) => ({ take: nestedTake(first), orderBy: { timePeriod: 'desc' } }),
      description: 'What it owes month by month, the newest month first.',
    }),
    payments: t.relation('payments', {
      args: { first: t.arg.int(nestedFirst) },
      query: ({ first }) => ({
        take: nestedTake(first),
        orderBy: [{ receivedOn: 'desc' }, { id: 'asc' }],
      }),
      description: 'What it has paid, the newest first.',
    }),
    registrationDuties: t.relation('registrationDuties', {
      args: { first: t.arg.int(nestedFirst) },
      query: ({ first }) => ({
        take: nestedTake(first),
        orderBy: [{ dutyFrom: 'desc' }, { id: 'asc' }],
      }),
      description: 'Workers whom it was late to register, or has not registered, the newest first.',
    }),
    underdeclarations: t.relation('underdeclarations', {
      args: { first: t.arg.int(nestedFirst) },
      query: ({ first }) => ({
        take: nestedTake(first),
        orderBy: [{ timePeriod: 'desc' }, { id: 'asc' }],
      }),
      description: 'Months for which it registered salaries too low, the newest first.',
    }),
  }),
});

export const UnionPresenceRef = builder.prismaNode('UnionPresence', {
  nullable: true,
  id: { resolve: (row) => pairId(row.employerId, row.agencyId) },
  findUnique: (id) => {
    const [employerId, agencyId] = pairOf(id);
    return { employerId_agencyId: { employerId, agencyId } };
  },
  description:
    'A union’s claim to have members at an employer. It opens the employer’s debt to that union once the insurance agency has confirmed it, until it ends.',
  fields: (t) => ({
    employer: t.relation('employer', {
      nullable: true,
      description: 'Where; null for a union until the claim is confirmed.',
    }),
    code: t.string({
      description: 'Its code, which the steps of a claim take as `presence`.',
      resolve: (row) => pairId(row.employerId, row.agencyId),
    }),
    state: t.field({
      type: UnionPresenceState,
      description: 'Where it stands, on the day of the request.',
      resolve: (row, _args, context) => presenceState(row, context),
    }),
    agency: t.exposeString('agencyId', { description: 'The code of the union.' }),
    since: t.expose('since', { type: 'Date', description: 'Since when it has members there.' }),
    endedOn: t.expose('endedOn', {
      type: 'Date',
      nullable: true,
      description: 'The last day; null while it goes on.',
    }),
    claimedAt: t.expose('claimedAt', {
      type: 'DateTime',
      description: 'When the union claimed it.',
    }),
    confirmedAt: t.expose('confirmedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the other side confirmed it; null before.',
    }),
    confirmedBy: t.exposeString('confirmedBy', {
      nullable: true,
      description: 'The code of the agency that confirmed it; null before.',
    }),
    refusedAt: t.expose('refusedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the insurance agency refused it; null unless it did.',
    }),
    refusedBy: t.exposeString('refusedBy', {
      nullable: true,
      description: 'The code of the agency that refused it; null unless it did.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it was refused or ended, as both sides read it.',
    }),
    source: t.field(sourceField),
  }),
});

export const EmployerConnection = defineConnection('Employer', EmployerRef as never);
export const UnionPresenceConnection = defineConnection('UnionPresence', UnionPresenceRef as never);
