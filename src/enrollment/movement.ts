/** Monthly enrolment in the schema: who was in a scheme at both ends of a month, and what moved between. */
import { AreaRef } from '../area/types.ts';
import { measure, type Figure, type MeasuredFigure } from '../observation/figure.ts';
import { SourceRef } from '../observation/provenance.ts';
import { MeasuredObservationRef, ObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { formatDay } from '../platform/scalars.ts';
import { movementsById, type MovementRow } from './movement-data.ts';

/** Counts of persons; `timePeriod` is a day for a stock and the month for a flow. */
function persons(
  row: MovementRow,
  [indicator, count]: readonly [string, number],
  timePeriod: string = row.timePeriod,
): MeasuredFigure {
  const { scheme, participantGroup } = row;
  const found = { ...row, periodBasis: 'PRINTED', locator: null };
  const more = { indicator, unit: 'PERSONS', scheme, participantGroup, timePeriod };
  return measure(found, count, more);
}

/** The column of each code of list LEFT_REASON. */
const reasonColumns = {
  ONE_TIME_WITHDRAWAL: 'leftWithdrawal',
  PENSION: 'leftPension',
  OTHER_SCHEME: 'leftOtherScheme',
  MOVED_AWAY: 'leftMoved',
  STOPPED_PAYING: 'leftStopped',
} as const satisfies Record<string, keyof MovementRow>;

export interface LeftByReason {
  readonly reason: string;
  readonly figure: Figure;
}

const leftByReason = (row: MovementRow): LeftByReason[] =>
  Object.entries(reasonColumns).map(([reason, column]) => ({
    reason,
    figure: persons(row, ['ENROLMENT_LEFT', row[column]]),
  }));

function leftInAll(row: MovementRow): MeasuredFigure {
  const parts = Object.values(reasonColumns).map((column) => row[column]);
  return persons(row, ['ENROLMENT_LEFT', parts.reduce((sum, part) => sum + part, 0)]);
}

/** The codes of list LEFT_REASON, in its order. */
export const leftReasons = Object.keys(reasonColumns);

/** The measures of a month: its stocks and flows, and those who left by reason. */
export function measuresOf(row: MovementRow) {
  return {
    figures: [
      persons(row, ['ENROLMENT_OPENING', row.opening], formatDay(row.periodStart)),
      persons(row, ['ENROLMENT_JOINED', row.joined]),
      persons(row, ['ENROLMENT_RETURNED', row.returned]),
      leftInAll(row),
      persons(row, ['ENROLMENT_CLOSING', row.closing], formatDay(row.periodEnd)),
    ],
    byReason: leftByReason(row),
  };
}

const LeftByReasonRef = builder.objectRef<LeftByReason>('LeftByReason').implement({
  description: 'How many left a scheme in a month for one reason.',
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'List LEFT_REASON.' }),
    figure: t.field({
      type: ObservationRef,
      description: 'Persons who left for it in the month.',
      resolve: ({ figure }) => figure,
    }),
  }),
});

export const MovementRef = builder.objectRef<MovementRow>('EnrolmentMovement');
builder.node(MovementRef, {
  description:
    'Enrolment of one area, scheme and participant group in a month. opening + joined + returned - left = closing, and a month opens with what the one before closed with. Internal: published figures are `observations`.',
  id: { resolve: (row) => row.id },
  loadMany: (ids, context) => movementsById(context, ids),
  fields: (t) => ({
    refArea: t.field({
      type: AreaRef,
      description: 'The area, of the structure of its time (SDMX REF_AREA).',
      resolve: (row) => row.area as never,
    }),
    timePeriod: t.exposeString('timePeriod', { description: 'The month, as 2025-07.' }),
    scheme: t.exposeString('scheme', { description: 'Insurance scheme; list SCHEME.' }),
    participantGroup: t.exposeString('participantGroup', {
      description: 'Whom it counts; list PARTICIPANT_GROUP.',
    }),
    opening: t.field({
      type: MeasuredObservationRef,
      description: 'Participants at the beginning, in persons; its period is the first day.',
      resolve: (row) =>
        persons(row, ['ENROLMENT_OPENING', row.opening], formatDay(row.periodStart)),
    }),
    joined: t.field({
      type: MeasuredObservationRef,
      description: 'Persons who came in the month and had never been in the scheme.',
      resolve: (row) => persons(row, ['ENROLMENT_JOINED', row.joined]),
    }),
    returned: t.field({
      type: MeasuredObservationRef,
      description: 'Persons who came back in the month.',
      resolve: (row) => persons(row, ['ENROLMENT_RETURNED', row.returned]),
    }),
    left: t.field({
      type: MeasuredObservationRef,
      description: 'Persons who left in the month, for all reasons together.',
      resolve: leftInAll,
    }),
    leftByReason: t.field({
      type: [LeftByReasonRef],
      description: 'The same by reason; each reason once, also where nobody left.',
      resolve: leftByReason,
    }),
    closing: t.field({
      type: MeasuredObservationRef,
      description: 'Participants at the end, in persons; its period is the last day.',
      resolve: (row) => persons(row, ['ENROLMENT_CLOSING', row.closing], formatDay(row.periodEnd)),
    }),
    source: t.field({
      type: SourceRef,
      description: 'Where it comes from; its `nature` tells demonstration data.',
      resolve: (row) => row.source as never,
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row.',
    }),
  }),
});

export const MovementConnection = defineConnection('EnrolmentMovement', MovementRef as never);
