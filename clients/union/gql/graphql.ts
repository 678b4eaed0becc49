/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type DebtsToMembersQueryVariables = Exact<{ [key: string]: never; }>;


export type DebtsToMembersQuery = { debtPositions: { totalCount: number, nodes: Array<{ amount: string, monthsLate: number, workersAffected: number | null, workersBand: string, reason: string | null, employer: { nameVi: string } | null }> } };

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

export const DebtsToMembersDocument = new TypedDocumentString(`
    query DebtsToMembers {
  debtPositions(first: 5, orderBy: WORKERS_DESC) {
    totalCount
    nodes {
      amount
      monthsLate
      workersAffected
      workersBand
      reason
      employer {
        nameVi
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DebtsToMembersQuery, DebtsToMembersQueryVariables>;