/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How deep a grant reaches. */
export type Reach =
  /** Internal rows of the territory too, and what is published elsewhere. */
  | 'INTERNAL'
  /** In the territory, the rows to which the agency is a confirmed party too; and what is published, everywhere. */
  | 'PARTY'
  /** What is published, everywhere. */
  | 'PUBLISHED'
  | '%future added value';

/** What a grant is about; scope is decided topic by topic. */
export type Topic =
  /** Who read what. */
  | 'ACCESS_LOG'
  /** Communication campaigns. */
  | 'CAMPAIGN'
  /** Who changed what. */
  | 'CHANGE_LOG'
  /** Contribution debt of employers. */
  | 'DEBT'
  /** Participants, coverage, plans. */
  | 'ENROLLMENT'
  /** Revenue, receivables, debt totals. */
  | 'FINANCE'
  /** Coordination partners. */
  | 'PARTNER'
  /** Population and territory figures. */
  | 'POPULATION'
  /** Agencies, applications, issuers and grants. */
  | 'REGISTER'
  | '%future added value';

export type AgreementsQueryVariables = Exact<{ [key: string]: never; }>;


export type AgreementsQuery = { grants: { nodes: Array<{ code: string, validTo: string | null, consumer: { nameEn: string } | null, topics: Array<{ topic: Topic, reach: Reach }> }> }, releases: { nodes: Array<{ titleEn: string, timePeriod: string, scheduledAt: string | null }> } };

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

export const AgreementsDocument = new TypedDocumentString(`
    query Agreements {
  grants(first: 100, state: ACTIVE) {
    nodes {
      code
      validTo
      consumer {
        nameEn
      }
      topics {
        topic
        reach
      }
    }
  }
  releases(first: 5, where: {state: SCHEDULED}, orderBy: SCHEDULED_ASC) {
    nodes {
      titleEn
      timePeriod
      scheduledAt
    }
  }
}
    `) as unknown as TypedDocumentString<AgreementsQuery, AgreementsQueryVariables>;