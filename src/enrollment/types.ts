/** Plans and coverage in the schema. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { figureLoader, knownUntil } from '../observation/data.ts';
import { knownSince } from '../observation/figure.ts';
import { InstrumentRef } from '../observation/provenance.ts';
import {
  DerivedObservationRef,
  ObservationRef,
  RecordedObservationRef,
  registerFigureType,
} from '../observation/types.ts';
import type { Coverage } from './coverage.ts';
import { instrumentLoader, targetsById, type TargetRow } from './data.ts';

export const TargetKind = builder.enumType('TargetKind', {
  description: 'How far a target is a number.',
  values: {
    QUANTIFIED: { description: 'Its value is printed.' },
    VALUE_NOT_PRINTED: {
      description: 'It exists, but only the result against it is printed.',
    },
    QUALITATIVE: { description: 'An aim without a number.' },
  } as const,
});

registerFigureType('resultIds', 'Target');

export const TargetRef = builder.objectRef<TargetRow>('Target');
builder.node(TargetRef, {
  description: 'A plan, target or aim: a figure with an instrument and an assigner.',
  interfaces: [ObservationRef],
  id: { resolve: (row) => row.id },
  loadMany: (ids, context) => targetsById(context, ids),
  fields: (t) => ({
    figureId: t.exposeID('figureId', {
      description: 'What stays the same over corrections; conflicts refer to it.',
    }),
    kind: t.field({
      type: TargetKind,
      description: 'How far it is a number.',
      resolve: (r) => r.kind as never,
    }),
    statement: t.exposeString('statement', {
      description: 'What is aimed at.',
    }),
    assignedBy: t.exposeString('assignedBy', {
      nullable: true,
      description: 'Code of the organisation that assigned it; null when it is not named.',
    }),
    instrument: t.field({
      type: InstrumentRef,
      nullable: true,
      description: 'The act that sets it.',
      resolve: (row, _args, context) =>
        row.instrumentId === null
          ? null
          : (instrumentLoader(context).load(row.instrumentId) as never),
    }),
    results: t.field({
      type: [RecordedObservationRef],
      description: 'The observations that report the result, as far as the caller may see them.',
      resolve: async (row, _args, context) =>
        (await Promise.all(row.resultIds.map((id) => figureLoader(context).load(id)))).flat(),
    }),
    resultIds: t.exposeStringList('resultIds', {
      description: 'Their figure ids, and those of other tables.',
    }),
    derivableFrom: t.exposeStringList('derivableFrom', {
      description:
        'Figure ids of a result and a ratio from which an unprinted value could be computed.',
    }),
    reliability: t.exposeString('reliability', {
      nullable: true,
      description:
        'How far it is verified; list RELIABILITY. An unverified one has status U and is never computed with. Null for what a document of the project prints itself.',
    }),
    comment: t.exposeString('comment', {
      nullable: true,
      description: 'A remark on the reading.',
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row.',
    }),
    knownFrom: t.field({
      type: 'DateTime',
      description:
        'Since when this version is known: held by the gateway, and published where it is published.',
      resolve: knownSince,
    }),
    knownTo: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When another version took its place; null while none has.',
      resolve: (row, _args, context) => knownUntil(row, context),
    }),
  }),
});

export const TargetConnection = defineConnection('Target', TargetRef as never);

export const CoverageRef = builder.objectRef<Coverage>('Coverage').implement({
  description:
    'What one source says of one scheme and participant group in an area and period, and what can be computed from it. Contradicting sources are rows of their own.',
  fields: (t) => ({
    scheme: t.exposeString('scheme', {
      nullable: true,
      description: 'List SCHEME.',
    }),
    participantGroup: t.exposeString('participantGroup', {
      nullable: true,
      description: 'List PARTICIPANT_GROUP.',
    }),
    sourceCode: t.exposeString('sourceId', {
      description: 'The source’s code.',
    }),
    participants: t.field({
      type: ObservationRef,
      nullable: true,
      description:
        'People enrolled, as recorded or as the closing count of a month; null when this source does not speak of them.',
      resolve: (row) => row.participants,
    }),
    plan: t.field({
      type: TargetRef,
      nullable: true,
      description: 'The planned number of participants.',
      resolve: (row) => row.plan as never,
    }),
    achievementPrinted: t.field({
      type: RecordedObservationRef,
      nullable: true,
      description: 'Participants as a share of the plan, as printed.',
      resolve: (row) => row.achievementPrinted as never,
    }),
    exceedancePrinted: t.field({
      type: RecordedObservationRef,
      nullable: true,
      description:
        'Participants above the plan, as printed: percent of the plan, not the achieved share.',
      resolve: (row) => row.exceedancePrinted as never,
    }),
    achievementComputed: t.field({
      type: DerivedObservationRef,
      nullable: true,
      description:
        'participants / plan, in percent with two decimals; null where one of them is not there.',
      resolve: (row) => row.achievementComputed,
    }),
    ratePrinted: t.field({
      type: RecordedObservationRef,
      nullable: true,
      description: 'The coverage rate as printed; its `denominator` says of what.',
      resolve: (row) => row.ratePrinted as never,
    }),
    rateTarget: t.field({
      type: TargetRef,
      nullable: true,
      description: 'The coverage rate aimed at.',
      resolve: (row) => row.rateTarget as never,
    }),
    rateComputed: t.field({
      type: DerivedObservationRef,
      nullable: true,
      description:
        'participants / denominatorFigure, in percent with two decimals, by `denominatorRule`. Null where there is no count; without a value, and with the reason, where the denominator of this area and period is not known.',
      resolve: (row) => row.rateComputed,
    }),
    denominatorFigure: t.field({
      type: ObservationRef,
      nullable: true,
      description:
        'The figure that the computed rate is a share of; null where it is not known. Never another one in its place.',
      resolve: (row) => row.denominatorFigure,
    }),
    changePrinted: t.field({
      type: [RecordedObservationRef],
      description: 'Changes on the year before, as printed.',
      resolve: (row) => [...row.changePrinted] as never,
    }),
    changeComputed: t.field({
      type: DerivedObservationRef,
      nullable: true,
      description: 'Participants less those of the same period a year before, of the same source.',
      resolve: (row) => row.changeComputed,
    }),
    relativeChangeComputed: t.field({
      type: DerivedObservationRef,
      nullable: true,
      description: 'The same change in percent, with two decimals.',
      resolve: (row) => row.relativeChangeComputed,
    }),
    others: t.field({
      type: [RecordedObservationRef],
      description:
        'Further enrolment figures of the same question, such as joiners and beneficiaries.',
      resolve: (row) => [...row.others] as never,
    }),
  }),
});
