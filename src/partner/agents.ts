/** Premium collection in the schema: networks, their points, and the tasks of points. */
import { conflictLoader } from '../observation/data.ts';
import { PeriodBasis } from '../observation/enums.ts';
import { ConflictRef, SourceRef } from '../observation/provenance.ts';
import { sourceLoader } from '../observation/provenance-data.ts';
import { DerivedObservationRef, MeasuredObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import type { AgentSystemRow } from './agent-data.ts';
import { pointsOf, staffAtPoint, staffOf, type AgentSystemTable } from './agent-table.ts';
import { firstOf, firstRows, joined } from './types.ts';

const AgentSystemRef = builder.prismaNode('AgentSystem', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'A network that collects premiums in an area, with its staff and points as reported; or the total of several.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as conflicts name it.' }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'Whose network; null for a total, and where the caller may not see it.',
    }),
    area: t.relation('area', { nullable: true, description: 'Where it collects.' }),
    agentStaff: t.field({
      type: MeasuredObservationRef,
      description: 'How many collect premiums for it, in persons.',
      select: (_args, _context, nested) => joined(nested),
      resolve: (system) => staffOf(system),
    }),
    collectionPoints: t.field({
      type: MeasuredObservationRef,
      description: 'At how many points they do so.',
      select: (_args, _context, nested) => joined(nested),
      resolve: (system) => pointsOf(system),
    }),
    isTotal: t.exposeBoolean('isTotal', {
      description: 'Whether it is the printed total of other rows: never add it to them.',
    }),
    timePeriod: t.exposeString('timePeriod', {
      nullable: true,
      description: 'The period or day described (SDMX TIME_PERIOD); null when none is stated.',
    }),
    periodBasis: t.field({
      type: PeriodBasis,
      description: 'Whether the period is printed or inferred.',
      resolve: (system) => system.periodBasis as never,
    }),
    comment: t.exposeString('comment', { nullable: true, description: 'A remark on the reading.' }),
    source: t.relation('source', { nullable: true, description: 'The document.' }),
    locator: t.exposeString('locator', { description: 'Where in the source it stands.' }),
    conflicts: t.field({
      type: [ConflictRef],
      description: 'Contradictions and unclear points that mark it.',
      resolve: (system, _args, context) => conflictLoader(context).load(system.id) as never,
    }),
  }),
});

export const AgentSystemTableRef = builder
  .objectRef<AgentSystemTable<AgentSystemRow>>('AgentSystemTable')
  .implement({
    description:
      'The networks of an area as one source reports them for one period, with the printed total beside computed ones.',
    fields: (t) => ({
      source: t.field({
        type: SourceRef,
        nullable: true,
        description: 'The document.',
        resolve: (table) => table.source as never,
      }),
      timePeriod: t.exposeString('timePeriod', {
        nullable: true,
        description: 'The period described (SDMX TIME_PERIOD); null when none is stated.',
      }),
      rows: t.field({
        type: [AgentSystemRef],
        description: 'The networks, in the order of the source.',
        resolve: (table) => [...table.rows] as never,
      }),
      printedTotal: t.field({
        type: AgentSystemRef,
        nullable: true,
        description: 'Their total as printed; null where none is printed.',
        resolve: (table) => table.printedTotal as never,
      }),
      computedStaff: t.field({
        type: DerivedObservationRef,
        nullable: true,
        description: 'The staff of `rows` added; without a value where one of them has none.',
        resolve: (table) => table.computedStaff,
      }),
      computedPoints: t.field({
        type: DerivedObservationRef,
        nullable: true,
        description: 'The points of `rows` added; without a value where one of them has none.',
        resolve: (table) => table.computedPoints,
      }),
      conflicts: t.field({
        type: [ConflictRef],
        description: 'Contradictions and unclear points that mark the rows or their total.',
        resolve: async ({ rows, printedTotal }, _args, context) => {
          const all = [...rows, ...(printedTotal ? [printedTotal] : [])];
          const lists = await Promise.all(all.map(({ id }) => conflictLoader(context).load(id)));
          return [...new Map(lists.flat().map((found) => [found.id, found])).values()] as never;
        },
      }),
    }),
  });

const AgentPointRef = builder.prismaNode('AgentPoint', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'One place where a network collects premiums.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'Whose network; null where the caller may not see it.',
    }),
    area: t.relation('area', { nullable: true, description: 'Where it is.' }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English name.' }),
    staff: t.field({
      type: MeasuredObservationRef,
      description: 'How many collect premiums there, in persons.',
      select: (_args, _context, nested) => ({ area: joined(nested).area }),
      resolve: async (point, _args, context) =>
        staffAtPoint(point, await sourceLoader(context).load(point.sourceId)),
    }),
    openedOn: t.expose('openedOn', { type: 'Date', description: 'First day.' }),
    closedOn: t.expose('closedOn', {
      type: 'Date',
      nullable: true,
      description: 'Last day; null while it is open.',
    }),
    tasks: t.relation('tasks', {
      args: firstOf(),
      query: ({ first }) => ({
        ...firstRows({ first }),
        orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
      }),
      description: 'What it is asked to do, by due day. For pages use `agentTasks`.',
    }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'Where it comes from, and whether that is demonstration data.',
      resolve: (point, _args, context) => sourceLoader(context).load(point.sourceId) as never,
    }),
  }),
});

const AgentTaskRef = builder.prismaNode('AgentTask', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'What the insurance agency asks of a collection point. Never published.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    point: t.relation('point', {
      nullable: true,
      description: 'Who is asked; null where the caller may not see it.',
    }),
    kind: t.exposeString('kind', { description: 'What is asked; list AGENT_TASK.' }),
    scheme: t.exposeString('scheme', {
      nullable: true,
      description: 'For which insurance scheme; list SCHEME. Null for all.',
    }),
    goal: t.exposeInt('goal', {
      nullable: true,
      description: 'How many participants are asked for; null where it is no number.',
    }),
    assignedOn: t.expose('assignedOn', { type: 'Date', description: 'When it was asked.' }),
    dueOn: t.expose('dueOn', { type: 'Date', description: 'The last day for it.' }),
    completedOn: t.expose('completedOn', {
      type: 'Date',
      nullable: true,
      description: 'When it was done; null while it is open.',
    }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'Where it comes from, and whether that is demonstration data.',
      resolve: (task, _args, context) => sourceLoader(context).load(task.sourceId) as never,
    }),
  }),
});

export const AgentSystemConnection = defineConnection('AgentSystem', AgentSystemRef as never);
export const AgentPointConnection = defineConnection('AgentPoint', AgentPointRef as never);
export const AgentTaskConnection = defineConnection('AgentTask', AgentTaskRef as never);
