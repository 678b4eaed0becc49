/** The effective-dated table of legal parameters: what was in force on a day, and how far to trust it. Pure. */
import type { Day } from './days.ts';

/**
 * TEXT was read in the law, OCR in a scan of it, SECONDARY is second-hand. OPEN is stated by no
 * source: the operator sets it, and an empty value means that nobody has.
 */
export type Reliability = 'TEXT' | 'OCR' | 'SECONDARY' | 'OPEN';

export interface ParameterRow {
  readonly code: string;
  /** Empty for an open question that is not set. */
  readonly value: string;
  readonly unit: string;
  /** Null: it is not known since when, so it is never in force here. */
  readonly validFrom: Day | null;
  /** Inclusive; null while it is in force. */
  readonly validTo: Day | null;
  readonly instrument: string;
  readonly article: string;
  readonly reliability: Reliability;
  readonly note: string;
}

/** A rule that a result rests on. OPEN says that the sources leave it open and the operator has set it. */
export interface Basis {
  readonly parameter: string | null;
  readonly instrument: string;
  readonly article: string;
  readonly reliability: Reliability;
}

export const basisOf = (row: ParameterRow): Basis => ({
  parameter: row.code,
  instrument: row.instrument,
  article: row.article,
  reliability: row.reliability,
});

type Dated = ParameterRow & { readonly validFrom: Day };

const wholeNumber = /^\d{1,9}$/;

/** One table; build it once and use it for many employers. */
export class LegalParameters {
  private readonly byCode = new Map<string, Dated[]>();

  constructor(rows: readonly ParameterRow[]) {
    for (const row of rows) {
      if (row.validFrom === null) continue;
      const same = this.byCode.get(row.code) ?? [];
      same.push({ ...row, validFrom: row.validFrom });
      this.byCode.set(row.code, same);
    }
    // The newest first, so that of two rows in force the later one is found.
    for (const same of this.byCode.values()) {
      same.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
    }
  }

  /** The row in force, whatever its reliability; null when there is none. */
  at(code: string, day: Day): ParameterRow | null {
    return (
      this.byCode
        .get(code)
        ?.find(
          ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo),
        ) ?? null
    );
  }

  /** The row in force if a result may rest on it: read in the text of the law, or set by the operator. */
  verified(code: string, day: Day): ParameterRow | null {
    const row = this.at(code, day);
    if (!row || row.value === '') return null;
    return row.reliability === 'TEXT' || row.reliability === 'OPEN' ? row : null;
  }

  /** The value of such a row; null when there is none. */
  setting(code: string, day: Day): string | null {
    return this.verified(code, day)?.value ?? null;
  }

  /** A count of days or months in force; null when there is none or it is no whole number. */
  count(code: string, day: Day): number | null {
    const value = this.setting(code, day);
    return value !== null && wholeNumber.test(value) ? Number(value) : null;
  }

  /** The first day on which a row of the code is in force; null when there is none. */
  startOf(code: string): Day | null {
    return this.byCode.get(code)?.at(-1)?.validFrom ?? null;
  }

  /** The days on which the row in force may change, within (from, to]. */
  changes(code: string, from: Day, to: Day, dayAfter: (day: Day) => Day): Day[] {
    const days = (this.byCode.get(code) ?? []).flatMap(({ validFrom, validTo }) =>
      validTo === null ? [validFrom] : [validFrom, dayAfter(validTo)],
    );
    return [...new Set(days)].filter((day) => from < day && day <= to).sort();
  }
}
