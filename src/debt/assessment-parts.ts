/** The parts of what the law makes of an employer, in the schema: items, charges, deadlines, and why. */
import { builder } from '../platform/builder.ts';
import { parseDay } from '../platform/scalars.ts';
import type { Charge, ItemAssessment, NextDeadline } from './law/assessment.ts';
import type { Reason } from './law/reason.ts';
import { bill } from './law/fraction.ts';
import type { Basis } from './law/parameters.ts';
import type { FineReason } from './law/fines.ts';
import { fineSentences, reasonSentences, sentenceOf } from './reasons.ts';
import { DebtState } from './vocabulary.ts';

/** A day of the law as the schema's Date. */
export const dayOf = (day: string | null) => (day === null ? null : parseDay(day));

/** Of a state, a charge or a fine. */
type AnyReason = Omit<Reason, 'code'> & { readonly code: Reason['code'] | FineReason };

export const ReasonRef = builder.objectRef<AnyReason>('DebtReason').implement({
  description: 'Why a result of the law is null, rather than guessed.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: `One of ${Object.keys({ ...reasonSentences, ...fineSentences }).join(', ')}.`,
    }),
    parameter: t.string({
      nullable: true,
      description: 'The missing parameter, list LEGAL_PARAMETER; null where it is none.',
      resolve: ({ parameter }) => parameter ?? null,
    }),
    sentence: t.string({
      description: 'The same in the language of Accept-Language.',
      resolve: ({ code }, _args, { language }) => sentenceOf(code)[language],
    }),
  }),
});

export const BasisRef = builder.objectRef<Basis>('LegalBasis').implement({
  description: 'A rule that a result rests on.',
  fields: (t) => ({
    instrument: t.exposeString('instrument', { description: 'The number of the law or decree.' }),
    article: t.exposeString('article', { description: 'The article; may be empty.' }),
    parameter: t.exposeString('parameter', {
      nullable: true,
      description: 'The row of `legalParameters`; null where the article itself is meant.',
    }),
    reliability: t.exposeString('reliability', {
      description:
        'TEXT: read in the law. OPEN: the sources leave it open, and the operator has set it. OCR, of fines alone: read in a scan by a program, so look it up before relying on it.',
    }),
  }),
});

export const ChargeRef = builder.objectRef<Charge>('DebtCharge').implement({
  description:
    'The charge of Art 40 and 41: each amount for its days at the daily rate, kept as an exact fraction and rounded once.',
  fields: (t) => ({
    numerator: t.field({
      type: 'Int64',
      nullable: true,
      description: 'The exact charge in dong is numerator / denominator; null with reasons.',
      resolve: ({ exact }) => exact?.numerator ?? null,
    }),
    denominator: t.field({
      type: 'Int64',
      nullable: true,
      description: 'Positive; null with reasons.',
      resolve: ({ exact }) => exact?.denominator ?? null,
    }),
    billed: t.field({
      type: 'Int64',
      nullable: true,
      description: 'The charge in whole dong, half a dong upwards; null with reasons.',
      resolve: ({ exact }) => exact && bill(exact),
    }),
    reasons: t.field({
      type: [ReasonRef],
      description: 'Why there is none; empty where there is one.',
      resolve: ({ reasons }) => [...reasons],
    }),
  }),
});

export const DeadlineRef = builder.objectRef<NextDeadline>('DebtDeadline').implement({
  description: 'A change of state that lies ahead.',
  fields: (t) => ({
    on: t.field({
      type: 'Date',
      description: 'The first day of the new state.',
      resolve: ({ on }) => parseDay(on)!,
    }),
    state: t.field({ type: DebtState, description: 'The new state.', resolve: (row) => row.state }),
  }),
});

export const ItemRef = builder.objectRef<ItemAssessment>('DebtItem').implement({
  description: 'One month’s obligation to one fund, one duty to register, or one low declaration.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'PAYMENT, REGISTRATION or DECLARATION.' }),
    timePeriod: t.exposeString('month', {
      nullable: true,
      description: 'The month, such as 2025-08; null for a duty to register.',
    }),
    fund: t.exposeString('fund', {
      nullable: true,
      description: 'List FUND; null where it is no payment.',
    }),
    amount: t.expose('amount', {
      type: 'Int64',
      nullable: true,
      description: 'What must be paid, in dong; null where nobody has established it.',
    }),
    paid: t.expose('paid', {
      type: 'Int64',
      description: 'What of it is paid: money goes to the oldest debt first.',
    }),
    overdue: t.expose('overdue', {
      type: 'Int64',
      description: 'What is unpaid after the due date; nothing of what is suspended.',
    }),
    suspended: t.expose('suspended', { type: 'Int64', description: 'What a suspension defers.' }),
    workers: t.exposeInt('workers', { nullable: true, description: 'Workers whom it is about.' }),
    state: t.field({
      type: DebtState,
      nullable: true,
      description: 'Null with reasons where no verified rule gives one.',
      resolve: (row) => row.state,
    }),
    stateSince: t.field({
      type: 'Date',
      nullable: true,
      description: 'The first day of the state; null without one.',
      resolve: ({ since }) => dayOf(since),
    }),
    daysLate: t.exposeInt('daysLate', {
      nullable: true,
      description:
        'Days from the day after the due date to the day asked or the last payment, both included; null where the due date is not verified.',
    }),
    dueOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'The last day to pay, register or declare; null where it is not verified.',
      resolve: ({ dates }) => dayOf(dates.dueOn),
    }),
    firstLateDay: t.field({
      type: 'Date',
      nullable: true,
      description: 'The day after; null while it is not late.',
      resolve: ({ dates }) => dayOf(dates.firstLateDay),
    }),
    lastGraceDay: t.field({
      type: 'Date',
      nullable: true,
      description: 'Day 60; null where none is counted.',
      resolve: ({ dates }) => dayOf(dates.lastGraceDay),
    }),
    remindedOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'The first written reminder that concerns it (Art 35); null without one.',
      resolve: ({ dates }) => dayOf(dates.remindedOn),
    }),
    evasionFrom: t.field({
      type: 'Date',
      nullable: true,
      description:
        'The first day of evasion if it stays open until then; null where none is given.',
      resolve: ({ dates }) => dayOf(dates.evasionFrom),
    }),
    basis: t.field({
      type: [BasisRef],
      description: 'What the state and its dates rest on.',
      resolve: ({ basis }) => [...basis],
    }),
    reasons: t.field({
      type: [ReasonRef],
      description: 'Why something is null.',
      resolve: ({ reasons }) => [...reasons],
    }),
    charge: t.field({
      type: ChargeRef,
      description: 'The charge on it.',
      resolve: (row) => row.charge,
    }),
    next: t.field({
      type: DeadlineRef,
      nullable: true,
      description: 'What changes next if nothing more happens; null where nothing does.',
      resolve: (row) => row.next,
    }),
    ifReminded: t.field({
      type: DeadlineRef,
      nullable: true,
      description:
        'What changes, and when at the earliest, if a written reminder is sent after the day asked (Art 35); null where it was sent, or would change nothing.',
      resolve: (row) => row.ifReminded,
    }),
  }),
});
