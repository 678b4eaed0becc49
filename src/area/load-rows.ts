/** The rows of territory as the loader writes them. */
import { searchForm } from './search.ts';

/** A row of the table `area`. */
export interface AreaRow {
  readonly id: string;
  readonly code: string;
  readonly vintage: string;
  readonly kind: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly name_search: string;
  readonly description: string | null;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly parent_code: string | null;
  readonly province_id: string | null;
  readonly alias: string | null;
  readonly external_ref: string | null;
  readonly correction: string | null;
}

/** A row of the table `area_succession`. */
export interface SuccessionRow {
  readonly id: string;
  readonly predecessor_id: string;
  readonly successor_id: string;
  readonly effective_on: string;
  readonly kind: string;
  readonly exact: boolean;
  readonly basis: string;
}

/** A row of the table `area_member`. */
export interface MemberRow {
  readonly group_id: string;
  readonly member_id: string;
}

export type CorrectionKind =
  | 'CODE_WRONG'
  | 'SUCCESSOR_CODE_UNKNOWN'
  | 'SUCCESSOR_CODE_CONTRADICTED'
  | 'PREDECESSOR_CODE_MISSING'
  | 'PREDECESSOR_MISSING';

/** A row of the table `area_correction`. */
export interface CorrectionRow {
  readonly id: string;
  readonly kind: CorrectionKind;
  /** The table and the id or the code of the row that it is about. */
  readonly locator: string;
  readonly source: string;
  /** What the listing says. */
  readonly listed: string;
  /** What is used instead; null where the row is left out. */
  readonly used: string | null;
  /** The area that it concerns. */
  readonly area_id: string | null;
  readonly reason_vi: string;
  readonly reason_en: string;
}

export interface AreaRows {
  readonly areas: readonly AreaRow[];
  readonly successions: readonly SuccessionRow[];
}

/** When a reform took effect, and by which resolution. */
export interface Reform {
  readonly on: string;
  readonly basis: string;
}

/** Fills what most rows leave open. */
export function areaRow(
  row: Pick<AreaRow, 'code' | 'vintage' | 'kind' | 'name_vi'> & Partial<AreaRow>,
): AreaRow {
  return {
    id: `${row.code}@${row.vintage}`,
    name_search: searchForm(row.name_vi),
    name_en: null,
    description: null,
    valid_from: null,
    valid_to: null,
    parent_code: null,
    province_id: null,
    alias: null,
    external_ref: `GSO ${row.code}`,
    correction: null,
    ...row,
  };
}

export function successionRow(
  from: string,
  to: string,
  kind: string,
  exact: boolean,
  { on, basis }: Reform,
): SuccessionRow {
  const ends = { id: `${from}>${to}`, predecessor_id: from, successor_id: to };
  return { ...ends, effective_on: on, kind, exact, basis };
}
