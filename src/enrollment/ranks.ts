/** Ranks among sibling areas in the schema. */
import { childrenMax, findArea } from '../area/data.ts';
import { AreaKeyInput, AreaRef } from '../area/types.ts';
import { assertCodes } from '../observation/data.ts';
import { SourceNature } from '../observation/provenance.ts';
import { ObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import { boundedFirst } from '../platform/connection.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import type { Area } from '../platform/prisma/client.ts';
import { readBases } from './bases-data.ts';
import { withLastDay } from './coverage-material.ts';
import { yearOf } from './denominators.ts';
import { rankings, type Rank, type Ranking } from './ranking.ts';
import { readRanked, readRankedPlans, readSiblings } from './statistics-data.ts';

const RankMeasure = builder.enumType('RankMeasure', {
  description: 'What areas are ranked by.',
  values: {
    PARTICIPANTS: { description: 'Persons enrolled.' },
    RATE_PRINTED: { description: 'The coverage rate as published, of one denominator.' },
    RATE_COMPUTED: { description: 'Published participants by the published denominator.' },
    PLAN_ACHIEVEMENT: { description: 'Published participants by the published plan.' },
  } as const,
});

type Ranked = Ranking & { readonly area: Area; readonly parent: Area | null };

const CoverageRankRef = builder.objectRef<Rank>('CoverageRank').implement({
  description: 'The place of one area.',
  fields: (t) => ({
    refArea: t.field({
      type: AreaRef,
      description: 'The area.',
      resolve: (row) => row.figure.area as never,
    }),
    rank: t.exposeInt('rank', {
      description: '1 is the largest value. Equal values share a rank, and the next is left out.',
    }),
    isTied: t.exposeBoolean('isTied', { description: 'Whether another area has the same value.' }),
    figure: t.field({
      type: ObservationRef,
      description: 'The value that it is ranked by.',
      resolve: (row) => row.figure,
    }),
  }),
});

/** All provinces of today; the row limit counts the default of a nested list. */
const ranksDefault = 34;

const CoverageRankingRef = builder.objectRef<Ranked>('CoverageRanking').implement({
  description:
    'The areas of one parent and level in the order of their published values: one list for each denominator, and demonstration data apart from what documents report.',
  fields: (t) => ({
    measure: t.field({
      type: RankMeasure,
      description: 'What they are ranked by.',
      resolve: (row) => row.measure,
    }),
    nature: t.field({
      type: SourceNature,
      description: 'What the values come from.',
      resolve: (row) => row.nature as never,
    }),
    denominator: t.exposeString('denominator', {
      nullable: true,
      description: 'What a rate is a share of; list DENOMINATOR. Null for counts.',
    }),
    timePeriod: t.exposeString('timePeriod', { description: 'The period that was asked.' }),
    parent: t.field({
      type: AreaRef,
      nullable: true,
      description: 'The area above; null where there is none on that day.',
      resolve: (row) => row.parent as never,
    }),
    siblings: t.exposeInt('siblings', {
      description: 'Areas of the same parent and level on that day, this one included.',
    }),
    ranked: t.int({
      description: 'How many of them have a value.',
      resolve: (row) => row.ranks.length,
    }),
    withoutValue: t.exposeInt('withoutValue', {
      description:
        'How many have none: not published, confidential, of low reliability, or contradicted. Which of these it is, is not told here.',
    }),
    rank: t.field({
      type: CoverageRankRef,
      nullable: true,
      description: 'The place of the area that was asked; null where it has no published value.',
      resolve: (row) => row.ranks.find(({ figure }) => figure.areaId === row.area.id) ?? null,
    }),
    ranks: t.field({
      type: [CoverageRankRef],
      description: 'The places, the largest value first.',
      args: {
        first: t.arg.int({
          defaultValue: ranksDefault,
          description: `How many: 1 to ${childrenMax}. Else FIRST_OUT_OF_BOUNDS.`,
        }),
      },
      resolve: (row, { first }) =>
        row.ranks.slice(0, boundedFirst(first ?? ranksDefault, childrenMax)),
    }),
  }),
});

/** The last day of the period on which the area lived. */
function dayOf(area: Area, timePeriod: string): Date {
  const { start, end } = parsePeriodOrThrow(timePeriod);
  return area.validTo && area.validTo >= start && area.validTo < end ? area.validTo : end;
}

builder.queryField('coverageRanks', (t) =>
  t.field({
    type: [CoverageRankingRef],
    description:
      'The rank of an area among those of the same parent and level (province and city; commune, ward, township and special zone) on the last day of the period, over published values only: neither an internal nor a confidential nor an embargoed value is ranked. An empty list where none of them has one. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, PERIOD_MALFORMED, CODE_UNKNOWN.',
    args: {
      area: t.arg({ type: AreaKeyInput, required: true, description: 'Which area.' }),
      timePeriod: t.arg.string({
        required: true,
        description: 'When, such as 2022; figures as of its last day are included.',
      }),
      scheme: t.arg.string({ required: true, description: 'List SCHEME.' }),
      participantGroup: t.arg.string({
        defaultValue: 'ALL',
        description: 'List PARTICIPANT_GROUP.',
      }),
      measure: t.arg({
        type: RankMeasure,
        defaultValue: 'PARTICIPANTS',
        description: 'Ranked by what.',
      }),
    },
    resolve: async (_root, args, context): Promise<Ranked[]> => {
      const { timePeriod, scheme } = args;
      const participantGroup = args.participantGroup ?? 'ALL';
      const measure = args.measure ?? 'PARTICIPANTS';
      const timePeriods = withLastDay(timePeriod);
      await assertCodes(context, { SCHEME: scheme, PARTICIPANT_GROUP: participantGroup });
      const area = await findArea(context, args.area);
      context.draft.areas.add(area.id);
      const { parent, siblings } = await readSiblings(context, area, dayOf(area, timePeriod));
      const areaIds = siblings.map(({ id }) => id);
      const question = { areaIds, timePeriods, scheme, participantGroup };
      const years = measure === 'RATE_COMPUTED' ? [yearOf(timePeriod) ?? []].flat() : [];
      const [figures, plans, bases] = await Promise.all([
        readRanked(context, question),
        measure === 'PLAN_ACHIEVEMENT' ? readRankedPlans(context, question) : [],
        readBases(context, { areaIds, years, scheme, publishedOnly: true }),
      ]);
      const material = { siblings: siblings.length, timePeriod, measure, figures, plans, bases };
      return rankings(material).map((ranking) => ({ ...ranking, area, parent }));
    },
  }),
);
