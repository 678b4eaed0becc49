/** The columns of figures in SDMX-CSV: dimensions, measure and attributes, in the order of the structure. Pure. */
import { formatValue, knownSince, type Figure } from './figure.ts';
import { coded, instant, plain, type Column } from './sdmx-column.ts';

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

const attributes: readonly Column[] = [
  coded(
    'OBS_STATUS',
    'CL_OBS_STATUS',
    'Status of the observation',
    'Trạng thái số liệu',
    (row) => row.obsStatus,
  ),
  coded(
    'CONF_STATUS',
    'CL_CONF_STATUS',
    'Status of confidentiality',
    'Trạng thái bảo mật',
    (row) => row.confStatus,
  ),
  coded('UNIT_MEASURE', 'UNIT', 'Unit', 'Đơn vị', (row) => row.unit),
  plain('DECIMALS', 'Integer', 'Digits after the point', 'Số chữ số thập phân', (row) =>
    row.decimals === null ? null : String(row.decimals),
  ),
  coded(
    'DENOMINATOR',
    'DENOMINATOR',
    'What a rate is a share of',
    'Mẫu số của tỷ lệ',
    (row) => row.denominator,
  ),
  coded(
    'QUALIFIER',
    'QUALIFIER',
    'How exact the source puts it',
    'Mức chính xác theo nguồn',
    (row) => row.qualifier,
  ),
  coded(
    'PERIOD_BASIS',
    'PERIOD_BASIS',
    'Whether the period is printed or inferred',
    'Kỳ được in hay suy ra',
    (row) => row.periodBasis,
  ),
  {
    ...coded(
      'SCHEME_COMPONENTS',
      'SCHEME',
      'Schemes in a total or a pair',
      'Các chế độ trong tổng',
      (row) => row.schemeComponents.join(';') || null,
    ),
    isList: true,
  },
  coded('DOMAIN', 'DOMAIN', 'Domain', 'Lĩnh vực', (row) => row.domain ?? null),
  plain(
    'CONTRIBUTOR',
    'String',
    'Agency that contributed it',
    'Cơ quan cung cấp',
    (row) => row.contributorId ?? null,
  ),
  plain(
    'RELEASE',
    'String',
    'Release that publishes it',
    'Đợt công bố',
    (row) => row.releaseId ?? null,
  ),
  plain(
    'KNOWN_FROM',
    'DateTime',
    'Since when this version is known: held by the gateway, and published where it is published',
    'Thời điểm phiên bản này được biết: cổng đã có, và đã công bố nếu là số công bố',
    ({ knownFrom, publishedAt = null }) =>
      instant(knownFrom && knownSince({ knownFrom, publishedAt })),
  ),
  plain(
    'PUBLISHED_AT',
    'DateTime',
    'Since when everybody may read it; empty for what is internal',
    'Thời điểm công bố; trống nếu là số nội bộ',
    (row) => instant(row.publishedAt),
  ),
  plain(
    'LOCATOR',
    'String',
    'Where in the source it stands',
    'Vị trí trong nguồn',
    (row) => row.locator,
  ),
  plain(
    'COMMENT',
    'String',
    'A remark on the reading',
    'Ghi chú khi đọc nguồn',
    (row) => row.comment ?? null,
  ),
];

export const figureColumns: readonly Column[] = [...dimensions, measure, ...attributes];

/** Those of these ids, in this order. */
export const columnsOfFigures = (...ids: readonly string[]): readonly Column[] =>
  ids.map((id) => {
    const column = figureColumns.find((one) => one.id === id);
    if (!column) throw new Error(`Figures have no column ${id}.`);
    return column;
  });
