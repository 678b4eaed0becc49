/** Asking for series. */
import { AreaKeyInput } from '../../area/types.ts';
import { builder } from '../../platform/builder.ts';
import { boundedFirst } from '../../platform/connection.ts';
import { PublicError } from '../../platform/errors.ts';
import { asOfArgs } from '../version-args.ts';
import { readSeries } from './data.ts';
import { SeriesBoundaries, SeriesRef } from './types.ts';

/** An area has few schemes and groups at a time. */
const seriesDefault = 20;
const seriesMax = 200;

builder.queryField('series', (t) =>
  t.field({
    type: [SeriesRef],
    description:
      'The figures of one indicator over time, before and after a reform, in the boundaries asked for. Series that hold figures of one kind are told apart by scheme, group, frequency and unit. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, CODE_UNKNOWN, PERIOD_MALFORMED, AS_OF_IN_FUTURE, SERIES_TOO_MANY, SERIES_TOO_LONG.',
    args: {
      area: t.arg({
        type: AreaKeyInput,
        required: true,
        description: 'Any unit of the line; `boundaries` decides for which units the answer is.',
      }),
      indicator: t.arg.string({ required: true, description: 'List INDICATOR.' }),
      scheme: t.arg.string({ description: 'List SCHEME; all when left out.' }),
      participantGroup: t.arg.string({ description: 'List PARTICIPANT_GROUP; all when left out.' }),
      sex: t.arg.string({ description: 'F, M or _T for both, which is also the default.' }),
      residence: t.arg.string({
        description: 'URBAN, RURAL or _T for both, which is also the default.',
      }),
      from: t.arg.string({ description: 'Periods that end on or after the start of this one.' }),
      to: t.arg.string({ description: 'Periods that begin on or before the end of this one.' }),
      boundaries: t.arg({
        type: SeriesBoundaries,
        defaultValue: 'AS_REPORTED',
        description: 'In which boundaries.',
      }),
      ...asOfArgs(),
      first: t.arg.int({
        defaultValue: seriesDefault,
        description: `How many series at the most: 1 to ${seriesMax}. Else FIRST_OUT_OF_BOUNDS; where there are more, SERIES_TOO_MANY.`,
      }),
    },
    resolve: async (_root, { first, boundaries, ...question }, context) => {
      const max = boundedFirst(first ?? seriesDefault, seriesMax);
      const all = await readSeries(context, {
        ...question,
        boundaries: boundaries ?? 'AS_REPORTED',
      });
      if (all.length > max)
        throw new PublicError('SERIES_TOO_MANY', { count: all.length, max: all.length });
      return all;
    },
  }),
);
