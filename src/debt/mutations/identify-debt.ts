/** The monthly identification of late-paying and evading employers. */
import { placeWhere } from '../../area/data.ts';
import { AreaKeyInput } from '../../area/types.ts';
import { builder } from '../../platform/builder.ts';
import { PublicError } from '../../platform/errors.ts';
import { formatDay } from '../../platform/scalars.ts';
import { reachesInside } from '../../platform/scope.ts';
import { DebtIdentificationRef } from '../identification.ts';
import { identifyProvince } from '../identify.ts';

builder.mutationField('identifyDebt', (t) =>
  t.field({
    type: DebtIdentificationRef,
    nullable: true,
    description:
      'Identifies who pays late or evades (Law 41/2024/QH15 Art 35): applies the law to every employer of a province of the caller’s territory at the end of a day, and replaces all positions of that day by what it makes of what is known now. A small province is done when this answers; for others, ask for `debtIdentifications`. Until it is done the day’s positions stay as they were. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, TERRITORY_NOT_OWN, DAY_OUT_OF_RANGE, IDENTIFICATION_BUSY.',
    args: {
      area: t.arg({ type: AreaKeyInput, required: true, description: 'A province or city.' }),
      asOf: t.arg({
        type: 'Date',
        required: true,
        description:
          'The day, such as the last one of a month: from the first day of the law (2025-07-01) to today.',
      }),
    },
    resolve: async (_root, { area, asOf }, context) => {
      const { provinceId = '' } = await placeWhere(context, { within: area }, 'area');
      if (!reachesInside(context.principal.scope, 'DEBT', { id: provinceId, provinceId })) {
        throw new PublicError('TERRITORY_NOT_OWN', { field: 'area' });
      }
      return identifyProvince(context, provinceId, formatDay(asOf));
    },
  }),
);
