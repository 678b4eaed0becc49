/** What a root field needs of a request, as people read it. */
import type { Need } from './types.ts';

export type Language = 'en' | 'vi';

const words = {
  en: {
    token: 'a valid token',
    anyGrant: 'a purpose and any grant for it',
    topicGrant: (topics: readonly string[]) =>
      `a purpose and a grant for it of ${topics.join(' or ') || 'no topic'}`,
  },
  vi: {
    token: 'mã truy cập hợp lệ',
    anyGrant: 'mục đích và một thỏa thuận bất kỳ phục vụ mục đích đó',
    topicGrant: (topics: readonly string[]) =>
      `mục đích và một thỏa thuận phục vụ mục đích đó về ${topics.join(' hoặc ') || 'không chủ đề nào'}`,
  },
} as const;

export function needText(needs: Need, language: Language): string {
  const { token, anyGrant, topicGrant } = words[language];
  if (needs === 'NOTHING') return token;
  return needs === 'ANY_GRANT' ? anyGrant : topicGrant(needs);
}
