/** Series as rows of a file: each observation with what its point and its series say of it. Pure. */
import type { Restatement } from '../../area/lineage.ts';
import type { GivenRow } from '../../platform/table-export.ts';
import type { DerivedFigure } from '../derive.ts';
import type { ObservationRow } from '../data.ts';
import type { DerivedReason, Figure } from '../figure.ts';
import type { FileFigure } from '../sdmx-column.ts';
import { formatDay } from '../../platform/scalars.ts';
import type { Series, SeriesPoint } from './assemble.ts';
import type { SeriesBoundaries } from './data.ts';
import type { PreferenceRule } from './preference.ts';
import type { RestatedFigure } from './restate.ts';

export interface SeriesRow extends FileFigure {
  readonly figure: Figure;
  readonly frequency: string;
  readonly boundaries: SeriesBoundaries;
  /** Areas of the recorded figures in it. */
  readonly reportedAreaIds: readonly string[];
  /** Codes of the recorded figures that it was computed from; none of a recorded one. */
  readonly derivedFrom: readonly string[];
  readonly formula: string;
  readonly restatement: Restatement;
  readonly derivedReason: DerivedReason | null;
  readonly isPreferred: boolean;
  readonly preferredBy: PreferenceRule;
  readonly isBreak: boolean;
  /** Day and restatement of each reform of the boundaries. */
  readonly reforms: readonly string[];
}

const isDerived = (figure: Figure): figure is DerivedFigure => 'derived' in figure;
const isRestated = (figure: Figure): figure is RestatedFigure => 'restatement' in figure;
/** A figure that nothing computed is a row of the table. */
const asRecorded = (figure: Figure) => figure as ObservationRow;

const inputsOf = (figure: Figure): readonly ObservationRow[] =>
  isDerived(figure) ? figure.derivedFrom.flatMap(inputsOf) : [asRecorded(figure)];

/** The recorded figure whose value it is, with the mark of a break or without; null where parts make it up. */
function recordedOf(figure: Figure): ObservationRow | null {
  if (!isDerived(figure)) return asRecorded(figure);
  const [first] = figure.derivedFrom;
  return isRestated(figure) || !first ? null : recordedOf(first);
}

function restatementOf(figure: Figure): Restatement {
  if (isRestated(figure)) return figure.restatement;
  const [first] = isDerived(figure) ? figure.derivedFrom : [];
  return first ? restatementOf(first) : 'SAME';
}

const reformsOf = ({ breaks }: Series): readonly string[] =>
  breaks.map(({ effectiveOn, restatement }) =>
    [formatDay(effectiveOn), ...(restatement ? [restatement] : [])].join('='),
  );

function rowOf(figure: Figure, point: SeriesPoint, { refArea, sample, frequency }: Series) {
  const recorded = recordedOf(figure);
  const computed = isDerived(figure) ? figure : null;
  const inputs = inputsOf(figure);
  return {
    ...(recorded ?? {}),
    ...figure,
    figure,
    figureId: recorded?.figureId ?? null,
    areaId: refArea.id,
    baseIndicator: sample.baseIndicator,
    schemeComponents: sample.schemeComponents,
    sex: sample.sex,
    residence: sample.residence,
    breakdown: sample.breakdown,
    unit: sample.unit,
    denominator: sample.denominator,
    frequency,
    reportedAreaIds: [...new Set(inputs.map(({ areaId }) => areaId))],
    derivedFrom: computed ? [...new Set(inputs.map(({ figureId }) => figureId))] : [],
    formula: computed?.formula ?? '',
    derivedReason: computed?.derivedReason ?? null,
    restatement: restatementOf(figure),
    isPreferred: figure === point.preferred,
    preferredBy: point.preferredBy,
    isBreak: point.isBreak,
  };
}

export const seriesRows = (
  all: readonly Series[],
  boundaries: SeriesBoundaries,
): readonly SeriesRow[] =>
  all.flatMap((series) => {
    const reforms = reformsOf(series);
    return series.points.flatMap((point) =>
      point.observations.map((figure) => {
        return { ...rowOf(figure, point, series), boundaries, reforms };
      }),
    );
  });

/** What a figure tells of, for the access record; recorded rows that were met already are left out. */
export function givenOf(figure: Figure, met: Set<string>): GivenRow[] {
  if (isDerived(figure)) {
    const inputs = figure.derivedFrom.flatMap((input) => givenOf(input, met));
    return [{ type: 'DerivedObservation', row: figure }, ...inputs];
  }
  const row = asRecorded(figure);
  if (met.has(row.id)) return [];
  met.add(row.id);
  return [{ type: 'RecordedObservation', row }];
}
