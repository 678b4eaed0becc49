/** Entries of statutory lists as a file. */
import { linkMinutes } from '../../observation/export-data.ts';
import { ExportLinkRef, makeLink, type PlainSource } from '../../observation/export.ts';
import { builder } from '../../platform/builder.ts';
import type { StatutoryListEntry } from '../../platform/prisma/client.ts';
import {
  entryOrders,
  entryWhere,
  StatutoryListEntryFilter,
  StatutoryListEntryOrder,
} from '../list-queries.ts';
import { legalBasisOf } from '../statutory-list.ts';
import { columnsOf, instantOf } from './columns.ts';
import { wholeEntries } from './export-data.ts';

const { text, whole } = columnsOf<StatutoryListEntry>('StatutoryListEntry');

interface Arguments {
  readonly where?: typeof StatutoryListEntryFilter.$inferInput | null | undefined;
  readonly orderBy?: (typeof StatutoryListEntryOrder)['$inferType'] | null | undefined;
}

export const entryExport: PlainSource<Arguments, StatutoryListEntry> = {
  rootField: 'statutoryListEntries',
  table: {
    nameEn: 'Employers that pay late or evade, on statutory lists',
    nameVi: 'Danh sách đơn vị chậm đóng, trốn đóng bảo hiểm',
    columns: [
      text(['code', 'Code', 'Mã'], (row) => row.id),
      text(['list', 'Code of the list', 'Mã danh sách'], (row) => row.listId),
      text(['unitCode', 'Unit number', 'Mã số đơn vị BHXH'], (row) => row.unitCode),
      text(['nameVi', 'Name', 'Tên đơn vị'], (row) => row.nameVi),
      text(['address', 'Address', 'Địa chỉ'], (row) => row.address),
      text(['officeNameVi', 'Office', 'Cơ quan thu'], (row) => row.officeNameVi),
      text(['listedAs', 'Listed as', 'Loại vi phạm'], (row) => row.listedAs),
      text(['legalBasis', 'Legal basis', 'Căn cứ pháp lý'], legalBasisOf),
      whole(['workers', 'Workers', 'Số lao động'], (row) => row.workers),
      whole(['monthsLate', 'Months late', 'Số tháng chậm đóng'], (row) => row.monthsLate),
      whole(['amount', 'Amount, dong', 'Số tiền, đồng'], (row) => row.amount),
      text(['removedAt', 'Removed at', 'Gỡ khỏi danh sách lúc'], (row) => instantOf(row.removedAt)),
      text(['source', 'Source', 'Nguồn'], (row) => row.sourceId),
    ],
  },
  open: async (context, { where, orderBy }) =>
    wholeEntries(context, {
      order: entryOrders[orderBy ?? 'AMOUNT_DESC'],
      where: await entryWhere(context, where ?? {}),
    }),
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
