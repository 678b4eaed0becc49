/** Flows that close: opening + joined + returned - left = closing over any span, with what does not. Pure. */
import { derive, difference, sum, type DerivedFigure } from '../observation/derive.ts';
import { absentFigure, agree, notComputed, type Absent } from '../observation/derive-more.ts';
import { isAbsent, type Figure } from '../observation/figure.ts';
import { parsePeriod } from '../platform/period.ts';
import { formatDay } from '../platform/scalars.ts';

/** From the first day of `from` to the last day of `to`, in whole months. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly months: readonly string[];
  readonly firstDay: string;
  readonly lastDay: string;
  /** The day before the first: what was there then is what the span opens with. */
  readonly dayBefore: string;
}

const dayMillis = 86_400_000;

/** Null where it does not begin and end with a month, or ends before it begins. */
export function spanOf(from: string, to: string): Span | null {
  const [first, last] = [parsePeriod(from)?.start, parsePeriod(to)?.end];
  if (!first || !last || first > last || first.getUTCDate() !== 1) return null;
  if (new Date(last.getTime() + dayMillis).getUTCDate() !== 1) return null;
  const months: string[] = [];
  for (let day = first; day <= last;) {
    months.push(formatDay(day).slice(0, 7));
    day = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1));
  }
  const dayBefore = formatDay(new Date(first.getTime() - dayMillis));
  return { from, to, months, firstDay: formatDay(first), lastDay: formatDay(last), dayBefore };
}

export interface EnrolmentFlows {
  readonly sourceId: string;
  readonly from: string;
  readonly to: string;
  readonly opening: Figure;
  readonly joined: Figure;
  readonly returned: Figure;
  readonly left: Figure;
  readonly leftByReason: readonly { readonly reason: string; readonly figure: Figure }[];
  readonly closing: Figure;
  readonly netChange: Figure;
  readonly residual: DerivedFigure;
  readonly leftOrUnexplained: DerivedFigure;
}

type Of = Pick<Absent, 'areaId' | 'area' | 'scheme' | 'participantGroup'>;

const spanText = ({ from, to }: Span) => (from === to ? from : `${from}/${to}`);

const periodsOf = (figure: Figure) => (figure.timePeriod ? parsePeriod(figure.timePeriod) : null);

function coversExactly(figure: Figure, { firstDay, lastDay }: Span): boolean {
  const period = periodsOf(figure);
  return (
    period !== null && formatDay(period.start) === firstDay && formatDay(period.end) === lastDay
  );
}

/** A source that says two different things of one cell is not to be read for it. */
function one(figures: readonly Figure[]): Figure | 'DISPUTED' | null {
  const [first] = figures;
  if (!first) return null;
  return agree(figures) ? first : 'DISPUTED';
}

/** A flow of the span: told as such, or the sum of its months, which must all be there. */
function flow(
  of: Of,
  span: Span,
  indicators: readonly string[],
  figures: readonly Figure[],
): Figure {
  const own = figures.filter((figure) => indicators.includes(figure.indicator ?? ''));
  const absent = { ...of, indicator: indicators[0] ?? null, unit: 'PERSONS' };
  const whole = one(own.filter((figure) => coversExactly(figure, span)));
  if (whole === 'DISPUTED')
    return absentFigure({ ...absent, timePeriod: spanText(span) }, 'INPUTS_DISAGREE');
  if (whole) return whole;
  const months = span.months.map((month) =>
    one(own.filter((figure) => figure.timePeriod === month)),
  );
  const there = months.filter((month) => month !== null && month !== 'DISPUTED');
  const [first, ...others] = there;
  if (!first) return absentFigure({ ...absent, timePeriod: spanText(span) });
  const refused = there.length < months.length ? 'PARTS_INCOMPLETE' : null;
  const total = sum([first, ...others], { refused });
  return { ...total, timePeriod: spanText(span) };
}

const stockIndicators = ['PARTICIPANTS', 'ENROLMENT_CLOSING'];

/** A stock by the ways in which a source may date it, the most exact first. */
function stock(figures: readonly Figure[], dates: readonly string[]): Figure | 'DISPUTED' | null {
  const own = figures.filter((figure) => stockIndicators.includes(figure.indicator ?? ''));
  const found = dates.map((date) => one(own.filter((figure) => figure.timePeriod === date)));
  return found.find((figure) => figure !== null) ?? null;
}

