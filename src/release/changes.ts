/** What changed from one version of a release to the next. */
import { observationsById } from '../observation/data.ts';
import { RecordedObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import DataLoader from 'dataloader';
import { perRequest } from '../platform/context.ts';
import type { CellChange } from './data.ts';

const figureOf = perRequest(
  'changed figures',
  (context) => new DataLoader((ids: readonly string[]) => observationsById(context, ids)),
);

export const ReleaseChangeRef = builder.objectRef<CellChange>('ReleaseChange').implement({
  description: 'A figure of which two versions of a release say something else.',
  fields: (t) => ({
    figureId: t.exposeString('figureId', { description: 'Its code, the same in both versions.' }),
    before: t.field({
      type: RecordedObservationRef,
      nullable: true,
      description: 'As the version before has it; null where it has none that the caller may see.',
      resolve: ({ beforeId }, _args, context) =>
        beforeId === null ? null : (figureOf(context).load(beforeId) as never),
    }),
    after: t.field({
      type: RecordedObservationRef,
      nullable: true,
      description: 'As this version has it; null where it has none that the caller may see.',
      resolve: ({ afterId }, _args, context) =>
        afterId === null ? null : (figureOf(context).load(afterId) as never),
    }),
  }),
});
