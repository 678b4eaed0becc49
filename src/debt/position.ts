/** Debt positions and events in the schema. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import type { Language } from '../platform/errors.ts';
import { sourceField } from './fields.ts';
import { reasonSentence } from './reasons.ts';
import { DebtEventKind, DebtEventStage, DebtState } from './vocabulary.ts';

/** Why a union is told a band only; the rule stands in README.md. */
const bandOnly: Readonly<Record<Language, string>> = {
  en: 'Withheld: fewer than 10 workers are affected, and a number would tell of persons; the band may be told.',
  vi: 'Không cung cấp: dưới 10 người lao động bị ảnh hưởng, con số có thể làm lộ cá nhân; chỉ cung cấp khoảng.',
};

export const DebtPositionRef = builder.prismaNode('DebtPosition', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'What an employer owed at the end of a day, and its legal state. A reader meets each day of an employer once.',
  fields: (t) => ({
    employer: t.relation('employer', { nullable: true, description: 'Who owes it.' }),
    asOf: t.expose('asOf', { type: 'Date', description: 'The day.' }),
    state: t.field({
      type: DebtState,
      nullable: true,
      description:
        'The legal state on that day; null where no verified rule gives one, see `stateReason`. What is overdue is owed all the same.',
      resolve: (row) => row.state as never,
    }),
    stateReason: t.string({
      nullable: true,
      description:
        'Why there is no state, in the language of Accept-Language; null where there is one.',
      resolve: ({ stateReason }, _args, { language }) =>
        stateReason === null ? null : reasonSentence(stateReason, language),
    }),
    stateSince: t.expose('stateSince', {
      type: 'Date',
      nullable: true,
      description: 'The first day of the state; null where it is not recorded.',
    }),
    legalBasis: t.exposeString('legalBasis', {
      nullable: true,
      description: 'The article that the state rests on; null where there is none.',
    }),
    amount: t.expose('amount', {
      type: 'Int64',
      description:
        'What was due before that day and is unpaid, in dong, without any charge. A month that falls due on the very day is not late yet, and what a suspension defers is no debt.',
    }),
    monthsLate: t.exposeInt('monthsLate', {
      description: 'Months of contributions that are late; 0 when none is.',
    }),
    oldestDueOn: t.expose('oldestDueOn', {
      type: 'Date',
      nullable: true,
      description:
        'The due date of the oldest overdue amount; where none is verified, as of months before July 2025 or of health insurance, the one that its calendar gives; null when nothing is overdue.',
    }),
    workersAffected: t.exposeInt('workersAffected', {
      nullable: true,
      description:
        'Workers whose contributions are unpaid, or who are not registered. Null is never zero: see `reason`.',
    }),
    workersBand: t.exposeString('workersBand', {
      description: 'The same as a band; list SIZE_BAND.',
    }),
    reason: t.string({
      nullable: true,
      description:
        'Why `workersAffected` is null, in the language of Accept-Language; null when it is there.',
      resolve: (row, _args, context) =>
        row.workersAffected === null ? bandOnly[context.language] : null,
    }),
    source: t.field(sourceField),
  }),
});

export const DebtEventRef = builder.prismaNode('DebtEvent', {
  nullable: true,
  id: { field: 'id' },
  description:
    'What an agency did about an employer’s debt. Beside the agencies of its territory, the agency that did it sees it, and unions that took part once another party has confirmed it.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    employer: t.relation('employer', {
      nullable: true,
      description: 'Whose debt it is about; null where the caller may not see the employer.',
    }),
    kind: t.field({
      type: DebtEventKind,
      description: 'What was done.',
      resolve: (row) => row.kind as never,
    }),
    occurredOn: t.expose('occurredOn', {
      type: 'Date',
      description: 'The day on which it was done.',
    }),
    agency: t.exposeString('agencyId', { description: 'The code of the agency that did it.' }),
    participants: t.exposeStringList('participantIds', {
      description: 'The codes of the agencies that took part.',
    }),
    confirmedAt: t.expose('confirmedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When another party confirmed it; null before.',
    }),
    confirmedBy: t.exposeString('confirmedBy', {
      nullable: true,
      description: 'The code of the agency that did; null before, and where it was loaded.',
    }),
    amount: t.expose('amount', {
      type: 'Int64',
      nullable: true,
      description:
        'The sum it is about, in dong: demanded, agreed, fined or paid; null without one.',
    }),
    agreedBy: t.expose('agreedBy', {
      type: 'Date',
      nullable: true,
      description: 'The day by which the debtor promised to pay; null without a promise.',
    }),
    kept: t.exposeBoolean('kept', {
      nullable: true,
      description: 'Whether the promise was kept; null while that is open, and without a promise.',
    }),
    note: t.exposeString('note', { nullable: true, description: 'A remark.' }),
    document: t.exposeString('document', {
      nullable: true,
      description: 'The number of the written document, such as a reminder or a decision.',
    }),
    reason: t.string({
      nullable: true,
      description:
        'Why it was corrected, revoked or declined; a union reads it of its own proposals only.',
      resolve: ({ reason, agencyId }, _args, { principal }) =>
        principal.role === 'UNION' && agencyId !== principal.agency.id ? null : reason,
    }),
    takenUpAs: t.relation('takenUpAs', {
      nullable: true,
      description: 'Of a proposal: the inspection that it led to; null while there is none.',
    }),
    stage: t.field({
      type: DebtEventStage,
      description: 'How far it has come; only what is done counts in law.',
      resolve: (row) => row.stage as never,
    }),
    cause: t.exposeString('cause', {
      nullable: true,
      description:
        'Why payment is excused or the debt hard to collect, list DEBT_EVENT_CAUSE; null for other kinds.',
    }),
    fromOn: t.expose('fromOn', {
      type: 'Date',
      nullable: true,
      description:
        'Of a suspension, a force majeure or hard collection: the first day, a suspension’s that of its first month; else null.',
    }),
    untilOn: t.expose('untilOn', {
      type: 'Date',
      nullable: true,
      description: 'The last day of the same; null while it goes on, and for other kinds.',
    }),
    timePeriods: t.exposeStringList('timePeriods', {
      description: 'The months that it is limited to, such as 2025-08; empty where it is not.',
    }),
    source: t.field(sourceField),
  }),
});

export const DebtPositionConnection = defineConnection('DebtPosition', DebtPositionRef as never);
export const DebtEventConnection = defineConnection('DebtEvent', DebtEventRef as never);
