/** What the checker finds: a code, a place, what its sentence needs, and the sentence. */
import { reasons, type Language, type Reason } from './reasons.ts';
import { sentences, type ProblemCode } from './sentences.ts';

/** More are not collected: what comes after so many says nothing new. */
export const problemsMax = 100;

export interface Problem {
  readonly code: ProblemCode;
  /** A path inside the folder; null for what was given apart from it. */
  readonly file: string | null;
  /** The number of the record that is concerned, from 0. */
  readonly index: bigint | null;
  readonly parameters: Readonly<Record<string, string>>;
}

export type Place = Partial<Pick<Problem, 'file' | 'index'>>;

export function problemOf(
  code: ProblemCode,
  { file = null, index = null }: Place = {},
  parameters: Problem['parameters'] = {},
): Problem {
  return { code, file, index, parameters };
}

/** Thrown by the parsers; whoever calls them knows what it is that is malformed, and where. */
export class Malformed extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}

/** The parser's result; null after it has reported the problem that is made of the reason. */
export function parsed<T>(parse: () => T, report: (reason: Reason) => void): T | null {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    report(error.reason);
    return null;
  }
}

/** Ends a check that has found enough. */
export class Enough extends Error {}

export class Problems {
  readonly list: Problem[] = [];
  readonly #max: number;

  constructor(max: number = problemsMax) {
    this.#max = max;
  }

  /** Throws Enough with the last problem that is collected. */
  add(problem: Problem): void {
    this.list.push(problem);
    if (this.list.length >= this.#max) throw new Enough();
  }
}

const nowhere: Record<Language, string> = { en: 'the checkpoint', vi: 'điểm kiểm tra' };

/** The problem in words; what it has no value for stays as its placeholder. */
export function sentenceOf(problem: Problem, language: Language): string {
  const { code, file, index, parameters } = problem;
  const values: Record<string, string | undefined> = {
    ...parameters,
    file: file ?? nowhere[language],
    index: index?.toString(),
    reason: reasons[parameters['reason'] as keyof typeof reasons]?.[language],
  };
  return sentences[code][language].replaceAll(
    /\{(\w+)\}/g,
    (placeholder, name: string) => values[name] ?? placeholder,
  );
}
