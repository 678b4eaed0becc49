/** What agencies say when they record an event: an input for each kind, because their fields differ. */
import { builder } from '../platform/builder.ts';

type Fields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

const text = 'At most 2,000 characters, else TEXT_TOO_LONG.';

const about = (t: Fields, day: string) => ({
  employer: t.string({
    required: true,
    description: 'The code of the employer, in the caller’s territory. Else EMPLOYER_UNKNOWN.',
  }),
  on: t.field({ type: 'Date', required: true, description: `${day} Else EVENT_DAY_INVALID.` }),
});
const note = (t: Fields) => t.string({ description: `A remark. ${text}` });
const documentNumber = (t: Fields, required: boolean, of: string) =>
  t.string({ required, description: `The number of ${of}. Errors: FIELD_EMPTY, TEXT_TOO_LONG.` });
const money = <Required extends boolean>(t: Fields, required: Required, of: string) =>
  t.field({ type: 'Int64', required, description: `${of}, in dong. Else NUMBER_OUT_OF_BOUNDS.` });
const participants = <Required extends boolean>(t: Fields, required: Required) =>
  t.stringList({
    required,
    description:
      'Codes of the other agencies that take part, of this territory. Errors: PARTICIPANT_UNKNOWN, VALUE_TWICE.',
  });
const plan = (t: Fields, of: string) =>
  t.string({
    description: `The code of ${of} of the same agency and employer, which this carries out. Errors: EVENT_UNKNOWN, EVENT_NOT_OWN, EVENT_WRONG_STAGE.`,
  });
const months = (t: Fields) =>
  t.stringList({
    description:
      'Only these months, as 2025-08; when left out, whatever the law makes it concern. Errors: MONTH_MALFORMED, VALUE_TWICE, FIELD_EMPTY, EVENT_MONTH_TO_COME.',
  });
const cause = (t: Fields, which: string) =>
  t.string({
    required: true,
    description: `List DEBT_EVENT_CAUSE: ${which}. Else CAUSE_NOT_OF_KIND.`,
  });

const ReminderInput = builder.inputType('ReminderInput', {
  description:
    'A written reminder (Art 35). It has effect on the day on which it was sent, so that day has come.',
  fields: (t) => ({
    ...about(t, 'The day on which it was sent.'),
    document: documentNumber(t, true, 'the written reminder'),
    months: months(t),
    amount: money(t, false, 'What it demands'),
    note: note(t),
  }),
});

const PromiseInput = builder.inputType('PromiseInput', {
  description: 'What the debtor promised to pay.',
  fields: (t) => ({
    amount: money(t, true, 'How much'),
    by: t.field({
      type: 'Date',
      required: true,
      description:
        'By which day, not before the session and within a year of it. Else EVENT_DAY_INVALID.',
    }),
  }),
});

const JointSessionInput = builder.inputType('JointSessionInput', {
  description:
    'A working session of insurance agency, labour authority and debtor that was held (Art 35); without the other authority: PARTICIPANT_NEEDED.',
  fields: (t) => ({
    ...about(t, 'The day on which it was held.'),
    plan: plan(t, 'a planned session'),
    participants: participants(t, true),
    promise: t.field({ type: PromiseInput, description: 'What was agreed, if anything was.' }),
    note: note(t),
  }),
});

const InspectionInput = builder.inputType('InspectionInput', {
  description: 'An inspection that was carried out.',
  fields: (t) => ({
    ...about(t, 'The day on which it was carried out.'),
    plan: plan(t, 'a planned inspection'),
    participants: participants(t, false),
    amount: money(t, false, 'The debt that it found'),
    note: note(t),
  }),
});

const SanctionInput = builder.inputType('SanctionInput', {
  description: 'A fine that was imposed (Art 40, 41).',
  fields: (t) => ({
    ...about(t, 'The day of the decision.'),
    plan: plan(t, 'a drafted sanction'),
    document: documentNumber(t, true, 'the decision'),
    amount: money(t, true, 'The fine'),
    note: note(t),
  }),
});

const ReferralInput = builder.inputType('ReferralInput', {
  description: 'The case was handed to another authority (Art 41).',
  fields: (t) => ({
    ...about(t, 'The day on which it was handed over.'),
    note: t.string({
      required: true,
      description: 'To which authority and why. Errors: FIELD_EMPTY, TEXT_TOO_LONG.',
    }),
    document: documentNumber(t, false, 'the letter'),
    amount: money(t, false, 'The debt'),
  }),
});

const SettlementInput = builder.inputType('SettlementInput', {
  description:
    'All that was owed was paid. Refused while the assessment of the day says otherwise: EVENT_DEBT_REMAINS.',
  fields: (t) => ({
    ...about(t, 'The day on which nothing was left.'),
    amount: money(t, true, 'What was paid in the end'),
    note: note(t),
  }),
});