/** What the span opens with: the stock of the day before, or what a printed change leads back to. */
function openingOf(of: Of, span: Span, figures: readonly Figure[], closing: Figure): Figure {
  const absent = { ...of, indicator: 'ENROLMENT_OPENING', unit: 'PERSONS' };
  const first = one(
    figures.filter(
      (figure) => figure.indicator === 'ENROLMENT_OPENING' && figure.timePeriod === span.firstDay,
    ),
  );
  const yearly = /^\d{4}$/.test(span.from) ? [String(Number(span.from) - 1)] : [];
  const before = first ?? stock(figures, [span.dayBefore, span.dayBefore.slice(0, 7), ...yearly]);
  if (before === 'DISPUTED') {
    return absentFigure({ ...absent, timePeriod: span.firstDay }, 'INPUTS_DISAGREE');
  }
  if (before) return before;
  const change = printedChange(span, figures);
  if (!change || isAbsent(closing.obsStatus)) {
    return absentFigure({ ...absent, timePeriod: span.firstDay });
  }
  const figure = derive({
    indicator: 'ENROLMENT_OPENING',
    unit: 'PERSONS',
    decimals: 0,
    denominator: null,
    inputs: [closing, change],
    compute: ([a, b]) => (a && b ? a.minus(b) : null),
    formula: ([a, b]) => `${a} - ${b}`,
  });
  return { ...figure, baseIndicator: null, timePeriod: span.firstDay };
}

/** A change of the count that a source prints for exactly the span. */
function printedChange(span: Span, figures: readonly Figure[]): Figure | null {
  const found = one(
    figures.filter(
      (figure) =>
        figure.indicator === 'CHANGE_ABS' &&
        figure.baseIndicator === 'PARTICIPANTS' &&
        coversExactly(figure, span),
    ),
  );
  return found === 'DISPUTED' ? null : found;
}

/** opening + joined + returned - left - closing: zero when the flows close. */
const residualOf = (parts: readonly [Figure, Figure, Figure, Figure, Figure], span: Span) => ({
  ...derive({
    indicator: 'ENROLMENT_RESIDUAL',
    unit: 'PERSONS',
    decimals: 0,
    denominator: null,
    inputs: parts,
    compute: ([opening, joined, returned, left, closing]) =>
      opening && joined && returned && left && closing
        ? opening.plus(joined).plus(returned).minus(left).minus(closing)
        : null,
    formula: ([opening, joined, returned, left, closing]) =>
      `${opening} + ${joined} + ${returned} - ${left} - ${closing}`,
  }),
  timePeriod: spanText(span),
});

/** Who must have left, or cannot be explained, when more joined than the net change shows. */
function unexplained(
  [joined, returned, left]: readonly [Figure, Figure, Figure],
  net: Figure,
  span: Span,
): DerivedFigure {
  const named = { indicator: 'ENROLMENT_LEFT_OR_UNEXPLAINED', unit: 'PERSONS', denominator: null };
  const isTold = !isAbsent(returned.obsStatus);
  // A figure that exists and is confidential must not be computed around; nor one of low reliability.
  const isClosed = [returned, left].some(({ obsStatus }) => ['Q', 'U'].includes(obsStatus));
  const figure = isClosed
    ? notComputed(named, [joined, returned, left, net], 'INPUT_ABSENT')
    : derive({
        ...named,
        decimals: 0,
        inputs: isTold ? [joined, returned, net] : [joined, net],
        compute: (numbers) => {
          const change = numbers.at(-1);
          const came = numbers.slice(0, -1);
          return change ? came.reduce((total, part) => total.plus(part)).minus(change) : null;
        },
        formula: (numbers) => `${numbers.slice(0, -1).join(' + ')} - ${numbers.at(-1)}`,
      });
  return { ...figure, timePeriod: spanText(span) };
}

/** The flows that one source tells of an area, scheme and group. */
export function flowsOf(
  { sourceId, ...of }: Of & { readonly sourceId: string },
  span: Span,
  figures: readonly Figure[],
  reasons: Readonly<Record<string, readonly Figure[]>>,
): EnrolmentFlows {
  const closingDates = [span.lastDay, span.lastDay.slice(0, 7), span.to];
  const found = stock(figures, closingDates);
  const absentClosing = {
    ...of,
    indicator: 'ENROLMENT_CLOSING',
    unit: 'PERSONS',
    timePeriod: span.lastDay,
  };
  const closing =
    found === null || found === 'DISPUTED'
      ? absentFigure(absentClosing, found === null ? 'NOT_REPORTED' : 'INPUTS_DISAGREE')
      : found;
  const opening = openingOf(of, span, figures, closing);
  const joined = flow(of, span, ['ENROLMENT_JOINED', 'NEW_PARTICIPANTS'], figures);
  const returned = flow(of, span, ['ENROLMENT_RETURNED'], figures);
  const left = flow(of, span, ['ENROLMENT_LEFT'], figures);
  const netChange = printedChange(span, figures) ?? {
    ...difference(closing, opening),
    indicator: 'ENROLMENT_NET_CHANGE',
    timePeriod: spanText(span),
  };
  return {
    sourceId,
    from: span.from,
    to: span.to,
    opening,
    joined,
    returned,
    left,
    leftByReason: Object.entries(reasons).map(([reason, own]) => ({
      reason,
      figure: flow(of, span, ['ENROLMENT_LEFT'], own),
    })),
    closing,
    netChange,
    residual: residualOf([opening, joined, returned, left, closing], span),
    leftOrUnexplained: unexplained([joined, returned, left], netChange, span),
  };
}
