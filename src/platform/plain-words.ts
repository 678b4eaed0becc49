/** Words of a page to print: labels of codes, and conditions as lines. Pure. */

/** Vietnamese first: it is read in Viet Nam. */
export interface Label {
  readonly nameVi: string;
  readonly nameEn: string;
}

/** By code. */
export type Labels = ReadonlyMap<string, Label>;

interface ListedCode {
  readonly code: string;
  readonly nameEn: string;
  readonly nameVi: string | null;
}

export const labelsOf = (codes: readonly ListedCode[]): Labels =>
  new Map(codes.map(({ code, nameEn, nameVi }) => [code, { nameEn, nameVi: nameVi ?? nameEn }]));

const written = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : JSON.stringify(value);

/** Arguments as lines such as `where.state: LATE_UNPAID`; null is no condition. */
export function conditionLines(value: unknown, name = ''): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return [`${name}: ${value.map(written).join(', ') || '[]'}`];
  if (typeof value !== 'object') return [`${name}: ${written(value)}`];
  return Object.entries(value).flatMap(([key, inner]) =>
    conditionLines(inner, name === '' ? key : `${name}.${key}`),
  );
}
