/** A figure's value can be read together with its statuses only. */

declare const unread: unique symbol;

/** The value of a figure as it comes: no string and no number until `readFigure` has looked at it. */
export interface FigureValue {
  readonly [unread]: true;
}

/** What a document must select of a figure before its value can be read. */
export interface SelectedFigure {
  readonly value?: FigureValue | null;
  readonly obsStatus: string;
  readonly confStatus: string;
  readonly reason?: string | null;
}

/**
 * A figure that has been read: a normal value; a value that must not be shown without its mark (SDMX
 * CL_OBS_STATUS, such as U for low reliability or P for provisional); or none, which is never zero.
 */
export type ReadFigure =
  | { readonly kind: 'NORMAL'; readonly text: string; readonly confStatus: string }
  | {
      readonly kind: 'MARKED';
      readonly text: string;
      readonly mark: string;
      readonly confStatus: string;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'ABSENT';
      readonly obsStatus: string;
      readonly confStatus: string;
      readonly reason: string | null;
    };

/** `text` is an exact decimal number with the digits of its source. */
export function readFigure(figure: SelectedFigure): ReadFigure {
  const { value, obsStatus, confStatus, reason = null } = figure;
  if (value == null) return { kind: 'ABSENT', obsStatus, confStatus, reason };
  // A text at run time; only the types keep it shut.
  const text = value as unknown as string;
  if (obsStatus === 'A') return { kind: 'NORMAL', text, confStatus };
  return { kind: 'MARKED', text, mark: obsStatus, confStatus, reason };
}

/** One way to show a figure: the mark in brackets, a dash for what is absent, with the reason. */
export function showFigure(figure: SelectedFigure): string {
  const read = readFigure(figure);
  if (read.kind === 'NORMAL') return read.text;
  if (read.kind === 'MARKED') return `${read.text} [${read.mark}]`;
  return `– (${read.reason ?? read.obsStatus})`;
}
