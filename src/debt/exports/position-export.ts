/** Debt positions as a file. */
import { linkMinutes } from '../../observation/export-data.ts';
import { ExportLinkRef, makeLink, type PlainSource } from '../../observation/export.ts';
import { builder } from '../../platform/builder.ts';
import { owedTo, type Fund } from '../funds.ts';
import { positionOrders, DebtPositionOrder } from '../position-orders.ts';
import { DebtPositionFilter, positionWhere } from '../position-queries.ts';
import { columnsOf, employerColumns, pageColumn, type Names } from './columns.ts';
import { wholePositions, type ListedPosition } from './export-data.ts';
import { reasonLabels } from './labels.ts';

const { text, whole, coded } = columnsOf<ListedPosition>('DebtPosition');
const next = 'DebtPosition.next';

const fundColumn = (fund: Fund, names: Names) =>
  whole(names, (row) => owedTo(row, fund), 'DebtPosition.funds');

interface Arguments {
  readonly where?: typeof DebtPositionFilter.$inferInput | null | undefined;
  readonly orderBy?: (typeof DebtPositionOrder)['$inferType'] | null | undefined;
}

export const positionExport: PlainSource<Arguments, ListedPosition> = {
  rootField: 'debtPositions',
  table: {
    nameEn: 'Contribution debt by employer',
    nameVi: 'Nợ đóng bảo hiểm theo đơn vị',
    columns: [
      ...employerColumns<ListedPosition>('DebtPosition'),
      text(
        ['address', 'Address', 'Địa chỉ'],
        ({ employer }) => employer?.address,
        'Employer.address',
      ),
      text(
        ['areaCode', 'Code of the area', 'Mã địa bàn'],
        ({ employer }) => employer?.area.code,
        'Employer.area',
      ),
      text(
        ['areaNameVi', 'Area', 'Địa bàn'],
        ({ employer }) => employer?.area.nameVi,
        'Employer.area',
      ),
      text(['asOf', 'Day', 'Ngày'], (row) => row.asOf),
      coded('DEBT_STATE')(['state', 'Legal state', 'Tình trạng pháp lý'], (row) => row.state),
      coded(reasonLabels)(
        ['stateReason', 'Why there is none', 'Lý do không xác định'],
        (row) => row.stateReason,
      ),
      text(['stateSince', 'Since', 'Từ ngày'], (row) => row.stateSince),
      text(['legalBasis', 'Legal basis', 'Căn cứ pháp lý'], (row) => row.legalBasis),
      whole(['amount', 'Amount, dong', 'Số tiền, đồng'], (row) => row.amount),
      fundColumn('RETIREMENT', [
        'amountRetirement',
        'Of it retirement and survivors, dong',
        'Trong đó quỹ hưu trí và tử tuất, đồng',
      ]),
      fundColumn('SICKNESS', [
        'amountSickness',
        'Sickness and maternity, dong',
        'Quỹ ốm đau và thai sản, đồng',
      ]),
      fundColumn('ACCIDENT', [
        'amountAccident',
        'Occupational accidents and diseases, dong',
        'Quỹ tai nạn lao động, bệnh nghề nghiệp, đồng',
      ]),
      fundColumn('UNEMPLOYMENT', [
        'amountUnemployment',
        'Unemployment insurance, dong',
        'Quỹ bảo hiểm thất nghiệp, đồng',
      ]),
      fundColumn('HEALTH', ['amountHealth', 'Health insurance, dong', 'Quỹ bảo hiểm y tế, đồng']),
      whole(['monthsLate', 'Months late', 'Số tháng chậm đóng'], (row) => row.monthsLate),
      text(['oldestDueOn', 'Oldest due date', 'Hạn đóng cũ nhất'], (row) => row.oldestDueOn),
      whole(
        ['workersAffected', 'Workers affected', 'Số lao động bị ảnh hưởng'],
        (row) => row.workersAffected,
      ),
      coded('SIZE_BAND')(
        ['workersBand', 'The same as a band', 'Nhóm quy mô'],
        (row) => row.workersBand,
      ),
      text(
        ['becameLateOn', 'Became late on', 'Ngày phát sinh chậm đóng'],
        (row) => row.becameLateOn,
      ),
      whole(
        [
          'becameLateAmount',
          'Late since this month, dong',
          'Chậm đóng phát sinh trong tháng, đồng',
        ],
        (row) => row.becameLateAmount,
      ),
      text(['nextOn', 'Next change on', 'Ngày thay đổi tiếp theo'], (row) => row.nextOn, next),
      coded('DEBT_STATE')(
        ['nextState', 'Next state', 'Tình trạng tiếp theo'],
        (row) => row.nextState,
        next,
      ),
      text(
        ['turnsEvasionOn', 'Turns into evasion by itself on', 'Ngày tự thành trốn đóng'],
        (row) => row.evasionOn,
      ),
      whole(
        ['turnsEvasionAmount', 'To pay before that, dong', 'Phải đóng trước ngày đó, đồng'],
        (row) => row.evasionAmount,
      ),
      text(
        [
          'turnsEvasionIfRemindedOn',
          'Turns into evasion if reminded on',
          'Ngày thành trốn đóng nếu có văn bản đôn đốc',
        ],
        (row) => row.remindedEvasionOn,
      ),
      whole(
        [
          'turnsEvasionIfRemindedAmount',
          'To pay before that, dong',
          'Phải đóng trước ngày đó, đồng',
        ],
        (row) => row.remindedEvasionAmount,
      ),
      text(['source', 'Source', 'Nguồn'], (row) => row.sourceId),
    ],
    page: [
      pageColumn(['Employer', 'Đơn vị'], 'nameVi', ['unitCode', 'address']),
      pageColumn(['Legal state', 'Tình trạng pháp lý'], 'state', [
        ...['stateReason', 'stateSince', 'legalBasis', 'asOf'],
      ]),
      pageColumn(['Amount, dong', 'Số tiền, đồng'], 'amount', ['monthsLate', 'oldestDueOn']),
      pageColumn(['Workers affected', 'Lao động bị ảnh hưởng'], 'workersAffected', ['workersBand']),
      pageColumn(['This month', 'Trong tháng'], null, ['becameLateOn', 'becameLateAmount']),
      pageColumn(['What comes next', 'Sắp tới'], null, [
        ...['nextOn', 'nextState', 'turnsEvasionOn', 'turnsEvasionAmount'],
        ...['turnsEvasionIfRemindedOn', 'turnsEvasionIfRemindedAmount'],
      ]),
    ],
  },
  open: async (context, { where, orderBy }) =>
    wholePositions(context, {
      order: positionOrders[orderBy ?? 'AMOUNT_DESC'],
      where: await positionWhere(context, where ?? {}),
    }),
};

builder.mutationField('exportDebtPositions', (t) =>
  t.field({
    type: ExportLinkRef,
    description: `A link to debts as CSV or as a page to print: what \`debtPositions\` would list with the same filter, all of it. What it gives is decided when it is downloaded, by the token, purpose, grants and instant of then. It holds for ${linkMinutes} minutes. Errors: as \`debtPositions\`.`,
    args: {
      where: t.arg({ type: DebtPositionFilter, description: 'Which debts.' }),
      orderBy: t.arg({
        type: DebtPositionOrder,
        defaultValue: 'AMOUNT_DESC',
        description: 'In which order.',
      }),
    },
    resolve: (_root, args, context, info) => makeLink(context, positionExport, args, info),
  }),
);
