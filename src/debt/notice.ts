/** What corrections and withdrawals of statutory lists changed, as numbers and without a name. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import type { Language } from '../platform/errors.ts';
import type { StatutoryListNotice } from '../platform/prisma/client.ts';
import { sourceField } from './fields.ts';
import { StatutoryListNoticeKind } from './vocabulary.ts';

/** {count}, {timePeriod} and {version} stand for the notice's own. */
const sentences: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  REMOVED: {
    en: 'Version {version} of the list of {timePeriod} takes off employers: {count}. No version names them any more.',
    vi: 'Phiên bản {version} của danh sách {timePeriod} rút tên đơn vị: {count}. Không phiên bản nào còn nêu tên các đơn vị này.',
  },
  ADDED: {
    en: 'Version {version} of the list of {timePeriod} adds employers: {count}.',
    vi: 'Phiên bản {version} của danh sách {timePeriod} bổ sung đơn vị: {count}.',
  },
  AMOUNT_CORRECTED: {
    en: 'Version {version} of the list of {timePeriod} corrects amounts, months or workers of employers: {count}.',
    vi: 'Phiên bản {version} của danh sách {timePeriod} đính chính số tiền, số tháng hoặc số lao động của đơn vị: {count}.',
  },
  ENTRY_CORRECTED: {
    en: 'Version {version} of the list of {timePeriod} corrects names, addresses, offices or the kind of listing of employers: {count}.',
    vi: 'Phiên bản {version} của danh sách {timePeriod} đính chính tên, địa chỉ, cơ quan quản lý hoặc hình thức nêu tên của đơn vị: {count}.',
  },
  WITHDRAWN: {
    en: 'Version {version} of the list of {timePeriod} was taken back; employers that it had named: {count}.',
    vi: 'Phiên bản {version} của danh sách {timePeriod} đã được thu hồi; số đơn vị đã nêu tên: {count}.',
  },
};

function textOf({ kind, count, timePeriod, version }: StatutoryListNotice, language: Language) {
  return (sentences[kind]?.[language] ?? '')
    .replace('{version}', String(version))
    .replace('{timePeriod}', timePeriod)
    .replace('{count}', String(count));
}

export const StatutoryListNoticeRef = builder.prismaNode('StatutoryListNotice', {
  nullable: true,
  id: { field: 'id' },
  description:
    'Says that a public statutory list was corrected or taken back, and for how many employers; it names none.',
  fields: (t) => ({
    area: t.relation('area', { description: 'Whose list it is about.' }),
    list: t.relation('list', {
      nullable: true,
      description:
        'The version that brought the change; null where the caller may not see it, such as one that was taken back.',
    }),
    timePeriod: t.exposeString('timePeriod', { description: 'The quarter, such as 2026-Q1.' }),
    version: t.exposeInt('version', {
      description: 'The version that brought the change, or was taken back.',
    }),
    kind: t.field({
      type: StatutoryListNoticeKind,
      description: 'What was done.',
      resolve: (row) => row.kind as never,
    }),
    count: t.exposeInt('count', { description: 'How many employers it concerns.' }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      description: 'Since when it is public.',
    }),
    text: t.string({
      description: 'The same as a sentence, in the language of Accept-Language.',
      resolve: (row, _args, { language }) => textOf(row, language),
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the list.',
    }),
    source: t.field(sourceField),
  }),
});

export const StatutoryListNoticeConnection = defineConnection(
  'StatutoryListNotice',
  StatutoryListNoticeRef as never,
);
