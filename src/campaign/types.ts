/** Campaigns in the schema: who takes part, what is done, what comes of it and what it costs. */
import { builder } from '../platform/builder.ts';
import { boundedFirst, defineConnection, firstDefault, firstMax } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { currentAt } from '../observation/data.ts';
import { RecordedObservationRef } from '../observation/types.ts';
import { CampaignCostsRef } from './costs.ts';
import { asFigure, type OutputRow } from './output.ts';
import { CampaignOutputRef, outcomesOf } from './outputs.ts';

export const CampaignMethod = builder.enumType('CampaignMethod', {
  description: 'How a campaign concentrates its work.',
  values: {
    CAMPAIGN: { description: 'Many activities on one aim.' },
    PEAK: { description: 'A short time of more activity than usual.' },
    THEMATIC: { description: 'Activities on one theme, spread over time.' },
  } as const,
});

export const CampaignStatus = builder.enumType('CampaignStatus', {
  description: 'How far a campaign has come.',
  values: {
    PLANNED: { description: 'It has not begun.' },
    RUNNING: { description: 'It is going on.' },
    COMPLETED: { description: 'It is over.' },
    CANCELLED: { description: 'It was given up.' },
  } as const,
});

export const ActivityStatus = builder.enumType('ActivityStatus', {
  description: 'Whether an activity has taken place.',
  values: {
    PLANNED: { description: 'It is still due.' },
    HELD: { description: 'It has taken place.' },
    CANCELLED: { description: 'It will not take place.' },
  } as const,
});

const CampaignPartyRef = builder.prismaObject('CampaignParty', {
  description: 'Who takes part in a campaign, and as what.',
  fields: (t) => ({
    partner: t.relation('partner', {
      nullable: true,
      description: 'The organisation; null where the caller may not see it.',
    }),
    role: t.exposeString('role', { description: 'List CAMPAIGN_ROLE.' }),
    confirmedAt: t.expose('confirmedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the other party confirmed the part; null until then.',
    }),
  }),
});

const howMany = `How many: 1 to ${firstMax}; ${firstDefault} when left out. Else FIRST_OUT_OF_BOUNDS.`;

type Nested = (selection: object, path: string[]) => unknown;

/** Of what is not asked, the id alone, since an empty selection is no query. */
const idOnly = { select: { id: true } };

/** The current outputs of a row, with what is asked of their area and source. */
const outputsQuery = (first: number | null | undefined, context: Context, nested: Nested) => ({
  where: currentAt(context),
  orderBy: [
    { periodStart: { sort: 'asc', nulls: 'last' } },
    { figureId: 'asc' },
    { id: 'asc' },
  ] satisfies object[] as never,
  take: boundedFirst(first),
  include: {
    area: nested(idOnly, ['refArea']) as true,
    source: nested(idOnly, ['source']) as true,
  },
});

