/** Asking for which dimensions there are figures, before asking for the figures. */
import { AreaKeyInput, AreaRef } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { readAvailability, type Availability, type AvailableCode } from './availability-data.ts';
import { asOfArgs } from './version-args.ts';

const AvailableCodeRef = builder.objectRef<AvailableCode>('AvailableCode').implement({
  description: 'A value of a dimension that figures have.',
  fields: (t) => ({
    code: t.exposeString('code', {
      nullable: true,
      description: 'The code; null stands for figures that do not have this dimension.',
    }),
    observations: t.exposeInt('observations', { description: 'How many figures have it.' }),
  }),
});

const AvailabilityRef = builder.objectRef<Availability>('Availability').implement({
  description:
    'For which values of each dimension the caller has figures of an area, under the conditions asked (SDMX availability constraint). Two values that are both there need not be there together.',
  fields: (t) => ({
    dataflow: t.exposeString('dataflow', { description: 'List DOMAIN.' }),
    refArea: t.field({
      type: AreaRef,
      description: 'The area asked for, and no other.',
      resolve: (row) => row.refArea as never,
    }),
    observations: t.exposeInt('observations', { description: 'How many figures in all.' }),
    indicators: t.field({
      type: [AvailableCodeRef],
      description: 'Codes of list INDICATOR.',
      resolve: (row) => [...row.indicators],
    }),
    schemes: t.field({
      type: [AvailableCodeRef],
      description: 'Codes of list SCHEME.',
      resolve: (row) => [...row.schemes],
    }),
    participantGroups: t.field({
      type: [AvailableCodeRef],
      description: 'Codes of list PARTICIPANT_GROUP.',
      resolve: (row) => [...row.participantGroups],
    }),
    sexes: t.field({
      type: [AvailableCodeRef],
      description: 'Codes of list CL_SEX.',
      resolve: (row) => [...row.sexes],
    }),
    residences: t.field({
      type: [AvailableCodeRef],
      description: 'URBAN, RURAL and _T.',
      resolve: (row) => [...row.residences],
    }),
    frequencies: t.field({
      type: [AvailableCodeRef],
      description: 'Codes of list CL_FREQ.',
      resolve: (row) => [...row.frequencies],
    }),
    timePeriods: t.stringList({
      description: 'All periods, by their text.',
      resolve: (row) => [...row.timePeriods],
    }),
    firstDay: t.expose('firstDay', {
      type: 'Date',
      nullable: true,
      description: 'The earliest first day of a period; null where there is none.',
    }),
    lastDay: t.expose('lastDay', {
      type: 'Date',
      nullable: true,
      description: 'The latest last day of a period; null where there is none.',
    }),
    children: t.field({
      type: [AreaRef],
      description: 'The units right below, of any time, that have figures of the same question.',
      resolve: (row) => [...row.children] as never,
    }),
  }),
});

builder.queryField('availability', (t) =>
  t.field({
    type: AvailabilityRef,
    description:
      'Which figures there are of an area for the caller: periods, schemes, groups and the units below. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, CODE_UNKNOWN, PERIOD_MALFORMED, AS_OF_IN_FUTURE.',
    args: {
      dataflow: t.arg.string({
        required: true,
        description: 'What the figures are about; list DOMAIN.',
      }),
      area: t.arg({ type: AreaKeyInput, required: true, description: 'Where.' }),
      indicator: t.arg.string({ description: 'List INDICATOR.' }),
      scheme: t.arg.string({ description: 'List SCHEME.' }),
      participantGroup: t.arg.string({ description: 'List PARTICIPANT_GROUP.' }),
      from: t.arg.string({ description: 'Periods that end on or after the start of this one.' }),
      to: t.arg.string({ description: 'Periods that begin on or before the end of this one.' }),
      ...asOfArgs(),
    },
    resolve: (_root, args, context) => readAvailability(context, args),
  }),
);
