/** The form in which a protected table is published: suppressed cells without value, and all of them alike. */
import type { Finding } from './primary.ts';
import type { ProtectedTable } from './protect.ts';
import { DisclosureRefused } from './refusal.ts';

/** SDMX CL_OBS_STATUS and CL_CONF_STATUS. */
export interface PublishedRow {
  readonly key: string;
  /** Null where suppressed; never 0. */
  readonly value: bigint | null;
  /** Q where suppressed, else what the caller says of the value (A, P, ...). */
  readonly obsStatus: string;
  /** C for every suppressed cell alike: telling primary from secondary undoes the protection. */
  readonly confStatus: 'F' | 'C';
}

/** Why a cell is suppressed, in the finer codes of SDMX. NEVER to be published. */
export interface SuppressionReason {
  readonly key: string;
  /** A small counts; O, T, G, M dominance; D secondary. */
  readonly confStatus: Finding['reason'] | 'D';
  readonly rules: readonly Finding['rule'][];
}

export interface Publication {
  /** Every OPEN cell, in the order of the family. Cells that are PUBLIC or HIDDEN are not of this release. */
  readonly rows: readonly PublishedRow[];
  /** For the agency's eyes only. */
  readonly reasons: readonly SuppressionReason[];
}

/** Splits a protected table into what is published and what stays. Refuses one that the attack did not find safe. */
export function publish(
  table: ProtectedTable,
  obsStatusOf: (key: string) => string = () => 'A',
): Publication {
  const unsafe = table.attacked.filter(({ isSafe }) => !isSafe).map(({ key }) => key);
  if (unsafe.length > 0) {
    throw new DisclosureRefused('NOT_PROTECTED', `Not safe: ${unsafe.join(', ')}.`, unsafe);
  }
  const open = table.family.cells.filter(({ state }) => state === 'OPEN');
  const isSuppressed = (key: string) => table.primary.has(key) || table.secondary.has(key);
  return {
    rows: open.map(({ key, value }): PublishedRow => {
      if (isSuppressed(key)) return { key, value: null, obsStatus: 'Q', confStatus: 'C' };
      return { key, value, obsStatus: obsStatusOf(key), confStatus: 'F' };
    }),
    reasons: open
      .filter(({ key }) => isSuppressed(key))
      .map(({ key }): SuppressionReason => {
        const findings = table.primary.get(key) ?? [];
        const [first] = findings;
        return { key, confStatus: first?.reason ?? 'D', rules: findings.map(({ rule }) => rule) };
      }),
  };
}
