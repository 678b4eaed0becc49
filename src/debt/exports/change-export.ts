/** What changed about debts since one last looked, as a file. */
import { linkMinutes } from '../../observation/export-data.ts';
import { ExportLinkRef, makeLink, type PlainSource } from '../../observation/export.ts';
import { builder } from '../../platform/builder.ts';
import { DebtChangeFilter } from '../changes-queries.ts';
import { columnsOf, employerColumns, instantOf, pageColumn } from './columns.ts';
import { wholeChanges, type ListedChange } from './export-data.ts';
import { changeActionLabels, changeKindLabels } from './labels.ts';

const { text, whole, coded } = columnsOf<ListedChange>('DebtChange');
const [was, is] = ['DebtChange.was', 'DebtChange.is'];

interface Arguments {
  readonly where?: typeof DebtChangeFilter.$inferInput | null | undefined;
  readonly since?: Date | null | undefined;
  readonly after?: string | null | undefined;
}

export const changeExport: PlainSource<Arguments, ListedChange> = {
  rootField: 'debtChanges',
  table: {
    nameEn: 'Changes about contribution debt',
    nameVi: 'Thay đổi về nợ đóng bảo hiểm',
    columns: [
      text(['code', 'Code', 'Mã'], (row) => row.id),
      ...employerColumns<ListedChange>('DebtChange'),
      coded(changeKindLabels)(['kind', 'What', 'Nội dung'], (row) => row.kind),
      coded(changeActionLabels)(['action', 'What happened', 'Thay đổi'], (row) => row.action),
      text(['items', 'Months or codes', 'Các tháng hoặc mã'], (row) => row.items),
      coded('DEBT_EVENT')(['eventKind', 'Kind of event', 'Loại biện pháp'], (row) => row.eventKind),
      text(['entry', 'Code of the entry', 'Mã mục danh sách'], (row) => row.entry?.id),
      text(['wasAsOf', 'Day before', 'Ngày trước'], (row) => row.wasOn, was),
      coded('DEBT_STATE')(
        ['wasState', 'State before', 'Tình trạng trước'],
        (row) => row.wasState,
        was,
      ),
      whole(
        ['wasAmount', 'Amount before, dong', 'Số tiền trước, đồng'],
        (row) => row.wasAmount,
        was,
      ),
      whole(
        ['wasMonthsLate', 'Months late before', 'Số tháng chậm đóng trước'],
        (row) => row.wasMonthsLate,
        was,
      ),
      text(['isAsOf', 'Day', 'Ngày'], (row) => row.isOn, is),
      coded('DEBT_STATE')(['isState', 'State', 'Tình trạng'], (row) => row.isState, is),
      whole(['isAmount', 'Amount, dong', 'Số tiền, đồng'], (row) => row.isAmount, is),
      whole(['isMonthsLate', 'Months late', 'Số tháng chậm đóng'], (row) => row.isMonthsLate, is),
      text(['recordedAt', 'Recorded at', 'Ghi nhận lúc'], (row) => instantOf(row.recordedAt)),
      text(['effectiveAt', 'In effect from', 'Có hiệu lực từ'], (row) =>
        instantOf(row.effectiveAt),
      ),
      text(['source', 'Source', 'Nguồn'], (row) => row.sourceId),
    ],
    page: [
      pageColumn(['Employer', 'Đơn vị'], 'nameVi', ['unitCode']),
      pageColumn(['What changed', 'Nội dung'], 'kind', ['action', 'eventKind', 'items', 'entry']),
      pageColumn(['Before', 'Trước'], 'wasState', ['wasAsOf', 'wasAmount', 'wasMonthsLate']),
      pageColumn(['After', 'Sau'], 'isState', ['isAsOf', 'isAmount', 'isMonthsLate']),
      pageColumn(['Recorded at', 'Ghi nhận lúc'], 'recordedAt', ['effectiveAt']),
    ],
  },
  open: wholeChanges,
};

builder.mutationField('exportDebtChanges', (t) =>
  t.field({
    type: ExportLinkRef,
    description: `A link to changes as CSV or as a page to print: what \`debtChanges\` would tell with the same arguments in all its pages. What it gives is decided when it is downloaded, by the token, purpose, grants and instant of then. It holds for ${linkMinutes} minutes, and is no visit: the cursor of the last one stays. Errors: as \`debtChanges\`.`,
    args: {
      where: t.arg({ type: DebtChangeFilter, description: 'Which changes.' }),
      since: t.arg({
        type: 'DateTime',
        description: 'As of `debtChanges`; left out, all that is kept.',
      }),
      after: t.arg.string({
        description: 'The `cursor` of the last visit, instead of `since`.',
      }),
    },
    resolve: (_root, args, context, info) => makeLink(context, changeExport, args, info),
  }),
);
