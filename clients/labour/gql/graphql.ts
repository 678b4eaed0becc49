/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Names an area. Communes kept or reused codes in the reform of 1 July 2025 and seven province codes changed their meaning, so a code that is not unique needs its vintage. */
export type AreaKey = {
  /** The code of the register, such as "11", or a project code, such as "VN-DB". */
  code: string;
  /** The edition of the register that first lists the area: 2025-06, 2025-07, 2026-04. */
  vintage?: string | null | undefined;
};

/** What was done about a debt. */
export type DebtEventKind =
  /** A reason that excuses was recognised (Art 38(4)). */
  | 'FORCE_MAJEURE'
  /** The debtor was found bankrupt, dissolved or absconded. */
  | 'HARD_TO_COLLECT'
  /** An inspection (Law 84/2025/QH15). */
  | 'INSPECTION'
  /** A working session of insurance agency, inspectorate and debtor, with what was agreed (Art 35). */
  | 'JOINT_SESSION'
  /** The case was handed to another authority (Art 41). */
  | 'REFERRAL'
  /** A written reminder of the insurance agency (Law 41/2024/QH15 Art 35). */
  | 'REMINDER'
  /** An administrative fine for late payment or evasion (Art 40, 41). */
  | 'SANCTION'
  /** All that was owed was paid (Art 40, 41). */
  | 'SETTLEMENT'
  /** Suspension of the retirement fund was granted (Art 37). */
  | 'SUSPENSION'
  | '%future added value';

/** The legal state of an employer’s contributions under Social Insurance Law 41/2024/QH15. Late payment and evasion are different states. */
export type DebtState =
  /** Evasion: a registered salary below the legal base (Art 39). */
  | 'EVASION_UNDERDECLARED'
  /** Evasion: registered amounts unpaid 60 days after the due date, and a written reminder sent (Art 39 with Art 35). */
  | 'EVASION_UNPAID_AFTER_REMINDER'
  /** Evasion: workers still not registered 60 days after the registration deadline (Art 39). */
  | 'EVASION_UNREGISTERED'
  /** Evasion for a recognised reason, which counts as late payment (Art 38(4)). */
  | 'EXCUSED'
  /** Owed by an employer that is bankrupt, dissolved or absconded; reported apart, no state of Art 38 or 39. */
  | 'HARD_TO_COLLECT'
  /** Late payment: registered amounts unpaid after the due date (Art 38). */
  | 'LATE_UNPAID'
  /** Late payment: workers not registered, or too few, within 60 days after the registration deadline (Art 38). */
  | 'LATE_UNREGISTERED'
  /** Nothing that is due is unpaid (Art 34). */
  | 'ON_TIME'
  /** The retirement fund is suspended for up to 12 months, which is no debt (Art 37). */
  | 'SUSPENDED'
  | '%future added value';

export type OldDebtsQueryVariables = Exact<{
  within: AreaKey;
}>;


export type OldDebtsQuery = { debtPositions: { totalCount: number, nodes: Array<{ amount: string, monthsLate: number, state: DebtState | null, workersAffected: number | null, employer: { nameVi: string } | null }> }, debtEvents: { nodes: Array<{ kind: DebtEventKind, agreedBy: string | null, amount: string | null }> } };

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

export const OldDebtsDocument = new TypedDocumentString(`
    query OldDebts($within: AreaKey!) {
  debtPositions(
    first: 5
    where: {within: $within, monthsLateMin: 3}
    orderBy: MONTHS_DESC
  ) {
    totalCount
    nodes {
      amount
      monthsLate
      state
      workersAffected
      employer {
        nameVi
      }
    }
  }
  debtEvents(
    first: 5
    where: {within: $within, open: true}
    orderBy: AGREED_BY_ASC
  ) {
    nodes {
      kind
      agreedBy
      amount
    }
  }
}
    `) as unknown as TypedDocumentString<OldDebtsQuery, OldDebtsQueryVariables>;