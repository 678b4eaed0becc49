/** What callers ask under load: small answers, some with rows, and auditors who keep checkpoints. */
import type { Load, Question } from './load.ts';

/** The agencies that ask. */
export const roles = { 'press-vn': 'PRESS', 'audit-vn': 'AUDITOR' } as const;
export type Tokens = Readonly<Record<keyof typeof roles, string>>;
const purposes = { 'press-vn': 'PUBLIC_INFORMATION', 'audit-vn': 'AUDIT' } as const;

const viewer = '{ viewer { role } }';
const rows = '{ areas(first: 5) { nodes { nameVi } } }';
const checkpointPath = '/log/checkpoint';

const asAgency = (tokens: Tokens, agency: keyof Tokens) => ({
  token: tokens[agency],
  purpose: purposes[agency],
});

export const viewerQuestion = (tokens: Tokens): Question => ({
  ...asAgency(tokens, 'press-vn'),
  path: '/graphql',
  query: viewer,
});

export const checkpointQuestion = (tokens: Tokens): Question => ({
  ...asAgency(tokens, 'audit-vn'),
  path: checkpointPath,
});

/** The nth question of a run. */
export const questionsWith =
  (tokens: Tokens) =>
  (nth: number): Question => {
    if (nth % 25 === 0) return checkpointQuestion(tokens);
    return { ...viewerQuestion(tokens), query: nth % 10 === 0 ? rows : viewer };
  };

/** The checkpoints among a run's answers, each once. */
export function checkpointsOf(load: Load): string[] {
  const notes = load.answered
    .filter(({ question }) => question.path === checkpointPath)
    .map(({ answer }) => answer.body);
  return [...new Set(notes)];
}
