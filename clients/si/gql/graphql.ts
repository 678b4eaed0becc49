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
  /** Primary confidentiality: small count. */
  | 'A'
  /** Confidential statistical information. */
  | 'C'
  /** Secondary confidentiality set by the sender. */
  | 'D'
  /** For internal use until its embargo elapses, free afterwards. */
  | 'E'
  /** Free for publication. */
  | 'F'
  /** Primary confidentiality: dominance by one or two units. */
  | 'G'
  /** Primary confidentiality: another measure of concentration. */
  | 'M'
  /** Restricted for internal use. */
  | 'N'
  /** Primary confidentiality: dominance by one unit. */
  | 'O'
  /** Secondary confidentiality set by the receiver. */
  | 'S'
  /** Primary confidentiality: dominance by two units. */
  | 'T'
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

export type MonthOfEnrolmentQueryVariables = Exact<{
  within: AreaKey;
  timePeriod: string;
}>;


export type MonthOfEnrolmentQuery = { enrolmentMovements: { totalCount: number, nodes: Array<{ refArea: { nameVi: string }, joined: { value: FigureValue | null, obsStatus: ObsStatus, confStatus: ConfStatus, reason: string | null }, closing: { value: FigureValue | null, obsStatus: ObsStatus, confStatus: ConfStatus, reason: string | null } }> } };

export type DueNextQueryVariables = Exact<{
  within: AreaKey;
  from: string;
  to: string;
}>;


export type DueNextQuery = { obligations: { nodes: Array<{ dueOn: string, balance: string, employer: { nameVi: string } | null }> } };

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

export const MonthOfEnrolmentDocument = new TypedDocumentString(`
    query MonthOfEnrolment($within: AreaKey!, $timePeriod: String!) {
  enrolmentMovements(
    first: 5
    where: {within: $within, timePeriod: $timePeriod, scheme: "VOLUNTARY_SI"}
  ) {
    totalCount
    nodes {
      refArea {
        nameVi
      }
      joined {
        value
        obsStatus
        confStatus
        reason
      }
      closing {
        value
        obsStatus
        confStatus
        reason
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MonthOfEnrolmentQuery, MonthOfEnrolmentQueryVariables>;
export const DueNextDocument = new TypedDocumentString(`
    query DueNext($within: AreaKey!, $from: Date!, $to: Date!) {
  obligations(
    first: 5
    where: {within: $within, dueFrom: $from, dueTo: $to, unpaid: true}
  ) {
    nodes {
      dueOn
      balance
      employer {
        nameVi
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DueNextQuery, DueNextQueryVariables>;