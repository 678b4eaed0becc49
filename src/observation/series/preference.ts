/** Which of several figures of one question is preferred, by a rule that is told. Pure. */
import { toDecimal, type Figure } from '../figure.ts';

/** In the order in which they are tried; each says why one figure stands before the others. */
export const preferenceRules = [
  'ONLY_FIGURE',
  'HAS_VALUE',
  'REPORTED',
  'RELIABILITY',
  'AS_REPORTED',
  'SAME_VALUE',
  'NEWEST_SOURCE',
  'CONTRADICTED',
] as const;
export type PreferenceRule = (typeof preferenceRules)[number];

export interface Preference {
  /** Null where sources contradict each other and none is newer. */
  readonly figure: Figure | null;
  readonly rule: PreferenceRule;
}

/** Lower is better; a rule that can't tell gives all the same. */
const grades: readonly [PreferenceRule, (figure: Figure) => number][] = [
  ['HAS_VALUE', (figure) => (figure.value === null || figure.obsStatus === 'U' ? 1 : 0)],
  ['REPORTED', (figure) => (isSynthetic(figure) ? 1 : 0)],
  ['RELIABILITY', (figure) => ['A', 'B', 'N', 'P', 'E'].indexOf(figure.obsStatus)],
  ['AS_REPORTED', (figure) => ('derived' in figure ? 1 : 0)],
];

/** A figure that was computed from several sources is as made-up as the least of them. */
function isSynthetic(figure: Figure & { readonly derivedFrom?: readonly Figure[] }): boolean {
  return figure.source?.nature === 'SYNTHETIC' || (figure.derivedFrom?.some(isSynthetic) ?? false);
}

/** Unknown grades are worst. */
const gradeOf = (grade: number) => (grade < 0 ? Infinity : grade);

function newest(figures: readonly Figure[]): Figure | null {
  const dated = figures.map((figure) => [figure.source?.publishedOn ?? '', figure] as const);
  const latest =
    dated
      .map(([on]) => on)
      .sort()
      .at(-1) ?? '';
  const [first, ...others] = dated.filter(([on]) => on === latest);
  return latest !== '' && first && others.length === 0 ? first[1] : null;
}

export function prefer(figures: readonly [Figure, ...Figure[]]): Preference {
  const [first] = figures;
  if (figures.length === 1) return { figure: first, rule: 'ONLY_FIGURE' };
  let left: readonly Figure[] = figures;
  for (const [rule, grade] of grades) {
    const best = Math.min(...left.map((figure) => gradeOf(grade(figure))));
    const kept = left.filter((figure) => gradeOf(grade(figure)) === best);
    if (kept.length === 1) return { figure: kept[0] ?? null, rule };
    left = kept;
  }
  const values = left.map((figure) => toDecimal(figure)?.toFixed() ?? null);
  if (values.every((value) => value !== null && value === values[0])) {
    return { figure: left[0] ?? null, rule: 'SAME_VALUE' };
  }
  const figure = newest(left);
  return { figure, rule: figure ? 'NEWEST_SOURCE' : 'CONTRADICTED' };
}
