/** Asking for premium collection: networks, their table, points, and tasks that are due. */
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { accepts, byCode, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { AgentTask } from '../platform/prisma/client.ts';
import {
  agentPointWhere,
  agentSystemWhere,
  agentTaskWhere,
  readAgentPoints,
  readAgentSystems,
  readAgentTasks,
  readSystemsOf,
} from './agent-data.ts';
import { assembleTables } from './agent-table.ts';
import {
  AgentPointConnection,
  AgentSystemConnection,
  AgentSystemTableRef,
  AgentTaskConnection,
} from './agents.ts';

const byDue: Order<AgentTask> = {
  name: 'DUE',
  columns: [
    {
      column: 'dueOn',
      direction: 'asc',
      accepts: accepts.day,
      read: (task) => task.dueOn.toISOString(),
    },
    { column: 'id', direction: 'asc', read: (task) => task.id },
  ],
};

const withinDescription = 'All of this province or city. Else AREA_NOT_PROVINCE.';

const SystemFilter = builder.inputType('AgentSystemFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Networks of exactly this area.' }),
    partner: t.string({ description: 'Of the partner of this code.' }),
  }),
});

const PointFilter = builder.inputType('AgentPointFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Points in exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    partner: t.string({ description: 'Of the partner of this code.' }),
    openOn: t.field({ type: 'Date', description: 'Open on this day.' }),
  }),
});

const TaskFilter = builder.inputType('AgentTaskFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Tasks in exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    dueFrom: t.field({ type: 'Date', description: 'Due on this day or later.' }),
    dueTo: t.field({ type: 'Date', description: 'Due on this day or earlier.' }),
    open: t.boolean({ description: 'True for those that are not done, false for the others.' }),
  }),
});

builder.queryFields((t) => ({
  agentSystems: t.field({
    type: AgentSystemConnection,
    description: 'Networks that collect premiums, with staff and points as reported, by code.',
    args: { ...pageArgs(), where: t.arg({ type: SystemFilter, description: 'Which networks.' }) },
    resolve: async (_root, args, context, info) =>
      readAgentSystems(context, {
        list: 'agentSystems',
        order: byCode(),
        args,
        where: await agentSystemWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'AgentSystem', nodePaths()),
      }),
  }),
  agentSystemTables: t.field({
    type: [AgentSystemTableRef],
    description:
      'The networks of an area as tables, one per source and period, each with its printed total, the computed ones, and their conflicts. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS.',
    args: { area: t.arg({ type: AreaKeyInput, required: true, description: 'Where.' }) },
    resolve: async (_root, { area }, context, info) => {
      const look = lookAhead(context, info, 'AgentSystem', [['rows'], ['printedTotal']]);
      return assembleTables(await readSystemsOf(context, area, look));
    },
  }),
  agentPoints: t.field({
    type: AgentPointConnection,
    description: 'The places where premiums are collected, by code.',
    args: { ...pageArgs(), where: t.arg({ type: PointFilter, description: 'Which points.' }) },
    resolve: async (_root, args, context, info) =>
      readAgentPoints(context, {
        list: 'agentPoints',
        order: byCode(),
        args,
        where: await agentPointWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'AgentPoint', nodePaths()),
      }),
  }),
  agentTasks: t.field({
    type: AgentTaskConnection,
    description: 'What collection points are asked to do, by the last day for it.',
    args: { ...pageArgs(), where: t.arg({ type: TaskFilter, description: 'Which tasks.' }) },
    resolve: async (_root, args, context, info) =>
      readAgentTasks(context, {
        list: 'agentTasks',
        order: byDue,
        args,
        where: await agentTaskWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'AgentTask', nodePaths()),
      }),
  }),
}));
