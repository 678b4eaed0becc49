/** Reads campaigns, activities, audiences and channels; the rows are the database's to limit. */
import { placeWhere, type AreaKey } from '../area/data.ts';
import { assertCodes } from '../observation/data.ts';
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type {
  Activity,
  Audience,
  Campaign,
  ChannelUse,
  Prisma,
} from '../platform/prisma/client.ts';

export interface CampaignFilter {
  readonly area?: AreaKey | null | undefined;
  readonly method?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
  readonly topicCode?: string | null | undefined;
  readonly partner?: string | null | undefined;
}

export async function campaignWhere(
  context: Context,
  { area, method, status, from, to, topicCode, partner }: CampaignFilter,
): Promise<Prisma.CampaignWhereInput> {
  await assertCodes(context, { TOPIC: topicCode });
  return {
    ...(await placeWhere(context, { area })),
    ...(method ? { method } : {}),
    ...(status ? { status } : {}),
    ...(from ? { endsOn: { gte: from } } : {}),
    ...(to ? { startsOn: { lte: to } } : {}),
    ...(topicCode ? { topicCodes: { has: topicCode } } : {}),
    // Through the relation, so that a partner out of scope finds nothing.
    ...(partner == null ? {} : { parties: { some: { partner: { is: { id: partner } } } } }),
  };
}

export interface ActivityFilter {
  readonly area?: AreaKey | null | undefined;
  readonly channel?: string | null | undefined;
  readonly form?: string | null | undefined;
  readonly audienceCode?: string | null | undefined;
  readonly plannedFrom?: Date | null | undefined;
  readonly plannedTo?: Date | null | undefined;
  readonly status?: string | null | undefined;
}

export async function activityWhere(
  context: Context,
  { area, channel, form, audienceCode, plannedFrom, plannedTo, status }: ActivityFilter,
): Promise<Prisma.ActivityWhereInput> {
  await assertCodes(context, { CHANNEL: channel, FORM: form, AUDIENCE: audienceCode });
  return {
    ...(await placeWhere(context, { area })),
    ...(channel ? { channel } : {}),
    ...(form ? { form } : {}),
    ...(audienceCode ? { audienceCodes: { has: audienceCode } } : {}),
    ...(plannedFrom || plannedTo
      ? {
          plannedOn: {
            ...(plannedFrom ? { gte: plannedFrom } : {}),
            ...(plannedTo ? { lte: plannedTo } : {}),
          },
        }
      : {}),
    ...(status ? { status } : {}),
  };
}

export interface AudienceFilter {
  readonly area?: AreaKey | null | undefined;
  readonly audienceCode?: string | null | undefined;
  readonly topicCode?: string | null | undefined;
  readonly channel?: string | null | undefined;
  readonly frequency?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly sourceId?: string | null | undefined;
}

export async function audienceWhere(
  context: Context,
  { area, audienceCode, topicCode, channel, frequency, status, sourceId }: AudienceFilter,
): Promise<Prisma.AudienceWhereInput> {
  await assertCodes(context, {
    AUDIENCE: audienceCode,
    TOPIC: topicCode,
    CHANNEL: channel,
    FREQUENCY: frequency,
    STATUS: status,
  });
  return {
    ...(await placeWhere(context, { area })),
    ...(audienceCode ? { audienceCodes: { has: audienceCode } } : {}),
    ...(topicCode ? { topicCodes: { has: topicCode } } : {}),
    ...(channel ? { channelCodes: { has: channel } } : {}),
    ...(frequency ? { frequency } : {}),
    ...(status ? { status } : {}),
    ...(sourceId == null ? {} : { sourceId }),
  };
}

export interface ChannelUseFilter {
  readonly area?: AreaKey | null | undefined;
  readonly channel?: string | null | undefined;
  readonly form?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly sourceId?: string | null | undefined;
}

export async function channelUseWhere(
  context: Context,
  { area, channel, form, status, sourceId }: ChannelUseFilter,
): Promise<Prisma.ChannelUseWhereInput> {
  await assertCodes(context, { CHANNEL: channel, FORM: form, STATUS: status });
  return {
    ...(await placeWhere(context, { area })),
    ...(channel ? { channel } : {}),
    ...(form ? { form } : {}),
    ...(status ? { status } : {}),
    ...(sourceId == null ? {} : { sourceId }),
  };
}

export const readCampaigns = pagesOf<Campaign>((db) => db.campaign);

export const readActivities = pagesOf<Activity>((db) => db.activity);

export const readAudiences = pagesOf<Audience>((db) => db.audience);

export const readChannelUses = pagesOf<ChannelUse>((db) => db.channelUse);
