/** Asking what changed about debts since one last looked. */
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { fewRows } from '../platform/limits.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { DebtChange } from '../platform/prisma/client.ts';
import { debtChangesMax, readDebtChanges, type DebtChanges } from './changes-data.ts';
import { sourceField } from './fields.ts';
import { employerDescription, withinDescription } from './sentences.ts';
import { DebtEventKind, DebtState } from './vocabulary.ts';

export const DebtChangeKind = builder.enumType('DebtChangeKind', {
  description: 'What of an employer’s debt has changed.',
  values: {
    OBLIGATION: { description: 'What it owes of one or more months.' },
    PAYMENT: { description: 'One or more payments.' },
    REGISTRATION_DUTY: { description: 'Workers whom it has to register.' },
    UNDERDECLARATION: { description: 'Salaries that it registered too low.' },
    POSITION: {
      description: 'Its legal state, amount or months late of a day, by an identification.',
    },
    EVENT: { description: 'Something that was done, planned, drafted or proposed about its debt.' },
    STATUTORY_LIST: { description: 'Whether, and as what, a statutory list names it.' },
  } as const,
});

export const DebtChangeAction = builder.enumType('DebtChangeAction', {
  description: 'What happened to it.',
  values: {
    RECORDED: { description: 'It is new; of an event: it was done.' },
    CORRECTED: { description: 'It says something else than before.' },
    REMOVED: { description: 'It is gone; of a statutory list: it no longer names the employer.' },
    PROPOSED: { description: 'An inspection was proposed, or is open again.' },
    PLANNED: { description: 'A session or an inspection was planned.' },
    DRAFTED: { description: 'A sanction was drafted.' },
    TAKEN_UP: { description: 'A proposal was taken up, or carried out.' },
    DECLINED: { description: 'A proposal was declined.' },
    CONFIRMED: { description: 'Another party confirmed an event.' },
    PROMISE_ANSWERED: { description: 'Whether a promise was kept was said, or said otherwise.' },
    REVOKED: { description: 'An event was taken back.' },
    TRANSMITTED: { description: 'A list that names the employer was sent to the state bodies.' },
    PUBLISHED: { description: 'A list that names the employer became public.' },
    WITHDRAWN: { description: 'A list that named the employer was taken back.' },
  } as const,
});

export const DebtChangeFilter = builder.inputType('DebtChangeFilter', {
  description: 'All conditions must hold; the same at each visit, else RESYNC_REQUIRED.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Employers of exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    employer: t.string({ description: employerDescription }),
    kind: t.field({ type: [DebtChangeKind], description: 'Of one of these kinds.' }),
  }),
});

/** What a position said. */
interface Standing {
  readonly asOf: Date;
  readonly state: string | null;
  readonly amount: bigint;
  readonly monthsLate: number;
}

function standingOf(
  asOf: Date | null,
  state: string | null,
  amount: bigint | null,
  monthsLate: number | null,
): Standing | null {
  return asOf && amount !== null && monthsLate !== null
    ? { asOf, state, amount, monthsLate }
    : null;
}

const DebtStandingRef = builder.objectRef<Standing>('DebtStanding').implement({
  description: 'What a debt position says, in short.',
  fields: (t) => ({
    asOf: t.expose('asOf', { type: 'Date', description: 'The day of the position.' }),
    state: t.field({
      type: DebtState,
      nullable: true,
      description: 'The legal state; null where no verified rule gives one.',
      resolve: ({ state }) => state as never,
    }),
    amount: t.expose('amount', {
      type: 'Int64',
      description: 'What was overdue, in dong, without any charge.',
    }),
    monthsLate: t.exposeInt('monthsLate', { description: 'Months of contributions late.' }),
  }),
});

