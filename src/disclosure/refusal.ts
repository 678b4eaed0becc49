/** Says no: a code, a sentence and the place, for input that can't be judged or protected. */

export type RefusalCode =
  | 'ALREADY_PUBLIC'
  | 'CELL_TWICE'
  | 'CELL_UNKNOWN'
  | 'NEGATIVE_AMOUNT'
  | 'NOT_PROTECTED'
  | 'OUT_OF_BOUNDS'
  | 'PARAMETER_INVALID'
  | 'PROTECTION_IMPOSSIBLE'
  | 'RELATION_BROKEN'
  | 'TOTAL_DIFFERS'
  | 'VALUE_TOO_LARGE';

export class DisclosureRefused extends Error {
  override readonly name = 'DisclosureRefused';
  readonly code: RefusalCode;
  /** Keys of the cells, names of the relations or parameters that it is about. */
  readonly places: readonly string[];

  constructor(code: RefusalCode, message: string, places: readonly string[]) {
    super(message);
    this.code = code;
    this.places = places;
  }
}
