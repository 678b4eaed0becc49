/** A run of the monthly identification in the schema: how far it has come, and what it found. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { errorTable, sentence, type ErrorCode, type Language } from '../platform/errors.ts';
import type { DebtIdentification } from '../platform/prisma/client.ts';
import { formatDay } from '../platform/scalars.ts';
import { reasonSentence } from './reasons.ts';
import { DebtState } from './vocabulary.ts';

export const DebtIdentificationState = builder.enumType('DebtIdentificationState', {
  description: 'Where a run is.',
  values: {
    RUNNING: { description: 'At work; the positions of the day are still as they were.' },
    DONE: { description: 'Done: it has written the positions of its day.' },
    FAILED: { description: 'Refused or broken off; nothing of it is left.' },
  } as const,
});

interface StateCount {
  readonly state: string;
  readonly employers: number;
}
interface ReasonCount {
  readonly code: string;
  readonly employers: number;
}

const StateCountRef = builder.objectRef<StateCount>('DebtStateCount').implement({
  description: 'How many employers are in a state.',
  fields: (t) => ({
    state: t.field({
      type: DebtState,
      description: 'The state.',
      resolve: ({ state }) => state as never,
    }),
    employers: t.exposeInt('employers', { description: 'How many employers.' }),
  }),
});

const ReasonCountRef = builder.objectRef<ReasonCount>('DebtReasonCount').implement({
  description: 'How many employers have no state for a reason.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The reason as a code.' }),
    sentence: t.string({
      description: 'The same as a sentence, in the language of Accept-Language.',
      resolve: ({ code }, _args, { language }) => reasonSentence(code, language),
    }),
    employers: t.exposeInt('employers', { description: 'How many employers.' }),
  }),
});

/** In the order of their keys. */
const counts = (value: unknown): [string, number][] =>
  Object.entries((value ?? {}) as Record<string, number>).sort(([a], [b]) => (a < b ? -1 : 1));

function messageOf({ errorCode, areaId, asOf }: DebtIdentification, language: Language) {
  if (errorCode === null || !(errorCode in errorTable)) return null;
  const parameters = { area: areaId, day: formatDay(asOf) };
  return sentence(errorCode as ErrorCode, parameters, language).trim();
}

const beforeTheEnd = 'null before it is done';

export const DebtIdentificationRef = builder.prismaNode('DebtIdentification', {
  nullable: true,
  id: { field: 'id' },
  description:
    'One run of the monthly identification of late-paying and evading employers (Law 41/2024/QH15 Art 35): the law applied to every employer of a province at the end of a day. It may go on after its answer.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    area: t.relation('area', { description: 'The province or city.' }),
    asOf: t.expose('asOf', { type: 'Date', description: 'The day whose positions it writes.' }),
    knownAt: t.expose('knownAt', {
      type: 'DateTime',
      description:
        'The instant whose knowledge it rests on: `Employer.assessment` on this day, known at this instant, says of each employer what its position said, also when the day was identified again since.',
    }),
    state: t.field({
      type: DebtIdentificationState,
      description: 'Where it is.',
      resolve: ({ state }) => state as never,
    }),
    step: t.exposeString('step', {
      nullable: true,
      description: 'READ, JUDGE or WRITE; null before the first.',
    }),
    done: t.exposeInt('done', { description: 'How much of the step is done, in its own units.' }),
    total: t.exposeInt('total', {
      description: 'How much there is to do in the step; 0 when not known.',
    }),
    employers: t.exposeInt('employers', {
      nullable: true,
      description: `How many employers were judged; ${beforeTheEnd}.`,
    }),
    positions: t.exposeInt('positions', {
      nullable: true,
      description: `How many of them have a position of the day: who owes, has not registered workers, is in a state other than on time, or had a position of an earlier day; ${beforeTheEnd}.`,
    }),
    states: t.field({
      type: [StateCountRef],
      nullable: true,
      description: `The positions by state, those without one left out; ${beforeTheEnd}.`,
      resolve: ({ states }) =>
        states === null ? null : counts(states).map(([state, employers]) => ({ state, employers })),
    }),
    withoutState: t.field({
      type: [ReasonCountRef],
      nullable: true,
      description: `The positions that no verified rule gives a state, by reason; ${beforeTheEnd}.`,
      resolve: ({ reasons }) =>
        reasons === null ? null : counts(reasons).map(([code, employers]) => ({ code, employers })),
    }),
    startedBy: t.exposeString('startedBy', {
      description:
        'The post that started it, as AGENCY/POST; `operator` where the gateway’s operator did, as every month.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while at work.',
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: 'Why it failed; null else.',
    }),
    message: t.string({
      nullable: true,
      description: 'The same as a sentence, in the language of Accept-Language.',
      resolve: (row, _args, { language }) => messageOf(row, language),
    }),
  }),
});

export const DebtIdentificationConnection = defineConnection(
  'DebtIdentification',
  DebtIdentificationRef as never,
);
