/** The arguments that say which versions of figures are asked for. */
import { builder } from '../platform/builder.ts';

export const asOfArgs = () =>
  builder.args((t) => ({
    asOf: t.field({
      type: 'DateTime',
      description:
        'What was known at this instant, which may not lie ahead: else AS_OF_IN_FUTURE. Readers of published figures move among published versions; what was withdrawn stays closed.',
    }),
  }));

export const versionArgs = () => ({
  ...asOfArgs(),
  ...builder.args((t) => ({
    includeHistory: t.boolean({
      description:
        'All versions that the caller may read, the superseded ones too. Not together with `asOf`: AS_OF_WITH_HISTORY.',
    }),
  })),
});
