/** Drawing up the statutory list of a quarter. */
import { placeWhere } from '../../area/data.ts';
import { AreaKeyInput } from '../../area/types.ts';
import { builder } from '../../platform/builder.ts';
import { PublicError } from '../../platform/errors.ts';
import { reachesInside } from '../../platform/scope.ts';
import { drawUp } from '../draw-up.ts';
import { transmitBy } from '../list-calendar.ts';
import { listById } from '../list-data.ts';
import { insertList } from '../list-step-data.ts';
import { StatutoryListRef } from '../statutory-list.ts';

builder.mutationField('draftStatutoryList', (t) =>
  t.field({
    type: StatutoryListRef,
    nullable: true,
    description:
      'Draws up the list of a province of the caller’s territory, from the positions of the day less what was paid until the cut-off. Nobody else sees it before it is transmitted or approved. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, TERRITORY_NOT_OWN, LIST_DATES_INVALID, LIST_POSITIONS_MISSING, LIST_EXISTS, LIST_ENTRY_NOT_DUE, VALUE_TWICE, LIST_PARAMETER_MISSING.',
    args: {
      area: t.arg({ type: AreaKeyInput, required: true, description: 'A province or city.' }),
      timePeriod: t.arg.string({ required: true, description: 'The quarter, as 2026-Q1.' }),
      debtOn: t.arg({
        type: 'Date',
        required: true,
        description:
          'The day on which debt is counted, in the quarter; there must be positions of it.',
      }),
      paidUntil: t.arg({
        type: 'Date',
        required: true,
        description: 'Payments received until this day count: from `debtOn` to today.',
      }),
    },
    resolve: async (_root, { area, timePeriod, debtOn, paidUntil }, context) => {
      // The database says so too; it is asked when all is worked out.
      if (transmitBy(timePeriod) === null) {
        throw new PublicError('LIST_DATES_INVALID', { field: 'timePeriod' });
      }
      const { provinceId = '' } = await placeWhere(context, { within: area }, 'area');
      if (!reachesInside(context.principal.scope, 'DEBT', { id: provinceId, provinceId })) {
        throw new PublicError('TERRITORY_NOT_OWN', { field: 'area' });
      }
      const drawn = await drawUp(context, { provinceId, debtOn, paidUntil });
      const list = { areaId: provinceId, timePeriod, debtOn, paidUntil };
      return listById(context, await insertList(context, list, drawn));
    },
  }),
);
