/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How a request ended. */
export type AccessOutcome =
  /** Answered without an error. */
  | 'ANSWERED'
  /** A stream that its reader, the grants or a time limit ended; `given` counts the rows that may have left. */
  | 'BROKEN_OFF'
  /** Failed on our side; no data left, but for a stream, of which `given` says what left before. */
  | 'FAILED'
  /** A change, recorded before it was tried, or a stream before its first byte, with `rowsMax`; the record with the same `requestId` says how it ended. */
  | 'INTENDED'
  /** No request: it says which records of the log before are lost. */
  | 'LOST'
  /** No request: the first record of a log that succeeds a lost one. */
  | 'OPENED'
  /** Answered with data and errors. */
  | 'PARTIAL'
  /** Refused; no data left. */
  | 'REFUSED'
  | '%future added value';

export type LatestAccessQueryVariables = Exact<{
  first: number;
}>;


export type LatestAccessQuery = { accessRecords: { totalCount: number, nodes: Array<{ number: string, agency: string | null, purpose: string | null, outcome: AccessOutcome, given: Array<{ type: string, rows: number }>, withheld: Array<{ reason: string, cells: number }>, proof: { index: string } | null }> }, checkpoint: { origin: string, size: string, rootHash: string } | null };

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

export const LatestAccessDocument = new TypedDocumentString(`
    query LatestAccess($first: Int!) {
  accessRecords(first: $first) {
    totalCount
    nodes {
      number
      agency
      purpose
      outcome
      given {
        type
        rows
      }
      withheld {
        reason
        cells
      }
      proof {
        index
      }
    }
  }
  checkpoint {
    origin
    size
    rootHash
  }
}
    `) as unknown as TypedDocumentString<LatestAccessQuery, LatestAccessQueryVariables>;