const DebtChangeRef = builder.prismaObject('DebtChange', {
  extensions: { metered: true },
  description:
    'One change about the debt of an employer. Of facts it says which were recorded or corrected; what they said before is in `Employer.assessment` with `knownAt`.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    employer: t.relation('employer', { nullable: true, description: 'Whose debt it is.' }),
    kind: t.field({
      type: DebtChangeKind,
      description: 'What has changed.',
      resolve: (row) => row.kind as never,
    }),
    action: t.field({
      type: DebtChangeAction,
      description: 'What happened to it.',
      resolve: (row) => row.action as never,
    }),
    items: t.exposeStringList('items', {
      description:
        'Of obligations their months, as 2025-08; of other facts, events and entries of lists their codes. Empty of a position.',
    }),
    eventKind: t.field({
      type: DebtEventKind,
      nullable: true,
      description: 'Of an event: what was done.',
      resolve: (row) => row.eventKind as never,
    }),
    entry: t.relation('entry', {
      nullable: true,
      description: 'Of a statutory list: the entry that names the employer.',
    }),
    was: t.field({
      type: DebtStandingRef,
      nullable: true,
      description:
        'Of a position: what the same day said before; where that is new, what the employer’s newest day before it said. Null where there was none.',
      resolve: (row) => standingOf(row.wasOn, row.wasState, row.wasAmount, row.wasMonthsLate),
    }),
    is: t.field({
      type: DebtStandingRef,
      nullable: true,
      description: 'Of a position: what it says now; null where there is none of the day any more.',
      resolve: (row) => standingOf(row.isOn, row.isState, row.isAmount, row.isMonthsLate),
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      description: 'When it was recorded.',
    }),
    effectiveAt: t.expose('effectiveAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'Of a statutory list: the instant of the step, before which nobody is told; else null.',
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row that has changed.',
    }),
    source: t.field(sourceField),
  }),
});

const DebtChangesRef = builder.objectRef<DebtChanges>('DebtChanges').implement({
  description: 'A page of changes.',
  fields: (t) => ({
    changes: t.field({
      type: [DebtChangeRef],
      description: 'The changes, those of one transaction together.',
      // The argument `first` of the field above has counted them.
      extensions: fewRows(1),
      resolve: ({ changes }) => [...changes] as DebtChange[],
    }),
    cursor: t.exposeString('cursor', {
      description:
        'How far one has looked with this page: give it as `after` next time. Opaque, sealed, and of no use to another person or list.',
    }),
    more: t.exposeBoolean('more', {
      description: 'Whether there are more changes by now: ask again at once with `cursor`.',
    }),
  }),
});

builder.queryField('debtChanges', (t) =>
  t.field({
    type: DebtChangesRef,
    description:
      'What changed about debts of the territory since one last looked: facts, positions, events, and whom statutory lists name. Each change is told once: begin with `since`, or without it from the first that is kept; go on with `cursor` while there is `more`, and come back with the last cursor. Changes of transactions that are still open, and all of later ones, come with the next visit. How payments are allocated, and a position that says the same as before, are no changes. Errors: RESYNC_REQUIRED (begin again with `since`), CURSOR_INVALID, SINCE_OUT_OF_RANGE, CHANGES_UNAVAILABLE, AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE.',
    args: {
      where: t.arg({ type: DebtChangeFilter, description: 'Which changes.' }),
      since: t.arg({
        type: 'DateTime',
        description:
          'For the first visit: what was recorded, or took effect, at this instant or later, and what was recorded in the same transactions. With `after` it means nothing. Else SINCE_OUT_OF_RANGE.',
      }),
      after: t.arg.string({
        description: 'The `cursor` of the page before, or of the last visit.',
      }),
      first: t.arg.int({
        description: `How many changes: 1 to ${debtChangesMax}; 20 when left out. Else FIRST_OUT_OF_BOUNDS.`,
      }),
    },
    resolve: (_root, args, context, info) =>
      readDebtChanges(context, {
        ...args,
        look: lookAhead(context, info, 'DebtChange', [['changes']]),
      }),
  }),
);
