/** What a grant has lost of its territory by a reform, in the schema and in words. */
import type { Renewal } from '../identity/principal.ts';
import { builder } from '../platform/builder.ts';
import { sentence } from '../platform/errors.ts';

const code = 'AGREEMENT_NEEDS_RENEWAL';

export const RenewalRef = builder.objectRef<Renewal>('GrantRenewal').implement({
  description:
    'Areas of a grant that have ended: it keeps their history, and passes to a successor only where that consists wholly of agreed territory.',
  fields: (t) => ({
    code: t.string({ description: 'AGREEMENT_NEEDS_RENEWAL.', resolve: () => code }),
    sentence: t.string({
      description: 'What to do, in the language of the request.',
      resolve: ({ areaIds, successorIds }, _args, { language }) => {
        const areas = areaIds.join(', ');
        return sentence(code, { areas, successors: successorIds.join(', ') || '-' }, language);
      },
    }),
    areaIds: t.stringList({
      description: 'The areas that ended, as code@vintage.',
      resolve: ({ areaIds }) => [...areaIds],
    }),
    successorIds: t.stringList({
      description: 'What they became and the grant does not reach, as code@vintage.',
      resolve: ({ successorIds }) => [...successorIds],
    }),
  }),
});
