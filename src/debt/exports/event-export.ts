/** Events about debts, and what was promised in them, as a file. */
import { linkMinutes } from '../../observation/export-data.ts';
import { ExportLinkRef, makeLink, type PlainSource } from '../../observation/export.ts';
import { builder } from '../../platform/builder.ts';
import { DebtEventFilter, DebtEventOrder, eventOrders, eventWhere } from '../event-queries.ts';
import { columnsOf, employerColumns, instantOf, pageColumn } from './columns.ts';
import { wholeEvents, type ListedEvent } from './export-data.ts';
import { stageLabels, yesOrNo } from './labels.ts';

const { text, whole, coded } = columnsOf<ListedEvent>('DebtEvent');

interface Arguments {
  readonly where?: typeof DebtEventFilter.$inferInput | null | undefined;
  readonly orderBy?: (typeof DebtEventOrder)['$inferType'] | null | undefined;
}

export const eventExport: PlainSource<Arguments, ListedEvent> = {
  rootField: 'debtEvents',
  table: {
    nameEn: 'What was done about contribution debt',
    nameVi: 'Các biện pháp xử lý nợ đóng bảo hiểm',
    columns: [
      text(['code', 'Code', 'Mã'], (row) => row.id),
      ...employerColumns<ListedEvent>('DebtEvent'),
      coded('DEBT_EVENT')(['kind', 'Kind', 'Loại'], (row) => row.kind),
      coded(stageLabels)(['stage', 'Stage', 'Giai đoạn'], (row) => row.stage),
      text(['occurredOn', 'Day', 'Ngày'], (row) => row.occurredOn),
      text(['agency', 'Agency', 'Cơ quan'], (row) => row.agencyId),
      text(['participants', 'Who took part', 'Bên tham gia'], (row) => row.participantIds),
      text(['confirmedAt', 'Confirmed at', 'Xác nhận lúc'], (row) => instantOf(row.confirmedAt)),
      text(['confirmedBy', 'Confirmed by', 'Bên xác nhận'], (row) => row.confirmedBy),
      text(['document', 'Document', 'Số văn bản'], (row) => row.document),
      whole(['amount', 'Amount, dong', 'Số tiền, đồng'], (row) => row.amount),
      text(['agreedBy', 'Promised for', 'Hẹn đóng trước ngày'], (row) => row.agreedBy),
      coded(yesOrNo)(['kept', 'Promise kept', 'Đã thực hiện cam kết'], (row) => row.kept),
      coded('DEBT_EVENT_CAUSE')(['cause', 'Cause', 'Nguyên nhân'], (row) => row.cause),
      text(['fromOn', 'From', 'Từ ngày'], (row) => row.fromOn),
      text(['untilOn', 'Until', 'Đến ngày'], (row) => row.untilOn),
      text(['timePeriods', 'Months', 'Các tháng'], (row) => row.timePeriods),
      text(['reason', 'Why corrected', 'Lý do điều chỉnh'], (row) => row.reason),
      text(['note', 'Remark', 'Ghi chú'], (row) => row.note),
      text(['source', 'Source', 'Nguồn'], (row) => row.sourceId),
    ],
    page: [
      pageColumn(['Employer', 'Đơn vị'], 'nameVi', ['unitCode']),
      pageColumn(['What was done', 'Biện pháp'], 'kind', ['stage', 'occurredOn', 'document']),
      pageColumn(['Agencies', 'Cơ quan'], 'agency', ['participants', 'confirmedAt', 'confirmedBy']),
      pageColumn(['Amount, dong', 'Số tiền, đồng'], 'amount', ['agreedBy', 'kept']),
      pageColumn(['Content', 'Nội dung'], null, [
        ...['cause', 'fromOn', 'untilOn', 'timePeriods', 'reason', 'note'],
      ]),
      pageColumn(['Code', 'Mã'], 'code'),
    ],
  },
  open: async (context, { where, orderBy }) =>
    wholeEvents(context, {
      order: eventOrders[orderBy ?? 'OCCURRED_DESC'],
      where: await eventWhere(context, where ?? {}),
    }),
};

builder.mutationField('exportDebtEvents', (t) =>
  t.field({
    type: ExportLinkRef,
    description: `A link to events as CSV or as a page to print: what \`debtEvents\` would list with the same filter, all of it. What it gives is decided when it is downloaded, by the token, purpose, grants and instant of then. It holds for ${linkMinutes} minutes. Errors: as \`debtEvents\`.`,
    args: {
      where: t.arg({ type: DebtEventFilter, description: 'Which events.' }),
      orderBy: t.arg({
        type: DebtEventOrder,
        defaultValue: 'OCCURRED_DESC',
        description: 'In which order.',
      }),
    },
    resolve: (_root, args, context, info) => makeLink(context, eventExport, args, info),
  }),
);
