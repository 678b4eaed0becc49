/** The columns of figures in SDMX-CSV: dimensions, measure and attributes, in the order of the structure. Pure. */
import { formatInstant } from '../platform/scalars.ts';
import { formatValue, type Figure } from './figure.ts';

/** A figure of any kind as a row of a file; what a kind has not is left out. */
export interface FileFigure extends Omit<Figure, 'area' | 'source'> {
  readonly sourceId?: string | null;
  readonly source?: { readonly id: string } | null;
  readonly sex?: string;
  readonly residence?: string;
  readonly breakdown?: string;
  readonly domain?: string;
  readonly contributorId?: string;
  readonly releaseId?: string | null;
  readonly knownFrom?: Date;
  readonly comment?: string | null;
}

export interface Column {
  readonly id: string;
  readonly kind: 'DIMENSION' | 'TIME' | 'MEASURE' | 'ATTRIBUTE';
  readonly nameEn: string;
  readonly nameVi: string;
  /** The code list of its values; null where they are no codes. */
  readonly list: string | null;
  /** SDMX data type of what is no code. */
  readonly textType?: 'String' | 'Decimal' | 'Integer' | 'DateTime' | 'ObservationalTimePeriod';
  readonly pattern?: string;
  /** Several values, separated by `;`. */
  readonly isList?: true;
  read(row: FileFigure): string | null;
}

const instant = (moment: Date | null | undefined) => (moment ? formatInstant(moment) : null);

/** Together they name one figure: two sources, or one source at two places, may contradict each other. */
const dimensions: readonly Column[] = [
  {
    id: 'REF_AREA',
    kind: 'DIMENSION',
    nameEn: 'Area, as code@vintage: codes were used again for other areas',
    nameVi: 'Địa bàn, dạng mã@đợt: mã đã được dùng lại cho địa bàn khác',
    list: null,
    textType: 'String',
    pattern: '^[A-Za-z0-9-]+@[0-9]{4}-[0-9]{2}$',
    read: (row) => row.areaId,
  },
  {
    id: 'INDICATOR',
    kind: 'DIMENSION',
    nameEn: 'What is measured',
    nameVi: 'Chỉ tiêu',
    list: 'INDICATOR',
    read: (row) => row.indicator,
  },
  {
    id: 'BASE_INDICATOR',
    kind: 'DIMENSION',
    nameEn: 'What a change, share or ratio refers to',
    nameVi: 'Chỉ tiêu gốc của mức thay đổi, tỷ trọng hoặc tỷ lệ',
    list: 'INDICATOR',
    read: (row) => row.baseIndicator ?? null,
  },
  {
    id: 'SCHEME',
    kind: 'DIMENSION',
    nameEn: 'Insurance scheme',
    nameVi: 'Chế độ bảo hiểm',
    list: 'SCHEME',
    read: (row) => row.scheme,
  },
  {
    id: 'PARTICIPANT_GROUP',
    kind: 'DIMENSION',
    nameEn: 'Whom it counts',
    nameVi: 'Nhóm đối tượng',
    list: 'PARTICIPANT_GROUP',
    read: (row) => row.participantGroup,
  },
  {
    id: 'SEX',
    kind: 'DIMENSION',
    nameEn: 'Sex',
    nameVi: 'Giới tính',
    list: 'CL_SEX',
    read: (row) => row.sex ?? null,
  },
  {
    id: 'RESIDENCE',
    kind: 'DIMENSION',
    nameEn: 'Urban, rural or both',
    nameVi: 'Thành thị, nông thôn hoặc chung',
    list: 'RESIDENCE',
    read: (row) => row.residence ?? null,
  },
  {
    id: 'BREAKDOWN',
    kind: 'DIMENSION',
    nameEn:
      'All dimensions by which the source breaks it down, as dimension=code joined by semicolons',
    nameVi: 'Các chiều phân tổ của nguồn, dạng chiều=mã nối bằng dấu chấm phẩy',
    list: null,
    textType: 'String',
    read: (row) => row.breakdown || null,
  },
  {
    id: 'SOURCE',
    kind: 'DIMENSION',
    nameEn: 'Code of the document; _Z for a figure computed from several',
    nameVi: 'Mã tài liệu nguồn; _Z nếu tính từ nhiều nguồn',
    list: null,
    textType: 'String',
    read: (row) => row.sourceId ?? row.source?.id ?? null,
  },
  {
    id: 'FIGURE',
    kind: 'DIMENSION',
    nameEn: 'Code of the figure, the same over corrections; _Z for a computed one',
    nameVi: 'Mã số liệu, không đổi qua các lần đính chính; _Z nếu là số tính',
    list: null,
    textType: 'String',
    read: (row) => row.figureId,
  },
  {
    id: 'TIME_PERIOD',
    kind: 'TIME',
    nameEn: 'Period or day described',
    nameVi: 'Kỳ hoặc ngày của số liệu',
    list: null,
    textType: 'ObservationalTimePeriod',
    read: (row) => row.timePeriod,
  },
];

