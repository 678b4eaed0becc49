/** Why the caller may use a name or not: about its own role and its present request only. */
import { refusalFor, type Principal } from '../identity/principal.ts';
import { builder } from '../platform/builder.ts';
import type { Context } from '../platform/context.ts';
import { sentence, type ErrorCode, type Language } from '../platform/errors.ts';
import { needText } from '../policy/needs.ts';
import type { Need, Topic } from '../policy/types.ts';
import { TopicEnum } from './vocabulary.ts';

interface AccessExplanation {
  readonly coordinate: string;
  readonly exists: boolean;
  readonly needs: 'NOTHING' | 'ANY_GRANT' | 'TOPIC_GRANT' | null;
  readonly topics: readonly Topic[];
  readonly satisfied: boolean | null;
  readonly errorCode: ErrorCode | null;
  readonly grants: readonly string[];
  readonly sentence: string;
}

const words = {
  en: {
    unknown: 'Your role has no such name.',
    known: 'Your role has this name; which rows it shows is decided row by row.',
    met: (need: string) => `Your role may ask this. It needs ${need}, and this request has it.`,
    unmet: (need: string, why: string) =>
      `Your role may ask this. It needs ${need}, and this request does not have it: ${why}`,
  },
  vi: {
    unknown: 'Vai trò của bạn không có tên này.',
    known: 'Vai trò của bạn có tên này; được xem dòng nào thì xét theo từng dòng.',
    met: (need: string) =>
      `Vai trò của bạn được hỏi nội dung này. Cần ${need}; yêu cầu này đáp ứng.`,
    unmet: (need: string, why: string) =>
      `Vai trò của bạn được hỏi nội dung này. Cần ${need}; yêu cầu này chưa đáp ứng: ${why}`,
  },
} as const;

/** The selected grants that give what is needed, by code. */
function grantsFor({ selected }: Principal, needs: Need): string[] {
  if (needs === 'NOTHING') return [];
  return selected
    .filter(({ territory }) => territory.length > 0)
    .filter(({ topics }) => topics.some((t) => needs === 'ANY_GRANT' || needs.includes(t.topic)))
    .map(({ id }) => id);
}

function explainNeed(principal: Principal, needs: Need, language: Language) {
  const refusal = refusalFor(principal, needs);
  const need = needText(needs, language);
  const { met, unmet } = words[language];
  return {
    needs: typeof needs === 'string' ? needs : ('TOPIC_GRANT' as const),
    topics: typeof needs === 'string' ? [] : needs,
    satisfied: refusal === null,
    errorCode: refusal?.code ?? null,
    grants: refusal ? [] : grantsFor(principal, needs),
    sentence: refusal
      ? unmet(need, sentence(refusal.code, refusal.parameters, language))
      : met(need),
  };
}

/** A name of another role is answered as one that no role has: both are no name of this role. */
export function explainAccess(
  { principal, contract, language }: Pick<Context, 'principal' | 'contract' | 'language'>,
  coordinate: string,
): AccessExplanation {
  const exists = contract.byRole[principal.role].names.has(coordinate);
  const rootField = /^(?:Query|Mutation)\.\w+/.exec(coordinate)?.[0] ?? '';
  const needs = exists ? contract.policy[rootField]?.needs : undefined;
  if (needs) return { coordinate, exists, ...explainNeed(principal, needs, language) };
  const { known, unknown } = words[language];
  const free = { needs: null, topics: [], satisfied: null, errorCode: null, grants: [] };
  return { coordinate, exists, ...free, sentence: exists ? known : unknown };
}

const AccessNeedEnum = builder.enumType('AccessNeed', {
  description: 'What a root field needs of a request, beside the role.',
  values: {
    NOTHING: { description: 'A valid token: it is about the caller itself.' },
    ANY_GRANT: { description: 'A purpose and any grant for it: reference data.' },
    TOPIC_GRANT: { description: 'A purpose and a grant for it of one of the topics.' },
  } as const,
});

export const AccessExplanationRef = builder
  .objectRef<AccessExplanation>('AccessExplanation')
  .implement({
    description: 'Whether the caller’s own role has a name, and whether this request may ask it.',
    fields: (t) => ({
      coordinate: t.exposeString('coordinate', { description: 'The name, as it was asked.' }),
      exists: t.exposeBoolean('exists', {
        description:
          'Whether the name exists for the caller’s role. False tells nothing of other roles: it may exist for one, or nowhere.',
      }),
      needs: t.field({
        type: AccessNeedEnum,
        nullable: true,
        description:
          'What the root field of the name needs; null for a name that is no root field, or none at all.',
        resolve: (explanation) => explanation.needs,
      }),
      topics: t.field({
        type: [TopicEnum],
        description: 'Topics of which a grant of one is needed; empty where none is named.',
        resolve: ({ topics }) => [...topics],
      }),
      satisfied: t.exposeBoolean('satisfied', {
        nullable: true,
        description:
          'Whether this request, with its purpose and grants, has what is needed; null where `needs` is.',
      }),
      errorCode: t.exposeString('errorCode', {
        nullable: true,
        description: 'The code with which the root field would refuse this request; null else.',
      }),
      grants: t.stringList({
        description: 'Codes of the grants that give this request what is needed.',
        resolve: ({ grants }) => [...grants],
      }),
      sentence: t.exposeString('sentence', {
        description: 'All of it as a sentence, in the language of Accept-Language.',
      }),
    }),
  });
