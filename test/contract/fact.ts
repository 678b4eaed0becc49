/** A must or must-never fact: who asks what, and what has to come of it. */

export interface Fact {
  readonly as: string;
  readonly question: string;
  readonly must: 'answer' | 'never';
  readonly note: string;
  /** What the answer holds; without it, anything that is not empty. */
  readonly holds?: object;
  /** How a "never" shows: the name does not exist, a refusal with this code, or an empty answer. */
  readonly by?:
    'NO_SUCH_NAME' | 'NOTHING' | 'PURPOSE_NOT_GRANTED' | 'PURPOSE_REQUIRED' | 'GRANT_EXPIRED';
  readonly purpose?: string | null;
}

type More = Partial<Pick<Fact, 'holds' | 'by' | 'purpose'>>;

const facts =
  (must: Fact['must']) =>
  (agencies: readonly string[], question: string, note: string, more: More = {}): Fact[] =>
    agencies.map((as) => ({ as, question, must, note, ...more }));

export const answer = facts('answer');
export const never = facts('never');
