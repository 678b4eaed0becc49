/** What is asked of series: the same of the answer and of the file. */
import { AreaKeyInput } from '../../area/types.ts';
import { builder } from '../../platform/builder.ts';
import { asOfArgs } from '../version-args.ts';
import type { SeriesBoundaries as Boundaries, SeriesQuestion } from './data.ts';
import { SeriesBoundaries } from './types.ts';

export const seriesArgs = () => ({
  ...builder.args((t) => ({
    area: t.field({
      type: AreaKeyInput,
      required: true,
      description: 'Any unit of the line; `boundaries` decides for which units the answer is.',
    }),
    indicator: t.string({ required: true, description: 'List INDICATOR.' }),
    scheme: t.string({ description: 'List SCHEME; all when left out.' }),
    participantGroup: t.string({ description: 'List PARTICIPANT_GROUP; all when left out.' }),
    sex: t.string({ description: 'F, M or _T for both, which is also the default.' }),
    residence: t.string({
      description: 'URBAN, RURAL or _T for both, which is also the default.',
    }),
    from: t.string({ description: 'Periods that end on or after the start of this one.' }),
    to: t.string({ description: 'Periods that begin on or before the end of this one.' }),
    boundaries: t.field({
      type: SeriesBoundaries,
      defaultValue: 'AS_REPORTED',
      description: 'In which boundaries.',
    }),
  })),
  ...asOfArgs(),
});

/** As the schema has read them. */
export type SeriesArguments = Omit<SeriesQuestion, 'boundaries'> & {
  readonly boundaries?: Boundaries | null | undefined;
};

export const questionOf = ({ boundaries, ...question }: SeriesArguments): SeriesQuestion => ({
  ...question,
  boundaries: boundaries ?? 'AS_REPORTED',
});
