/** A policy diff as text, in English and Vietnamese. */
import type { NamedPart, PolicyDiff } from './diff.ts';
import { isSame } from './diff.ts';
import { needText, type Language } from './needs.ts';
import { roles, type Need } from './types.ts';

const words = {
  en: {
    same: 'The two policies are the same.',
    gained: 'can now learn:',
    lost: 'can no longer learn:',
    needs: 'Root fields that need something else of the request:',
    added: 'New in the schema:',
    removed: 'Gone from the schema:',
    retyped: 'Of another type in the schema:',
    nothing: 'nothing said',
    requires: 'needs',
    kinds: {
      TYPE: 'type',
      FIELD: 'field',
      ARGUMENT: 'argument',
      INPUT_FIELD: 'input field',
      ENUM_VALUE: 'enum value',
    },
  },
  vi: {
    same: 'Hai chính sách giống nhau.',
    gained: 'nay biết thêm:',
    lost: 'không còn biết:',
    needs: 'Trường gốc đòi hỏi điều kiện khác của yêu cầu:',
    added: 'Mới có trong lược đồ:',
    removed: 'Không còn trong lược đồ:',
    retyped: 'Đổi kiểu trong lược đồ:',
    nothing: 'không nêu',
    requires: 'cần',
    kinds: {
      TYPE: 'kiểu',
      FIELD: 'trường',
      ARGUMENT: 'tham số',
      INPUT_FIELD: 'trường đầu vào',
      ENUM_VALUE: 'giá trị liệt kê',
    },
  },
} as const;

export function describeDiff(diff: PolicyDiff, language: Language): string {
  const text = words[language];
  if (isSame(diff)) return `${text.same}\n`;
  const need = (needs: Need | null) => (needs ? needText(needs, language) : text.nothing);
  const line = ({ coordinate, kind, needs }: NamedPart) =>
    `${text.kinds[kind]} ${coordinate}${needs ? `; ${text.requires} ${need(needs)}` : ''}`;
  const sections: [string, string[]][] = [
    ...roles.flatMap((role): [string, string[]][] => {
      const { gained, lost } = diff.roles[role];
      return [
        [`${role} ${text.gained}`, gained.map(line)],
        [`${role} ${text.lost}`, lost.map(line)],
      ];
    }),
    [
      text.needs,
      diff.needs.map(
        ({ coordinate, before, after }) => `${coordinate}: ${need(before)} -> ${need(after)}`,
      ),
    ],
    [text.added, diff.schema.added.map(line)],
    [text.removed, diff.schema.removed.map(line)],
    [
      text.retyped,
      diff.schema.retyped.map(
        ({ coordinate, before, after }) => `${coordinate}: ${before ?? ''} -> ${after ?? ''}`,
      ),
    ],
  ];
  const told = sections.filter(([, lines]) => lines.length > 0);
  return `${told.map(([title, lines]) => [title, ...lines.map((each) => `  ${each}`)].join('\n')).join('\n\n')}\n`;
}