export const CampaignRef = builder.prismaNode('Campaign', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'A communication campaign of an insurance agency and its partners.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as filters name it.' }),
    method: t.field({
      type: CampaignMethod,
      description: 'How it concentrates its work.',
      resolve: (campaign) => campaign.method as never,
    }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English name.' }),
    topicCodes: t.exposeStringList('topicCodes', {
      description: 'What it is about; list TOPIC.',
    }),
    startsOn: t.expose('startsOn', { type: 'Date', description: 'First day.' }),
    endsOn: t.expose('endsOn', { type: 'Date', description: 'Last day.' }),
    status: t.field({
      type: CampaignStatus,
      description: 'How far it has come.',
      resolve: (campaign) => campaign.status as never,
    }),
    area: t.relation('area', { nullable: true, description: 'Where it takes place.' }),
    source: t.relation('source', {
      nullable: true,
      description: 'Where the row comes from; its `nature` tells demonstration data.',
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row.',
    }),
    parties: t.relation('parties', {
      type: CampaignPartyRef,
      query: { orderBy: { partnerId: 'asc' } },
      description: 'Who takes part. A part counts once the other party has confirmed it.',
    }),
    activities: t.relation('activities', {
      args: { first: t.arg.int({ description: howMany }) },
      query: ({ first }) => ({
        orderBy: [{ plannedOn: 'asc' }, { id: 'asc' }],
        take: boundedFirst(first),
      }),
      description: 'Its activities by planned day. For pages use `activities`.',
    }),
    outputs: t.field({
      type: [CampaignOutputRef],
      args: { first: t.arg.int({ description: howMany }) },
      description: 'What was counted of it, oldest first. For pages use `campaignOutputs`.',
      select: ({ first }, context, nested) => ({
        outputs: outputsQuery(first, context, nested as Nested),
      }),
      resolve: (campaign) => (campaign.outputs as OutputRow[]).map(asFigure),
    }),
    costs: t.field({
      type: CampaignCostsRef,
      nullable: true,
      description: 'Budget and spending; null where the caller may see none, which is not zero.',
      select: { costs: { orderBy: { item: 'asc' } } },
      resolve: ({ costs }, _args, context) => {
        // The totals alone tell of each item.
        for (const cost of costs) context.draft.given('CampaignCost', cost);
        return costs.length > 0 ? costs : null;
      },
    }),
  }),
});

export const ActivityRef = builder.prismaNode('Activity', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'One event or product of a campaign.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English name.' }),
    channel: t.exposeString('channel', { description: 'Through what; list CHANNEL.' }),
    form: t.exposeString('form', {
      description: 'Between people, through media, or both; list FORM.',
    }),
    audienceCodes: t.exposeStringList('audienceCodes', {
      description: 'Whom it addresses; list AUDIENCE.',
    }),
    topicCodes: t.exposeStringList('topicCodes', {
      description: 'What it is about; list TOPIC.',
    }),
    languages: t.exposeStringList('languages', {
      description: 'In which languages; list LANGUAGE (BCP 47).',
    }),
    place: t.exposeString('place', {
      nullable: true,
      description: 'Where, in words; null where no place is given.',
    }),
    frequency: t.exposeString('frequency', { description: 'How often; list FREQUENCY.' }),
    focalPoint: t.exposeString('focalPoint', {
      nullable: true,
      description: 'The post that answers questions, never a person; null where none is named.',
    }),
    plannedOn: t.expose('plannedOn', { type: 'Date', description: 'The day it is planned for.' }),
    heldOn: t.expose('heldOn', {
      type: 'Date',
      nullable: true,
      description: 'The day it took place; null unless it is held.',
    }),
    status: t.field({
      type: ActivityStatus,
      description: 'Whether it has taken place.',
      resolve: (activity) => activity.status as never,
    }),
    area: t.relation('area', { nullable: true, description: 'Where it takes place.' }),
    campaign: t.relation('campaign', {
      nullable: true,
      description: 'The campaign that it belongs to; null where the caller may not see it.',
    }),
    outputs: t.field({
      type: [CampaignOutputRef],
      args: { first: t.arg.int({ description: howMany }) },
      description: 'What was counted of it, oldest first.',
      select: ({ first }, context, nested) => ({
        outputs: outputsQuery(first, context, nested as Nested),
      }),
      resolve: (activity) => (activity.outputs as OutputRow[]).map(asFigure),
    }),
    outcomes: t.field({
      type: [RecordedObservationRef],
      description:
        'Enrolments that are credited to it, as far as the caller may see them. A credit is no proof of a cause.',
      select: { outcomeIds: true },
      resolve: (activity, _args, context) => outcomesOf(context, activity.outcomeIds),
    }),
    sourceCode: t.exposeString('sourceId', { description: 'The source’s code.' }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row.',
    }),
  }),
});

export const CampaignConnection = defineConnection('Campaign', CampaignRef as never);
export const ActivityConnection = defineConnection('Activity', ActivityRef as never);
