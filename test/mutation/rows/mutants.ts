/**
 * Makes mutants of SQL: each condition of each AND taken away, each branch of each OR, each boundary moved.
 * It reads policies as PostgreSQL prints them and the bodies of functions as they were written.
 */

import { topics } from '../../../src/policy/types.ts';

export interface Mutant {
  /** What was changed, for people. */
  readonly change: string;
  readonly sql: string;
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const tokenPattern =
  /--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w$]+|::|[<>=!@#%^&|~?:+\-*/]+|[^\s\w]/g;

function tokensOf(sql: string): Token[] {
  return [...sql.matchAll(tokenPattern)]
    .map(([text], i, all) => ({ text, start: all[i]!.index, end: all[i]!.index + text.length }))
    .filter(({ text }) => !text.startsWith('--'));
}

/** Where one expression ends and another begins. */
const boundaries = new Set(
  `select from where join inner left right full cross on group order having union except intersect limit as
   then else when case end if elsif loop return returning set into with filter using begin exit declare
   , ; :=`.split(/\s+/),
);
/** What follows these is a condition, also when it stands alone. */
const opensCondition = new Set(['where', 'on', 'having']);

/** `is distinct from` is an operator. */
const isBoundary = (tokens: readonly Token[], i: number): boolean => {
  const word = tokens[i]!.text.toLowerCase();
  const before = tokens[i - 1]?.text.toLowerCase();
  return boundaries.has(word) && !(word === 'from' && before === 'distinct');
};

interface Change {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

const isWord = (token: Token, word: string) => token.text.toLowerCase() === word;

function split(tokens: readonly Token[], word: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0 && isWord(token, word)) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

const replaced = (part: readonly Token[], by: string): Change[] =>
  part.length === 0 ? [] : [{ start: part[0]!.start, end: part.at(-1)!.end, by }];

/** One expression without a clause in it: branches of its OR, conditions of its ANDs. */
function conditionsOf(expression: readonly Token[], isCondition: boolean): Change[] {
  if (expression.some((token) => isWord(token, 'between'))) {
    throw new Error('BETWEEN hides an AND: write two comparisons.');
  }
  const branches = split(expression, 'or');
  const changes: Change[] =
    branches.length > 1 ? branches.flatMap((b) => replaced(b, 'false')) : [];
  for (const branch of branches) {
    const conditions = split(branch, 'and');
    const isAlone = conditions.length === 1 && !(isCondition && branches.length === 1);
    if (!isAlone) changes.push(...conditions.flatMap((condition) => replaced(condition, 'true')));
  }
  return changes;
}

/** Everything between two parentheses, and what stands in parentheses in it. */
function changesIn(tokens: readonly Token[]): Change[] {
  const changes: Change[] = [];
  let expression: Token[] = [];
  let isCondition = false;
  let depth = 0;
  let opened = 0;
  const close = () => changes.push(...conditionsOf(expression, isCondition));
  tokens.forEach((token, i) => {
    if (depth === 0 && isBoundary(tokens, i)) {
      close();
      expression = [];
      isCondition = opensCondition.has(token.text.toLowerCase());
      return;
    }
    expression.push(token);
    if (token.text === '(' && depth++ === 0) opened = i;
    if (token.text === ')' && --depth === 0)
      changes.push(...changesIn(tokens.slice(opened + 1, i)));
  });
  close();
  return changes;
}

const movedBoundary: Readonly<Record<string, string>> = {
  '<=': '<',
  '<': '<=',
  '>=': '>',
  '>': '>=',
};

const oneLine = (sql: string) => sql.replaceAll(/\s+/g, ' ').trim();

function apply(sql: string, { start, end, by }: Change): Mutant {
  return {
    change: `${oneLine(sql.slice(start, end))} -> ${oneLine(by)}`,
    sql: sql.slice(0, start) + by + sql.slice(end),
  };
}

/** One topic is taken for another. */
function otherTopics(tokens: readonly Token[]): Change[] {
  return tokens.flatMap((token) => {
    const at = (topics as readonly string[]).indexOf(token.text.slice(1, -1));
    if (at === -1 || !token.text.startsWith("'")) return [];
    return [{ ...token, by: `'${topics[(at + 1) % topics.length]!}'` }];
  });
}

/** All mutants of an expression or a function's body. */
export function mutantsOf(sql: string): Mutant[] {
  const tokens = tokensOf(sql);
  const moved = tokens.flatMap((token): Change[] => {
    const by = movedBoundary[token.text];
    return by ? [{ ...token, by }] : [];
  });
  const told = moved.map((change) => {
    const around = oneLine(sql.slice(Math.max(0, change.start - 30), change.end + 30));
    return { ...apply(sql, change), change: `... ${around} ... with ${change.by}` };
  });
  const seen = new Set<string>([sql]);
  const changes = [...changesIn(tokens), ...otherTopics(tokens)];
  return [...changes.map((change) => apply(sql, change)), ...told].filter((mutant) => {
    if (seen.has(mutant.sql)) return false;
    seen.add(mutant.sql);
    return true;
  });
}

/** A list of the scope is mistaken for one that gives more, as PostgreSQL prints it. */
const mistaken: Readonly<Record<string, readonly string[]>> = {
  national: ['published', 'topics'],
  published: ['topics'],
  provinces: ['parties'],
  areas: ['parties'],
};

/** `topic|place` in a list of the scope, as PostgreSQL prints it. */
const placeInList =
  /\(\(topic \|\| '\|'::text\) \|\| (\w+)\) = ANY \(\( SELECT (scope_list\('\w+'::text\)) AS scope_list\)::text\[\]\)/g;

function eachMatch(
  sql: string,
  pattern: RegExp,
  mutate: (found: RegExpMatchArray) => readonly string[],
): Mutant[] {
  return [...sql.matchAll(pattern)].flatMap((found) => {
    const place = { start: found.index, end: found.index + found[0].length };
    return mutate(found).map((by) => apply(sql, { ...place, by }));
  });
}

/** All mutants of a policy's expression, in the text that PostgreSQL prints of it. */
export function policyMutantsOf(sql: string): Mutant[] {
  const otherLists = eachMatch(sql, /scope_list\('(\w+)'::text\)/g, ([, list = '']) =>
    (mistaken[list] ?? []).map((name) => `scope_list('${name}'::text)`),
  );
  const anyTopic = eachMatch(sql, placeInList, ([, column, list]) => [
    `(select coalesce(bool_or(split_part(held, '|', 2) = ${column}), false) from unnest(${list}) held)`,
  ]);
  const fewerElements = eachMatch(sql, /ARRAY\[([^[\]]+)\]/g, ([, list = '']) => {
    const items = list.split(', ');
    const without = items.map((item) => items.filter((other) => other !== item).join(', '));
    return items.length < 2 ? [] : without.map((rest) => `ARRAY[${rest}]`);
  });
  return [...otherLists, ...anyTopic, ...fewerElements, ...mutantsOf(sql)];
}