const SuspensionInput = builder.inputType('SuspensionInput', {
  description: 'The retirement fund is suspended for some months (Art 37).',
  fields: (t) => ({
    ...about(t, 'The day of the decision, since when it holds.'),
    document: documentNumber(t, true, 'the decision'),
    fromMonth: t.string({
      required: true,
      description: 'The first month, as 2026-01. Else MONTH_MALFORMED.',
    }),
    toMonth: t.string({
      required: true,
      description:
        'The last month; with the first, no more months than the law allows, else SUSPENSION_TOO_LONG; not before it, else EVENT_DAY_INVALID. Of several decisions in a row only so many months count together.',
    }),
    note: note(t),
  }),
});

const ForceMajeureInput = builder.inputType('ForceMajeureInput', {
  description: 'A reason that excuses was recognised (Art 38(4)).',
  fields: (t) => ({
    ...about(t, 'The day on which it was recognised.'),
    document: documentNumber(t, true, 'the recognition'),
    cause: cause(t, 'a reason of the Government’s list'),
    from: t.field({
      type: 'Date',
      required: true,
      description: 'The first day of the reason, not after `on`. Else EVENT_DAY_INVALID.',
    }),
    until: t.field({ type: 'Date', description: 'Its last day; left out while it lasts.' }),
    months: months(t),
    note: note(t),
  }),
});

const HardToCollectInput = builder.inputType('HardToCollectInput', {
  description: 'The debtor was found bankrupt, dissolved or absconded; its debt is reported apart.',
  fields: (t) => ({
    ...about(t, 'The day on which it was found.'),
    cause: cause(t, 'BANKRUPT, DISSOLVED or ABSCONDED'),
    from: t.field({
      type: 'Date',
      required: true,
      description: 'Since when it is so, not after `on`. Else EVENT_DAY_INVALID.',
    }),
    until: t.field({
      type: 'Date',
      description: 'The last day, once it is over; left out while it is so.',
    }),
    document: documentNumber(t, false, 'what proves it'),
    note: note(t),
  }),
});

export const DebtEventInput = builder.inputType('DebtEventInput', {
  isOneOf: true,
  description: 'What was done: exactly one.',
  fields: (t) => ({
    reminder: t.field({ type: ReminderInput, description: 'A reminder.' }),
    jointSession: t.field({ type: JointSessionInput, description: 'A joint session.' }),
    inspection: t.field({ type: InspectionInput, description: 'An inspection.' }),
    sanction: t.field({ type: SanctionInput, description: 'A sanction.' }),
    referral: t.field({ type: ReferralInput, description: 'A referral.' }),
    settlement: t.field({ type: SettlementInput, description: 'A settlement.' }),
    suspension: t.field({ type: SuspensionInput, description: 'A suspension.' }),
    forceMajeure: t.field({ type: ForceMajeureInput, description: 'A reason that excuses.' }),
    hardToCollect: t.field({ type: HardToCollectInput, description: 'A debt hard to collect.' }),
  }),
});

const PlannedSessionInput = builder.inputType('PlannedSessionInput', {
  description: 'A joint session that is to be held.',
  fields: (t) => ({
    ...about(t, 'The day for which it is planned, today or within a year.'),
    participants: participants(t, true),
    note: note(t),
  }),
});

const PlannedInspectionInput = builder.inputType('PlannedInspectionInput', {
  description: 'An inspection that is to be carried out.',
  fields: (t) => ({
    ...about(t, 'The day for which it is planned, today or within a year.'),
    plan: t.string({
      description:
        'The code of a proposal about the same employer, which this takes up. Errors: EVENT_UNKNOWN, EVENT_WRONG_STAGE.',
    }),
    participants: participants(t, false),
    note: note(t),
  }),
});

const SanctionDraftInput = builder.inputType('SanctionDraftInput', {
  description: 'A sanction that is being prepared.',
  fields: (t) => ({
    ...about(t, 'The day of the draft.'),
    amount: money(t, false, 'The fine'),
    note: note(t),
  }),
});

export const DebtEventPlanInput = builder.inputType('DebtEventPlanInput', {
  isOneOf: true,
  description: 'What is planned or drafted: exactly one.',
  fields: (t) => ({
    jointSession: t.field({ type: PlannedSessionInput, description: 'A joint session.' }),
    inspection: t.field({ type: PlannedInspectionInput, description: 'An inspection.' }),
    sanction: t.field({ type: SanctionDraftInput, description: 'A sanction.' }),
  }),
});
