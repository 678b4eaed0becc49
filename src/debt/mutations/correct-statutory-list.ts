/** Drawing up the next version of a public statutory list. */
import { builder } from '../../platform/builder.ts';
import { checkedList, checkedText } from '../../platform/checked.ts';
import type { Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import type { StatutoryList } from '../../platform/prisma/client.ts';
import { drawUp } from '../draw-up.ts';
import type { DrawnList, ListEntry } from '../eligibility.ts';
import { listById } from '../list-data.ts';
import { entriesOfList, insertList, ownListOrThrow, removedUnits } from '../list-step-data.ts';
import { StatutoryListRef } from '../statutory-list.ts';
import { listArgument } from './list-argument.ts';

/** What is on it already, or what the rules make of what is known today. */
async function nextOf(
  context: Context,
  { provinceId, debtOn, paidUntil, ...before }: StatutoryList,
  entries: readonly ListEntry[],
  isAnew: boolean,
): Promise<DrawnList> {
  return isAnew && provinceId !== null
    ? drawUp(context, { provinceId, debtOn, paidUntil })
    : { ...before, entries };
}

function without({ entries, ...drawn }: DrawnList, remove: readonly string[]): DrawnList {
  return { ...drawn, entries: entries.filter(({ unitCode }) => !remove.includes(unitCode)) };
}

function assertListed(entries: readonly ListEntry[], remove: readonly string[]): void {
  const listed = new Set(entries.map(({ unitCode }) => unitCode));
  const value = remove.find((unitCode) => !listed.has(unitCode));
  if (value === undefined) return;
  throw new PublicError('LIST_ENTRY_UNKNOWN', { field: 'remove', value: value.slice(0, 80) });
}

builder.mutationField('correctStatutoryList', (t) =>
  t.field({
    type: StatutoryListRef,
    nullable: true,
    description:
      'Drafts the next version of a public list: without employers that should not stand on it, or drawn up anew from what is known today, with the same dates. It counts once a second person has approved it; notices then say how many were removed, added and corrected. Errors: LIST_UNKNOWN, LIST_WRONG_STATE, LIST_EXISTS, LIST_ENTRY_UNKNOWN, LIST_UNCHANGED, FIELD_EMPTY, TEXT_TOO_LONG, VALUE_TWICE, LIST_PARAMETER_MISSING.',
    args: {
      list: t.arg(listArgument),
      reason: t.arg.string({
        required: true,
        description: 'Why, for the insurance agency alone. Else FIELD_EMPTY.',
      }),
      remove: t.arg.stringList({
        description: 'Unit codes of employers to take off. Needed unless `anew`.',
      }),
      anew: t.arg.boolean({
        description:
          'True: draw it up anew, without those whom corrections have taken off; false when left out: keep all others as they are.',
      }),
    },
    resolve: async (_root, { list, reason, remove, anew }, context) => {
      const before = await ownListOrThrow(context, list);
      const isAnew = anew ?? false;
      const codes =
        isAnew && remove == null ? [] : checkedList('remove', remove ?? [], (code) => code);
      const entries = await entriesOfList(context, list);
      assertListed(entries, codes);
      // Nobody who was taken off by hand comes back by itself.
      const gone = [...codes, ...(await removedUnits(context, before))];
      const drawn = without(await nextOf(context, before, entries, isAnew), gone);
      const correction = { supersedesId: list, reason: checkedText('reason', reason) };
      return listById(context, await insertList(context, correction, drawn));
    },
  }),
);
