/** Months of an area added up from those of the areas right below it, all of them or none. Pure. */
import { overlap } from '../area/validity.ts';
import { sum, type DerivedFigure } from '../observation/derive.ts';
import type { Figure, MeasuredFigure } from '../observation/figure.ts';
import { group, type Some } from '../platform/group.ts';
import { parsePeriod } from '../platform/period.ts';
import type { Area } from '../platform/prisma/client.ts';
import type { Span } from './flows.ts';
import type { MovementRow } from './movement-data.ts';
import { leftReasons, measuresOf, type LeftByReason } from './movement.ts';

/** A month's stocks and flows, and those who left by reason. */
export interface Month {
  readonly figures: readonly Figure[];
  readonly byReason: readonly LeftByReason[];
}

/** All months of a span as one source tells them. */
export interface Parts {
  readonly sourceId: string;
  readonly months: readonly Month[];
}

const added = (area: Area, parts: readonly MeasuredFigure[]): DerivedFigure => ({
  ...sum(parts as unknown as Some<MeasuredFigure>),
  areaId: area.id,
  area,
});

function monthOf(area: Area, rows: readonly MovementRow[]): Month {
  const measured = rows.map(measuresOf);
  const places = measured[0]?.figures.map((_, at) => at) ?? [];
  return {
    figures: places.map((at) =>
      added(
        area,
        measured.map(({ figures }) => figures[at]!),
      ),
    ),
    byReason: leftReasons.map((reason, at) => ({
      reason,
      figure: added(
        area,
        measured.map(({ byReason }) => byReason[at]!.figure as MeasuredFigure),
      ),
    })),
  };
}

/** Whether the rows are those of exactly the areas that were there on the month's last day. */
function isWhole(rows: readonly MovementRow[], below: readonly Area[], month: string): boolean {
  const end = parsePeriod(month)?.end;
  if (!end) return false;
  const expected = below.filter((part) => overlap(part, { validFrom: end, validTo: end }));
  const there = new Set(rows.map(({ areaId }) => areaId));
  const isEach = there.size === expected.length && expected.every(({ id }) => there.has(id));
  return there.size > 0 && isEach;
}

/** One entry for each source that tells all months of all parts. */
export function addParts(
  area: Area,
  below: readonly Area[],
  span: Span,
  rows: readonly MovementRow[],
): Parts[] {
  return [...group(rows, ({ sourceId }) => sourceId)].flatMap(([sourceId, ofSource]) => {
    const months = group(ofSource, ({ timePeriod }) => timePeriod);
    const areWhole = span.months.every((month) => isWhole(months.get(month) ?? [], below, month));
    if (!areWhole) return [];
    return [
      { sourceId, months: span.months.map((month) => monthOf(area, months.get(month) ?? [])) },
    ];
  });
}
