/** Texts as cells of a CSV file over RFC 4180 that no spreadsheet takes for a formula. Pure. */

export const lineEnd = '\r\n';

/** What some programs take for a formula, and our own mark. */
const formula = /^[=+\-@\t\r\n'＝＋－＠]/;
/** So that a spreadsheet shows a text and computes nothing; a reader of ours takes it off again. */
export const guardText = (text: string): string => (formula.test(text) ? `'${text}` : text);
export const unguardText = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);

/** RFC 4180: quoted where it must be, inner quotes doubled. */
export const csvCell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export const csvLine = (cells: readonly string[]): string => cells.map(csvCell).join(',') + lineEnd;
