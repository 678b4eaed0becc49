/** Flows over any span of months in the schema. */
import { findArea } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { assertCodes } from '../observation/data.ts';
import { DerivedObservationRef, ObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import { group } from '../platform/group.ts';
import type { Area } from '../platform/prisma/client.ts';
import { addParts, type Month } from './flow-parts.ts';
import { flowsOf, spanOf, type EnrolmentFlows, type Span } from './flows.ts';
import { leftReasons, measuresOf, type LeftByReason } from './movement.ts';
import {
  readFlowFigures,
  readFlowMovements,
  readFlowParts,
  type FlowQuestion,
} from './statistics-data.ts';

const monthsMax = 240;

function spanOrThrow(from: string, to: string): Span {
  parsePeriodOrThrow(from);
  parsePeriodOrThrow(to);
  const span = spanOf(from, to);
  if (!span || span.months.length > monthsMax) {
    throw new PublicError('SPAN_NOT_MONTHS', { from, to, max: monthsMax });
  }
  return span;
}

const FlowByReasonRef = builder.objectRef<LeftByReason>('FlowByReason').implement({
  description: 'How many left a scheme in a span for one reason.',
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'List LEFT_REASON.' }),
    figure: t.field({
      type: ObservationRef,
      description: 'Persons who left for it; without a value where the source does not tell it.',
      resolve: ({ figure }) => figure,
    }),
  }),
});

const FlowsRef = builder.objectRef<EnrolmentFlows>('EnrolmentFlows').implement({
  description:
    'Who was enrolled at both ends of a span, who came and who left, as one source tells it. A part that is not told has no value and says why; then what needs it has none either.',
  fields: (t) => ({
    sourceCode: t.exposeString('sourceId', { description: 'The source’s code.' }),
    from: t.exposeString('from', { description: 'The first period, as asked.' }),
    to: t.exposeString('to', { description: 'The last period, as asked.' }),
    opening: t.field({
      type: ObservationRef,
      description:
        'Persons enrolled before the span. Where the source tells no stock of that day but a change over exactly the span, closing less that change.',
      resolve: (row) => row.opening,
    }),
    joined: t.field({
      type: ObservationRef,
      description:
        'Persons who came in the span: told for it, or the sum of its months. A document’s new participants may hold returners, too.',
      resolve: (row) => row.joined,
    }),
    returned: t.field({
      type: ObservationRef,
      description: 'Persons who came back in the span.',
      resolve: (row) => row.returned,
    }),
    left: t.field({
      type: ObservationRef,
      description: 'Persons who left in the span, for all reasons together.',
      resolve: (row) => row.left,
    }),
    leftByReason: t.field({
      type: [FlowByReasonRef],
      description: 'The same by reason, each of list LEFT_REASON once.',
      resolve: (row) => [...row.leftByReason],
    }),
    closing: t.field({
      type: ObservationRef,
      description: 'Persons enrolled at the end of the span.',
      resolve: (row) => row.closing,
    }),
    netChange: t.field({
      type: ObservationRef,
      description: 'The change over the span: as the source tells it, else closing less opening.',
      resolve: (row) => row.netChange,
    }),
    residual: t.field({
      type: DerivedObservationRef,
      description:
        'opening + joined + returned - left - closing, in persons: 0 when the flows close. Without a value where a part is not told.',
      resolve: (row) => row.residual,
    }),
    leftOrUnexplained: t.field({
      type: DerivedObservationRef,
      description:
        'joined, and returned where it is told, less the net change: the persons who must have left, or whom the counts do not explain. It answers a source that tells joiners and a net change but no exits.',
      resolve: (row) => row.leftOrUnexplained,
    }),
  }),
});

/** Months as one source tells them: those of the area itself, else those of the areas below. */
async function readMonths(
  context: Context,
  question: FlowQuestion,
  area: Area,
): Promise<ReadonlyMap<string, readonly Month[]>> {
  const own = await readFlowMovements(context, question);
  if (own.length > 0) {
    const bySource = [...group(own, ({ sourceId }) => sourceId)];
    return new Map(bySource.map(([source, rows]) => [source, rows.map(measuresOf)]));
  }
  const { below, rows } = await readFlowParts(context, question, area);
  const parts = addParts(area, below, question.span, rows);
  return new Map(parts.map(({ sourceId, months }) => [sourceId, months]));
}

/** Monthly rows where the caller may read them, else what is recorded; each source by itself. */
async function readFlows(
  context: Context,
  question: FlowQuestion,
  area: Area,
): Promise<EnrolmentFlows[]> {
  const [bySource, recorded] = await Promise.all([
    readMonths(context, question, area),
    readFlowFigures(context, question),
  ]);
  const { areaId, scheme, participantGroup, span } = question;
  const sources = new Set([...bySource.keys(), ...recorded.map(({ sourceId }) => sourceId)]);
  return [...sources].sort().map((source) => {
    const months = bySource.get(source);
    const figures = months
      ? months.flatMap((month) => month.figures)
      : recorded.filter(({ sourceId }) => sourceId === source);
    const byReason = months?.flatMap((month) => month.byReason) ?? [];
    const reasons = Object.fromEntries(
      leftReasons.map((reason) => [
        reason,
        byReason.filter((left) => left.reason === reason).map(({ figure }) => figure),
      ]),
    );
    const of = { sourceId: source, areaId, area, scheme, participantGroup };
    return flowsOf(of, span, figures, reasons);
  });
}

builder.queryField('enrolmentFlows', (t) =>
  t.field({
    type: [FlowsRef],
    description:
      'Opening, joined, returned, left by reason and closing over any span of months, with what does not close. Insiders get monthly enrolment of their territory, everybody else what is published; one row for each source. Months that are told for the areas right below only are added up, if they are there for each of them and each month; what moved between these is then among those who came and those who left. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, PERIOD_MALFORMED, SPAN_NOT_MONTHS, SERIES_TOO_LONG, CODE_UNKNOWN.',
    args: {
      area: t.arg({ type: AreaKeyInput, required: true, description: 'Exactly this area.' }),
      scheme: t.arg.string({ required: true, description: 'List SCHEME.' }),
      participantGroup: t.arg.string({
        defaultValue: 'ALL',
        description: 'List PARTICIPANT_GROUP.',
      }),
      from: t.arg.string({ required: true, description: 'The first month, quarter or year.' }),
      to: t.arg.string({
        required: true,
        description: `The last month, quarter or year; at most ${monthsMax} months in all.`,
      }),
    },
    resolve: async (_root, args, context) => {
      const span = spanOrThrow(args.from, args.to);
      const { scheme } = args;
      const participantGroup = args.participantGroup ?? 'ALL';
      await assertCodes(context, { SCHEME: scheme, PARTICIPANT_GROUP: participantGroup });
      const area = await findArea(context, args.area);
      context.draft.areas.add(area.id);
      return readFlows(context, { areaId: area.id, scheme, participantGroup, span }, area);
    },
  }),
);
