/** Asking for series. */
import { builder } from '../../platform/builder.ts';
import { boundedFirst } from '../../platform/connection.ts';
import { PublicError } from '../../platform/errors.ts';
import { questionOf, seriesArgs } from './arguments.ts';
import { readSeries } from './data.ts';
import { SeriesRef } from './types.ts';

/** An area has few schemes and groups at a time. */
const seriesDefault = 20;
const seriesMax = 200;

builder.queryField('series', (t) =>
  t.field({
    type: [SeriesRef],
    description:
      'The figures of one indicator over time, before and after a reform, in the boundaries asked for. Series that hold figures of one kind are told apart by scheme, group, frequency and unit. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, CODE_UNKNOWN, PERIOD_MALFORMED, AS_OF_IN_FUTURE, SERIES_TOO_MANY, SERIES_TOO_LONG.',
    args: {
      ...seriesArgs(),
      first: t.arg.int({
        defaultValue: seriesDefault,
        description: `How many series at the most: 1 to ${seriesMax}. Else FIRST_OUT_OF_BOUNDS; where there are more, SERIES_TOO_MANY.`,
      }),
    },
    resolve: async (_root, { first, ...args }, context) => {
      const max = boundedFirst(first ?? seriesDefault, seriesMax);
      const all = await readSeries(context, questionOf(args));
      if (all.length > max)
        throw new PublicError('SERIES_TOO_MANY', { count: all.length, max: all.length });
      return all;
    },
  }),
);
