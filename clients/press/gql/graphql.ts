/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { FigureValue } from '../../figure.ts';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Names an area. Communes kept or reused codes in the reform of 1 July 2025 and seven province codes changed their meaning, so a code that is not unique needs its vintage. */
export type AreaKey = {
  /** The code of the register, such as "11", or a project code, such as "VN-DB". */
  code: string;
  /** The edition of the register that first lists the area: 2025-06, 2025-07, 2026-04. */
  vintage?: string | null | undefined;
};

/** Confidentiality of an observation: SDMX CL_CONF_STATUS 1.3. What is published is F or C; why a cell is confidential stays with the agencies that hold it. */
export type ConfStatus =
  /** Confidential statistical information. */
  | 'C'
  /** Free for publication. */
  | 'F'
  | '%future added value';

/** As what the statutory list names an employer (Law 41/2024/QH15 Art 35). */
export type ListedAs =
  /** Evasion (Art 39). */
  | 'EVADING'
  /** Late payment (Art 38). */
  | 'LATE'
  | '%future added value';

/** Status of an observation: SDMX CL_OBS_STATUS 2.2. */
export type ObsStatus =
  /** Normal value. */
  | 'A'
  /** Time series break. */
  | 'B'
  /** Definition differs. */
  | 'D'
  /** Estimated value. */
  | 'E'
  /** Forecast value. */
  | 'F'
  /** Experimental value. */
  | 'G'
  /** Missing value; holiday or weekend. */
  | 'H'
  /** Value imputed by a receiving agency. */
  | 'I'
  /** Derogation. */
  | 'J'
  /** Data included in another category. */
  | 'K'
  /** Missing value; the figure exists but was not collected or printed. */
  | 'L'
  /** Missing value; there can be none. */
  | 'M'
  /** Not significant. */
  | 'N'
  /** Missing value. */
  | 'O'
  /** Provisional value. */
  | 'P'
  /** Missing value; suppressed. */
  | 'Q'
  /** Strike and other special events. */
  | 'S'
  /** Low reliability: show only with its mark, never in sums. */
  | 'U'
  /** Unvalidated value. */
  | 'V'
  /** Includes data from another category. */
  | 'W'
  | '%future added value';

export type CoverageOfYearQueryVariables = Exact<{
  area: AreaKey;
  timePeriod: string;
}>;


export type CoverageOfYearQuery = { coverage: Array<{ scheme: string | null, participants:
      | { value: FigureValue | null, obsStatus: ObsStatus, confStatus: ConfStatus, reason: string | null, locator: string | null }
      | { value: FigureValue | null, obsStatus: ObsStatus, confStatus: ConfStatus, reason: string | null, locator: string | null }
      | { value: FigureValue | null, obsStatus: ObsStatus, confStatus: ConfStatus, reason: string | null, locator: string | null }
      | { value: FigureValue | null, obsStatus: ObsStatus, confStatus: ConfStatus, reason: string | null, locator: string | null }
      | { value: FigureValue | null, obsStatus: ObsStatus, confStatus: ConfStatus, reason: string | null, locator: string | null }
     | null }> };

export type StatutoryListQueryVariables = Exact<{
  within: AreaKey;
}>;


export type StatutoryListQuery = { statutoryListEntries: { totalCount: number, nodes: Array<{ nameVi: string, listedAs: ListedAs, amount: string, monthsLate: number }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const CoverageOfYearDocument = new TypedDocumentString(`
    query CoverageOfYear($area: AreaKey!, $timePeriod: String!) {
  coverage(area: $area, timePeriod: $timePeriod) {
    scheme
    participants {
      value
      obsStatus
      confStatus
      reason
      locator
    }
  }
}
    `) as unknown as TypedDocumentString<CoverageOfYearQuery, CoverageOfYearQueryVariables>;
export const StatutoryListDocument = new TypedDocumentString(`
    query StatutoryList($within: AreaKey!) {
  statutoryListEntries(first: 3, where: {within: $within}) {
    totalCount
    nodes {
      nameVi
      listedAs
      amount
      monthsLate
    }
  }
}
    `) as unknown as TypedDocumentString<StatutoryListQuery, StatutoryListQueryVariables>;