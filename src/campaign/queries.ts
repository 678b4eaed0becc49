/** Asking for campaigns, activities, audiences and channels. */
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { accepts, byCode, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { Activity, Campaign } from '../platform/prisma/client.ts';
import {
  activityWhere,
  audienceWhere,
  campaignWhere,
  channelUseWhere,
  readActivities,
  readAudiences,
  readCampaigns,
  readChannelUses,
} from './data.ts';
import './output-queries.ts';
import { AudienceConnection, ChannelUseConnection } from './reach.ts';
import {
  ActivityConnection,
  ActivityStatus,
  CampaignConnection,
  CampaignMethod,
  CampaignStatus,
} from './types.ts';

const byStart = (name: string, direction: 'asc' | 'desc'): Order<Campaign> => ({
  name,
  columns: [
    {
      column: 'startsOn',
      direction,
      accepts: accepts.day,
      read: (row) => row.startsOn.toISOString(),
    },
    ...byCode<Campaign>().columns,
  ],
});

const campaignOrders: Readonly<Record<string, Order<Campaign>>> = {
  STARTS_ASC: byStart('STARTS_ASC', 'asc'),
  STARTS_DESC: byStart('STARTS_DESC', 'desc'),
};

const byPlannedDay: Order<Activity> = {
  name: 'PLANNED_ASC',
  columns: [
    {
      column: 'plannedOn',
      direction: 'asc',
      accepts: accepts.day,
      read: (row) => row.plannedOn.toISOString(),
    },
    ...byCode<Activity>().columns,
  ],
};

const CampaignOrder = builder.enumType('CampaignOrder', {
  description: 'The order of a list of campaigns.',
  values: {
    CODE: { description: 'By code.' },
    STARTS_ASC: { description: 'By first day, oldest first.' },
    STARTS_DESC: { description: 'By first day, newest first.' },
  } as const,
});

const known = 'All conditions must hold. Codes that their list does not know: CODE_UNKNOWN.';

const CampaignFilter = builder.inputType('CampaignFilter', {
  description: known,
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Campaigns of exactly this area.' }),
    method: t.field({ type: CampaignMethod, description: 'Of this method.' }),
    status: t.field({ type: CampaignStatus, description: 'In this state.' }),
    from: t.field({ type: 'Date', description: 'That end on or after this day.' }),
    to: t.field({ type: 'Date', description: 'That begin on or before this day.' }),
    topicCode: t.string({ description: 'About this topic; list TOPIC.' }),
    partner: t.string({ description: 'In which the partner of this code takes part.' }),
  }),
});

const ActivityFilter = builder.inputType('ActivityFilter', {
  description: known,
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Activities of exactly this area.' }),
    channel: t.string({ description: 'List CHANNEL.' }),
    form: t.string({ description: 'List FORM.' }),
    audienceCode: t.string({ description: 'That address this audience; list AUDIENCE.' }),
    plannedFrom: t.field({ type: 'Date', description: 'Planned on or after this day.' }),
    plannedTo: t.field({ type: 'Date', description: 'Planned on or before this day.' }),
    status: t.field({ type: ActivityStatus, description: 'In this state; PLANNED is due.' }),
  }),
});

const AudienceFilter = builder.inputType('AudienceFilter', {
  description: known,
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Audiences of exactly this area.' }),
    audienceCode: t.string({ description: 'List AUDIENCE.' }),
    topicCode: t.string({ description: 'That are told of this topic; list TOPIC.' }),
    channel: t.string({ description: 'That are reached through this channel; list CHANNEL.' }),
    frequency: t.string({ description: 'List FREQUENCY.' }),
    status: t.string({ description: 'List STATUS.' }),
    sourceId: t.string({ description: 'From the source of this code.' }),
  }),
});

const ChannelUseFilter = builder.inputType('ChannelUseFilter', {
  description: known,
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Channels of exactly this area.' }),
    channel: t.string({ description: 'List CHANNEL.' }),
    form: t.string({ description: 'List FORM.' }),
    status: t.string({ description: 'List STATUS.' }),
    sourceId: t.string({ description: 'From the source of this code.' }),
  }),
});

builder.queryFields((t) => ({
  campaigns: t.field({
    type: CampaignConnection,
    description: 'Communication campaigns that the caller may see.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: CampaignFilter, description: 'Which campaigns.' }),
      orderBy: t.arg({
        type: CampaignOrder,
        defaultValue: 'CODE',
        description: 'In which order.',
      }),
    },
    resolve: async (_root, args, context, info) =>
      readCampaigns(context, {
        list: 'campaigns',
        order: campaignOrders[args.orderBy ?? 'CODE'] ?? byCode(),
        args,
        where: await campaignWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Campaign', nodePaths()),
      }),
  }),
  activities: t.field({
    type: ActivityConnection,
    description:
      'Activities that the caller may see, by planned day. What is due has status PLANNED.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ActivityFilter, description: 'Which activities.' }),
    },
    resolve: async (_root, args, context, info) =>
      readActivities(context, {
        list: 'activities',
        order: byPlannedDay,
        args,
        where: await activityWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Activity', nodePaths()),
      }),
  }),
  audiences: t.field({
    type: AudienceConnection,
    description: 'Whom the agencies address, by code, as far as the caller may see it.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: AudienceFilter, description: 'Which audiences.' }),
    },
    resolve: async (_root, args, context, info) =>
      readAudiences(context, {
        list: 'audiences',
        order: byCode(),
        args,
        where: await audienceWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Audience', nodePaths()),
      }),
  }),
  channelUses: t.field({
    type: ChannelUseConnection,
    description: 'Channels that the sources name, by code, as far as the caller may see them.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ChannelUseFilter, description: 'Which channels.' }),
    },
    resolve: async (_root, args, context, info) =>
      readChannelUses(context, {
        list: 'channelUses',
        order: byCode(),
        args,
        where: await channelUseWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'ChannelUse', nodePaths()),
      }),
  }),
}));
