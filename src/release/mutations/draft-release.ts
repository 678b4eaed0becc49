/** Drafting a release: what the table is of; its cells are read when it is protected. */
import { actorOf } from '../../platform/context.ts';
import { findArea } from '../../area/data.ts';
import { AreaKeyInput } from '../../area/types.ts';
import { builder } from '../../platform/builder.ts';
import type { Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import { parsePeriodOrThrow } from '../../platform/period.ts';
import { dataflowOrThrow, monthEndsOrThrow, type Dataflow } from '../dataflows.ts';
import { besideDimensionOf, besideDimensions, type BesideDimension } from '../debt-table.ts';
import { reachesInside } from '../../platform/scope.ts';
import { insertRelease, sourceOfRows } from '../step-data.ts';
import { ReleaseRef } from '../types.ts';
import { checkedCode, checkedText } from '../../platform/checked.ts';

const DraftReleaseInput = builder.inputType('DraftReleaseInput', {
  description: 'What a release will hold.',
  fields: (t) => ({
    code: t.string({
      required: true,
      description:
        'Its code, by which figures are found later. Errors: CODE_MALFORMED, CODE_TAKEN.',
    }),
    dataflow: t.string({
      required: true,
      description: 'List DATAFLOW, one that the gateway can make. Else DATAFLOW_NOT_RELEASABLE.',
    }),
    breakdown: t.string({
      description:
        'Of the debts of one province, what is stated of the whole province beside sector and state: `ownership`, also when left out, or `size` (list BREAKDOWN_DIMENSION). Of a province and quarter one of them is published for good. Errors: BREAKDOWN_NOT_RELEASABLE, BREAKDOWN_TAKEN.',
    }),
    area: t.field({
      type: AreaKeyInput,
      required: true,
      description:
        'The area whose communes it holds, one by one and summed up; inside your territory.',
    }),
    timePeriod: t.string({
      required: true,
      description:
        'The period, as 2026-Q2 or 2026; every month end in it, or its last one, for debts one that ends a quarter. Else PERIOD_MALFORMED, PERIOD_NOT_RELEASABLE.',
    }),
    titleVi: t.string({ required: true, description: 'The Vietnamese title. Else FIELD_EMPTY.' }),
    titleEn: t.string({ required: true, description: 'The English title. Else FIELD_EMPTY.' }),
    provisional: t.boolean({
      description: 'Whether its figures are expected to change; false when left out.',
    }),
    exceptional: t.boolean({
      description: 'Whether it may be published without an announced instant; false when left out.',
    }),
    note: t.string({ description: 'What readers should know of it.' }),
  }),
});

/** What is stated beside the sector; null where nothing is. */
function breakdownOrThrow(
  { from }: Dataflow,
  provinceId: string | null,
  given: string | null | undefined,
): BesideDimension | null {
  const isStated = from === 'DEBT' && provinceId !== null;
  if (given == null) return isStated ? 'ownership' : null;
  const found = isStated ? besideDimensionOf(given) : null;
  if (found) return found;
  throw new PublicError('BREAKDOWN_NOT_RELEASABLE', {
    field: 'breakdown',
    breakdown: given.slice(0, 40),
    choice: besideDimensions.join(', '),
  });
}

async function draftRow(context: Context, input: typeof DraftReleaseInput.$inferInput) {
  const dataflow = dataflowOrThrow(input.dataflow);
  const period = parsePeriodOrThrow(input.timePeriod);
  monthEndsOrThrow(dataflow, input.timePeriod);
  const area = await findArea(context, input.area);
  context.draft.areas.add(area.id);
  if (!reachesInside(context.principal.scope, dataflow.topic, area)) {
    throw new PublicError('TERRITORY_NOT_OWN', { field: 'area' });
  }
  const breakdown = breakdownOrThrow(dataflow, area.provinceId, input.breakdown);
  const sourceId = await sourceOfRows(context, dataflow.from, area.provinceId);
  if (sourceId === null) {
    throw new PublicError('RELEASE_CELLS_MISSING', { count: 1, cells: area.id, field: 'area' });
  }
  const id = checkedCode('code', input.code);
  return {
    id,
    seriesId: id,
    version: 1,
    topic: dataflow.topic,
    areaId: area.id,
    provinceId: area.provinceId,
    dataflow: input.dataflow,
    breakdown,
    titleVi: checkedText('titleVi', input.titleVi),
    titleEn: checkedText('titleEn', input.titleEn),
    timePeriod: input.timePeriod,
    periodStart: period.start,
    periodEnd: period.end,
    provisional: input.provisional ?? false,
    exceptional: input.exceptional ?? false,
    providerId: context.principal.agency.id,
    preparedBy: actorOf(context),
    note: input.note ? checkedText('note', input.note) : null,
    sourceId,
  };
}

builder.mutationField('draftRelease', (t) =>
  t.field({
    type: ReleaseRef,
    description:
      'Drafts a release of an area in the caller’s territory. Errors: AREA_UNKNOWN, TERRITORY_NOT_OWN, DATAFLOW_NOT_RELEASABLE, PERIOD_MALFORMED, PERIOD_NOT_RELEASABLE, RELEASE_CELLS_MISSING, CODE_TAKEN, BREAKDOWN_NOT_RELEASABLE, BREAKDOWN_TAKEN.',
    args: {
      input: t.arg({ type: DraftReleaseInput, required: true, description: 'What it holds.' }),
    },
    resolve: async (_root, { input }, context) =>
      insertRelease(context, await draftRow(context, input)) as never,
  }),
);
