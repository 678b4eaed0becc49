/** Entries of statutory lists as a file. */
import { linkMinutes } from '../../observation/export-data.ts';
import { ExportLinkRef, makeLink, type PlainSource } from '../../observation/export.ts';
import { builder } from '../../platform/builder.ts';
import { formatDay } from '../../platform/scalars.ts';
import type { PageHeading } from '../../platform/plain-page.ts';
import {
  entryOrders,
  entryWhere,
  StatutoryListEntryFilter,
  StatutoryListEntryOrder,
} from '../list-queries.ts';
import { legalBasisOf } from '../statutory-list.ts';
import { columnsOf, instantOf, pageColumn, type Names } from './columns.ts';
import { onlyList, wholeEntries, type ListedEntry } from './export-data.ts';

const { text, whole, coded } = columnsOf<ListedEntry>('StatutoryListEntry');

/** What an entry's list says, in the order of the file. */
const ofList = {
  timePeriod: ['timePeriod', 'Quarter', 'Quý'],
  version: ['version', 'Version', 'Phiên bản'],
  debtOn: ['debtOn', 'Debt counted on', 'Nợ tính đến ngày'],
  paidUntil: ['paidUntil', 'Payments counted until', 'Tiền nộp tính đến ngày'],
  publishedAt: ['publishedAt', 'Published at', 'Công khai lúc'],
} as const satisfies Record<string, Names>;

interface Arguments {
  readonly where?: typeof StatutoryListEntryFilter.$inferInput | null | undefined;
  readonly orderBy?: (typeof StatutoryListEntryOrder)['$inferType'] | null | undefined;
}

function headingOf(list: Awaited<ReturnType<typeof onlyList>>): PageHeading | null {
  if (!list) return null;
  const said = (name: keyof typeof ofList, text: string) => {
    const [column, nameEn, nameVi] = ofList[name];
    return { column, term: `${nameVi} / ${nameEn}`, text };
  };
  return {
    terms: [
      { column: null, term: 'Địa bàn / Area', text: `${list.area.nameVi} (${list.area.id})` },
      { column: 'list', term: 'Mã danh sách / Code of the list', text: list.id },
      said('timePeriod', list.timePeriod),
      said('version', String(list.version)),
      said('debtOn', formatDay(list.debtOn)),
      said('paidUntil', formatDay(list.paidUntil)),
      said('publishedAt', instantOf(list.publishedAt) ?? ''),
    ],
  };
}

export const entryExport: PlainSource<Arguments, ListedEntry> = {
  rootField: 'statutoryListEntries',
  table: {
    nameEn: 'Employers that pay late or evade, on statutory lists',
    nameVi: 'Danh sách đơn vị chậm đóng, trốn đóng bảo hiểm',
    columns: [
      text(['code', 'Code', 'Mã'], (row) => row.id),
      text(['list', 'Code of the list', 'Mã danh sách'], (row) => row.list?.id),
      text(ofList.timePeriod, ({ list }) => list?.timePeriod, 'StatutoryList.timePeriod'),
      whole(ofList.version, ({ list }) => list?.version, 'StatutoryList.version'),
      text(ofList.debtOn, ({ list }) => list?.debtOn, 'StatutoryList.debtOn'),
      text(ofList.paidUntil, ({ list }) => list?.paidUntil, 'StatutoryList.paidUntil'),
      text(
        ofList.publishedAt,
        ({ list }) => instantOf(list?.publishedAt ?? null),
        'StatutoryList.publishedAt',
      ),
      text(['unitCode', 'Unit number', 'Mã số đơn vị BHXH'], (row) => row.unitCode),
      text(['nameVi', 'Name', 'Tên đơn vị'], (row) => row.nameVi),
      text(['address', 'Address', 'Địa chỉ'], (row) => row.address),
      text(['officeNameVi', 'Office', 'Cơ quan thu'], (row) => row.officeNameVi),
      coded('LISTED_AS')(['listedAs', 'Listed as', 'Loại vi phạm'], (row) => row.listedAs),
      text(['legalBasis', 'Legal basis', 'Căn cứ pháp lý'], legalBasisOf),
      whole(['workers', 'Workers', 'Số lao động'], (row) => row.workers),
      whole(['monthsLate', 'Months late', 'Số tháng chậm đóng'], (row) => row.monthsLate),
      whole(['amount', 'Amount, dong', 'Số tiền, đồng'], (row) => row.amount),
      text(['removedAt', 'Removed at', 'Gỡ khỏi danh sách lúc'], (row) => instantOf(row.removedAt)),
      text(['source', 'Source', 'Nguồn'], (row) => row.sourceId),
    ],
    page: [
      pageColumn(['List', 'Danh sách'], 'list', Object.keys(ofList)),
      pageColumn(['Employer', 'Đơn vị'], 'nameVi', ['unitCode', 'address', 'officeNameVi']),
      pageColumn(['Listed as', 'Loại vi phạm'], 'listedAs', ['legalBasis', 'removedAt']),
      pageColumn(['Workers', 'Số lao động'], 'workers'),
      pageColumn(['Months late', 'Số tháng chậm đóng'], 'monthsLate'),
      pageColumn(['Amount, dong', 'Số tiền, đồng'], 'amount'),
    ],
  },
  open: async (context, { where: filter, orderBy }) => {
    const where = await entryWhere(context, filter ?? {});
    const order = entryOrders[orderBy ?? 'AMOUNT_DESC'];
    return {
      ...wholeEntries(context, { order, where }),
      heading: async () => headingOf(await onlyList(context, where)),
    };
  },
};

builder.mutationField('exportStatutoryListEntries', (t) =>
  t.field({
    type: ExportLinkRef,
    description: `A link to employers on statutory lists as CSV or as a page to print: what \`statutoryListEntries\` would list with the same filter, all of it. What it gives is decided when it is downloaded, by the token, purpose, grants and instant of then. It holds for ${linkMinutes} minutes. Errors: as \`statutoryListEntries\`.`,
    args: {
      where: t.arg({ type: StatutoryListEntryFilter, description: 'Which entries.' }),
      orderBy: t.arg({
        type: StatutoryListEntryOrder,
        defaultValue: 'AMOUNT_DESC',
        description: 'In which order.',
      }),
    },
    resolve: (_root, args, context, info) => makeLink(context, entryExport, args, info),
  }),
);