const measure: Column = {
  id: 'OBS_VALUE',
  kind: 'MEASURE',
  nameEn: 'Value; empty is never zero, OBS_STATUS and CONF_STATUS say why',
  nameVi: 'Giá trị; ô trống không phải là không, OBS_STATUS và CONF_STATUS cho biết lý do',
  list: null,
  textType: 'Decimal',
  read: (row) => formatValue(row as Figure),
};

type Attribute = Omit<Column, 'kind'>;

const attributes: readonly Attribute[] = [
  {
    id: 'OBS_STATUS',
    nameEn: 'Status of the observation',
    nameVi: 'Trạng thái số liệu',
    list: 'CL_OBS_STATUS',
    read: (row) => row.obsStatus,
  },
  {
    id: 'CONF_STATUS',
    nameEn: 'Status of confidentiality',
    nameVi: 'Trạng thái bảo mật',
    list: 'CL_CONF_STATUS',
    read: (row) => row.confStatus,
  },
  {
    id: 'UNIT_MEASURE',
    nameEn: 'Unit',
    nameVi: 'Đơn vị',
    list: 'UNIT',
    read: (row) => row.unit,
  },
  {
    id: 'DECIMALS',
    nameEn: 'Digits after the point',
    nameVi: 'Số chữ số thập phân',
    list: null,
    textType: 'Integer',
    read: (row) => (row.decimals === null ? null : String(row.decimals)),
  },
  {
    id: 'DENOMINATOR',
    nameEn: 'What a rate is a share of',
    nameVi: 'Mẫu số của tỷ lệ',
    list: 'DENOMINATOR',
    read: (row) => row.denominator,
  },
  {
    id: 'QUALIFIER',
    nameEn: 'How exact the source puts it',
    nameVi: 'Mức chính xác theo nguồn',
    list: 'QUALIFIER',
    read: (row) => row.qualifier,
  },
  {
    id: 'PERIOD_BASIS',
    nameEn: 'Whether the period is printed or inferred',
    nameVi: 'Kỳ được in hay suy ra',
    list: 'PERIOD_BASIS',
    read: (row) => row.periodBasis,
  },
  {
    id: 'SCHEME_COMPONENTS',
    nameEn: 'Schemes in a total or a pair',
    nameVi: 'Các chế độ trong tổng',
    list: 'SCHEME',
    isList: true,
    read: (row) => row.schemeComponents.join(';') || null,
  },
  {
    id: 'DOMAIN',
    nameEn: 'Domain',
    nameVi: 'Lĩnh vực',
    list: 'DOMAIN',
    read: (row) => row.domain ?? null,
  },
  {
    id: 'CONTRIBUTOR',
    nameEn: 'Agency that contributed it',
    nameVi: 'Cơ quan cung cấp',
    list: null,
    textType: 'String',
    read: (row) => row.contributorId ?? null,
  },
  {
    id: 'RELEASE',
    nameEn: 'Release that publishes it',
    nameVi: 'Đợt công bố',
    list: null,
    textType: 'String',
    read: (row) => row.releaseId ?? null,
  },
  {
    id: 'KNOWN_FROM',
    nameEn: 'Since when the gateway holds this version',
    nameVi: 'Thời điểm cổng có phiên bản này',
    list: null,
    textType: 'DateTime',
    read: (row) => instant(row.knownFrom),
  },
  {
    id: 'PUBLISHED_AT',
    nameEn: 'Since when everybody may read it; empty for what is internal',
    nameVi: 'Thời điểm công bố; trống nếu là số nội bộ',
    list: null,
    textType: 'DateTime',
    read: (row) => instant(row.publishedAt),
  },
  {
    id: 'LOCATOR',
    nameEn: 'Where in the source it stands',
    nameVi: 'Vị trí trong nguồn',
    list: null,
    textType: 'String',
    read: (row) => row.locator,
  },
  {
    id: 'COMMENT',
    nameEn: 'A remark on the reading',
    nameVi: 'Ghi chú khi đọc nguồn',
    list: null,
    textType: 'String',
    read: (row) => row.comment ?? null,
  },
];

export const figureColumns: readonly Column[] = [
  ...dimensions,
  measure,
  ...attributes.map((attribute): Column => ({ ...attribute, kind: 'ATTRIBUTE' })),
];
