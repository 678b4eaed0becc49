/** What the law makes of an employer on a day, in the schema. */
import { builder } from '../platform/builder.ts';
import { parseDay } from '../platform/scalars.ts';
import { assessEmployer, finesOf, type Assessment } from './assessment-data.ts';
import { BasisRef, ChargeRef, dayOf, DeadlineRef, ItemRef, ReasonRef } from './assessment-parts.ts';
import { FineRef } from './assessment-fines.ts';
import { nestedFirst, nestedTake } from './fields.ts';
import { EmployerRef } from './types.ts';
import { DebtState } from './vocabulary.ts';

const AssessmentRef = builder.objectRef<Assessment>('DebtAssessment').implement({
  description:
    'What Social Insurance Law 41/2024/QH15 makes of the facts about an employer at the end of a day, computed when it is asked. What no verified rule covers is null with its reason.',
  // It tells of rows that need not be in the answer themselves.
  extensions: { metered: true },
  fields: (t) => ({
    day: t.field({
      type: 'Date',
      description: 'The day asked.',
      resolve: (row) => parseDay(row.day)!,
    }),
    paidUntil: t.field({
      type: 'Date',
      description: 'The day until which payments are counted.',
      resolve: (row) => parseDay(row.paidUntil)!,
    }),
    knownAt: t.expose('knownAt', {
      type: 'DateTime',
      description: 'The instant whose knowledge it rests on.',
    }),
    state: t.field({
      type: DebtState,
      nullable: true,
      description: 'The gravest state of all items; null with reasons where it is not verified.',
      resolve: (row) => row.state,
    }),
    stateSince: t.field({
      type: 'Date',
      nullable: true,
      description: 'The first day of that state among the items that are in it.',
      resolve: ({ since }) => dayOf(since),
    }),
    basis: t.field({
      type: [BasisRef],
      description: 'What the state rests on.',
      resolve: ({ basis }) => [...basis],
    }),
    reasons: t.field({
      type: [ReasonRef],
      description: 'Why something of it is null.',
      resolve: ({ reasons }) => [...reasons],
    }),
    overdue: t.expose('overdue', {
      type: 'Int64',
      description: 'What was due before the day and is unpaid, in dong, without any charge.',
    }),
    unjudged: t.expose('unjudged', {
      type: 'Int64',
      description: 'What of it has no verified state, in dong.',
    }),
    suspended: t.expose('suspended', {
      type: 'Int64',
      description: 'What a suspension of the retirement fund defers, in dong; no debt.',
    }),
    balance: t.expose('balance', {
      type: 'Int64',
      description:
        'All that is registered less what is paid on it, in dong; not yet due amounts too.',
    }),
    credit: t.expose('credit', {
      type: 'Int64',
      description: 'Money received for which nothing is registered yet, in dong.',
    }),
    monthsLate: t.exposeInt('monthsLate', {
      description: 'Months of which anything is overdue.',
    }),
    oldestDueOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        'The due date of the oldest overdue amount; where none is verified, as of months before July 2025 or of health insurance, the one that its calendar gives; null when nothing is overdue.',
      resolve: (row) => dayOf(row.oldestDueOn),
    }),
    workersAffected: t.exposeInt('workersAffected', {
      description: 'The most workers of an overdue month, and the workers not registered.',
    }),
    charge: t.field({
      type: ChargeRef,
      description: 'The charge on all items; null where that on one of them is.',
      resolve: (row) => row.charge,
    }),
    knownCharge: t.field({
      type: ChargeRef,
      description: 'The charge as far as it is verified.',
      resolve: (row) => ({ exact: row.knownCharge, reasons: [] }),
    }),
    oldInterest: t.field({
      type: ChargeRef,
      description: 'Interest for days before 2025-07-01; null where there are any.',
      resolve: (row) => row.oldInterest,
    }),
    next: t.field({
      type: DeadlineRef,
      nullable: true,
      description: 'The earliest change of any item if nothing more happens; null where none is.',
      resolve: (row) => row.next,
    }),
    ifReminded: t.field({
      type: DeadlineRef,
      nullable: true,
      description:
        'The earliest change of any item that a written reminder would bring, if one is sent after the day asked; null where it would bring none.',
      resolve: (row) => row.ifReminded,
    }),
    fines: t.field({
      type: [FineRef],
      description:
        'What it faces for what is late or evaded on the day, the gravest first: one for each violation and decree; what rests on the open parameter FINE_DECREE_OF_ONGOING stands apart, with a cap of its own, since no source says whether the two are fined together. Of debt that is hard to collect what it would be without that; what is suspended or without a verified state is no violation.',
      resolve: async (row, _args, context) => [...(await finesOf(context, row))],
    }),
    itemCount: t.int({
      description: 'How many items there are.',
      resolve: ({ items }) => items.length,
    }),
    items: t.field({
      type: [ItemRef],
      args: {
        first: t.arg.int(nestedFirst),
        state: t.arg({
          type: [DebtState],
          description: 'In one of these states only; left out: all, those without a state too.',
        }),
      },
      description:
        'Each month and fund, each duty to register and each low declaration, by due date.',
      resolve: ({ items }, { first, state: states }) =>
        items
          .filter(({ state }) => !states || (state !== null && states.includes(state)))
          .slice(0, nestedTake(first)),
    }),
  }),
});

builder.prismaObjectField(EmployerRef, 'assessment', (t) =>
  t.field({
    type: AssessmentRef,
    args: {
      on: t.arg({
        type: 'Date',
        description:
          'At the end of this day; today when left out. Of a day to come: what it would be if nothing more happened.',
      }),
      paidUntil: t.arg({
        type: 'Date',
        description:
          'Payments received until this later day count too, and suspensions, reasons that excuse and findings that the debt is hard to collect which were made by then, as for the statutory list; when left out, until the day itself.',
      }),
      knownAt: t.arg({
        type: 'DateTime',
        description: 'As the facts were known at this instant; now when left out.',
      }),
    },
    description:
      'What the law makes of its debt on any day. Errors: DAY_OUT_OF_RANGE, AS_OF_IN_FUTURE.',
    resolve: (employer, args, context) => assessEmployer(context, employer, args),
  }),
);
