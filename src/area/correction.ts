/** Corrections of the listing of communes in the schema. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';

export const AreaCorrectionKind = builder.enumType('AreaCorrectionKind', {
  description: 'What is wrong in the listing, or missing from it.',
  values: {
    CODE_WRONG: { description: 'It gives a commune of today the code of another one.' },
    SUCCESSOR_CODE_UNKNOWN: {
      description: 'It names a successor by a code that no commune has; name and province decide.',
    },
    SUCCESSOR_CODE_CONTRADICTED: {
      description:
        'It names a successor by the code of a commune elsewhere; name and province decide.',
    },
    PREDECESSOR_CODE_MISSING: {
      description: 'It gives no code for the unit that there was before; see `used`.',
    },
    PREDECESSOR_MISSING: { description: 'It does not say what a commune of today was before.' },
  } as const,
});

export const AreaCorrectionRef = builder.prismaNode('AreaCorrection', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'One place where the listing that communes are read from was mended, or could not be, and why.',
  fields: (t) => ({
    kind: t.field({
      type: AreaCorrectionKind,
      description: 'What is wrong.',
      resolve: (row) => row.kind as never,
    }),
    source: t.exposeString('source', { description: 'The listing, with its version.' }),
    locator: t.exposeString('locator', { description: 'Its table and row.' }),
    listed: t.exposeString('listed', { description: 'What it says.' }),
    used: t.exposeString('used', {
      nullable: true,
      description: 'The code that is used instead; null where the row is left out.',
    }),
    area: t.relation('area', { nullable: true, description: 'The area that it concerns.' }),
    reason: t.string({
      description: 'Why, in the language of Accept-Language.',
      select: { reasonVi: true, reasonEn: true },
      resolve: (row, _args, { language }) => (language === 'vi' ? row.reasonVi : row.reasonEn),
    }),
  }),
});

export const AreaCorrectionConnection = defineConnection(
  'AreaCorrection',
  AreaCorrectionRef as never,
);
