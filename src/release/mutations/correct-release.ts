/** Drafting the next version of a release, for figures that have to be corrected. */
import { actorOf } from '../../platform/context.ts';
import { builder } from '../../platform/builder.ts';
import type { Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import { releaseOrThrow } from '../data.ts';
import { insertRelease } from '../step-data.ts';
import { ReleaseRef } from '../types.ts';
import { checkedCode, checkedText } from '../../platform/checked.ts';

async function correctionRow(context: Context, code: string, newCode: string, note: string) {
  const before = await releaseOrThrow(context, code);
  if (before.approvedAt === null) {
    throw new PublicError('RELEASE_WRONG_STATE', { release: code, field: 'code' });
  }
  return {
    id: checkedCode('newCode', newCode),
    seriesId: before.seriesId,
    version: before.version + 1,
    supersedesId: before.id,
    topic: before.topic,
    areaId: before.areaId,
    provinceId: before.provinceId,
    dataflow: before.dataflow,
    breakdown: before.breakdown,
    titleVi: before.titleVi,
    titleEn: before.titleEn,
    timePeriod: before.timePeriod,
    periodStart: before.periodStart,
    periodEnd: before.periodEnd,
    provisional: false,
    exceptional: before.exceptional,
    providerId: context.principal.agency.id,
    preparedBy: actorOf(context),
    note: checkedText('note', note),
    sourceId: before.sourceId,
  };
}

builder.mutationField('correctRelease', (t) =>
  t.field({
    type: ReleaseRef,
    description:
      'Drafts the next version of a release of the caller’s own; it goes through the same steps, against what the earlier one has shown. Errors: RELEASE_UNKNOWN, RELEASE_WRONG_STATE, CODE_TAKEN.',
    args: {
      code: t.arg.string({ required: true, description: 'The release to correct.' }),
      newCode: t.arg.string({ required: true, description: 'The code of the new version.' }),
      note: t.arg.string({ required: true, description: 'Why it is corrected, for its readers.' }),
    },
    resolve: async (_root, { code, newCode, note }, context) =>
      insertRelease(context, await correctionRow(context, code, newCode, note)) as never,
  }),
);
