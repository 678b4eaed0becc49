/** Asking what insurance offices had to collect and collected, period by period. */
import { placeWhere } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { dayIn } from '../platform/scalars.ts';
import { officesInReach, standingsOf } from './collection-data.ts';
import { between } from './collection-ledger.ts';
import { periodsBetween, periodsMax } from './collection-periods.ts';
import { assignedOf } from './collection-rates.ts';
import { OfficeCollectionRef, type OfficeCollection } from './collection.ts';
import { assertOffice } from './data.ts';
import { estimatesInForce } from './estimate-data.ts';
import { addDays } from './law/days.ts';
import { withinDescription } from './sentences.ts';

const rowsMax = 1_000;

const CollectionFilter = builder.inputType('CollectionFilter', {
  description: 'Which offices, and which years, quarters or months; all conditions must hold.',
  fields: (t) => ({
    office: t.string({
      description:
        'The office of this code. Else OFFICE_UNKNOWN. When left out, all whose whole territory the caller reads.',
    }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    from: t.string({
      required: true,
      description:
        'The first period: a year, quarter or month, as 2026, 2026-Q1 or 2026-01. Else PERIOD_MALFORMED.',
    }),
    to: t.string({
      description: `The last period, of the same kind; the first one when left out. At most ${periodsMax}, none that has not begun. Else COLLECTION_PERIODS_INVALID.`,
    }),
  }),
});

async function collect(
  context: Context,
  { office, within, from, to }: typeof CollectionFilter.$inferInput,
): Promise<OfficeCollection[]> {
  const today = dayIn(new Date(context.principal.scope.instant));
  const periods = periodsBetween(from, to ?? from, today);
  await assertOffice(context, office);
  const { provinceId } = await placeWhere(context, { within });
  const offices = await officesInReach(context, {
    ...(office == null ? {} : { office }),
    ...(provinceId === undefined ? {} : { provinceId }),
  });
  const rows = offices.length * periods.length;
  if (rows > rowsMax) throw new PublicError('COLLECTION_TOO_LARGE', { rows, max: rowsMax });
  const days = [addDays(periods[0]!.firstDay, -1), ...periods.map(({ countedTo }) => countedTo)];
  const ids = offices.map(({ id }) => id);
  const estimates = await estimatesInForce(
    context,
    ids,
    periods.map(({ timePeriod }) => timePeriod),
  );
  const found = await standingsOf(context, offices, days);
  return found.flatMap(({ office: { id: officeId }, sourceIds, standings }) =>
    periods.map(({ timePeriod, countedTo }, i) => {
      const own = estimates.filter((e) => e.officeId === officeId && e.timePeriod === timePeriod);
      return {
        officeId,
        timePeriod,
        countedTo: new Date(countedTo),
        collected: between(standings[i]!, standings[i + 1]!),
        estimatedRevenue: assignedOf(own, 'REVENUE'),
        estimatedReceivable: assignedOf(own, 'RECEIVABLE'),
        sourceIds: [
          ...new Set([...sourceIds, ...own.flatMap(({ sourceId }) => sourceId ?? [])]),
        ].sort(),
      };
    }),
  );
}

builder.queryField('collection', (t) =>
  t.field({
    type: [OfficeCollectionRef],
    description: `What insurance offices had to collect from employers and collected, by office and period; as known now. Every amount is of employers alone: what an office collects from others, such as voluntary insurance, is not here. A provincial office holds its whole province and the national one the country, so never add up offices of different levels. At most ${rowsMax} rows, else COLLECTION_TOO_LARGE. Errors: OFFICE_UNKNOWN, AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, PERIOD_MALFORMED, COLLECTION_PERIODS_INVALID, COLLECTION_TOO_LARGE.`,
    args: {
      where: t.arg({ type: CollectionFilter, required: true, description: 'Of whom, and when.' }),
    },
    resolve: async (_root, { where }, context) => {
      const rows = await collect(context, where);
      // A row may rest on one employer: the record counts each.
      for (const { officeId, timePeriod } of rows) {
        const id = `${officeId} ${timePeriod}`;
        context.draft.given('OfficeCollection', { id, topic: 'DEBT' });
      }
      return rows;
    },
  }),
);
