/** The columns of series in SDMX-CSV, so that no two observations have one key. Pure. */
import { coded, plain, type Column } from '../sdmx-column.ts';
import { columnsOfFigures } from '../sdmx-columns.ts';
import type { Structure } from '../sdmx-structure.ts';
import { seriesLists } from './code-lists.ts';
import type { SeriesRow } from './rows.ts';

type SeriesColumn = Column<SeriesRow>;

/** What tells two series apart is a dimension here, though it is an attribute of a single figure. */
const asDimension = (...ids: readonly string[]): readonly SeriesColumn[] =>
  columnsOfFigures(...ids).map((column) => ({ ...column, kind: 'DIMENSION' }));

const several = (
  id: string,
  nameEn: string,
  nameVi: string,
  read: (row: SeriesRow) => readonly string[],
): SeriesColumn => ({
  ...plain<SeriesRow>(id, 'String', nameEn, nameVi, (row) => read(row).join(';') || null),
  isList: true,
});

const flag = (
  id: string,
  nameEn: string,
  nameVi: string,
  read: (row: SeriesRow) => boolean,
): SeriesColumn => plain<SeriesRow>(id, 'Boolean', nameEn, nameVi, (row) => String(read(row)));

const dimensions: readonly SeriesColumn[] = [
  ...columnsOfFigures('REF_AREA', 'INDICATOR', 'BASE_INDICATOR', 'SCHEME'),
  {
    id: 'SCHEME_COMPONENTS',
    kind: 'DIMENSION',
    nameEn: 'Schemes in a total or a pair, joined by semicolons',
    nameVi: 'Các chế độ trong tổng, nối bằng dấu chấm phẩy',
    list: null,
    textType: 'String',
    read: (row) => row.schemeComponents.join(';') || null,
  },
  ...columnsOfFigures('PARTICIPANT_GROUP', 'SEX', 'RESIDENCE', 'BREAKDOWN'),
  {
    id: 'FREQ',
    kind: 'DIMENSION',
    nameEn: 'Frequency; D for figures as of a day, _O for other ranges',
    nameVi: 'Tần suất; D là số liệu tại một ngày, _O là khoảng thời gian khác',
    list: 'CL_FREQ',
    read: (row) => row.frequency,
  },
  ...asDimension('UNIT_MEASURE', 'DENOMINATOR'),
  {
    id: 'BOUNDARIES',
    kind: 'DIMENSION',
    nameEn: 'In which boundaries the series is told',
    nameVi: 'Chuỗi được tính theo địa giới nào',
    list: 'BOUNDARIES',
    read: (row) => row.boundaries,
  },
  ...columnsOfFigures('SOURCE', 'FIGURE', 'TIME_PERIOD'),
];

const attributes: readonly SeriesColumn[] = [
  ...columnsOfFigures('OBS_STATUS', 'CONF_STATUS', 'DECIMALS', 'QUALIFIER', 'PERIOD_BASIS'),
  flag(
    'IS_PREFERRED',
    'Whether it is the one to use of its period',
    'Có phải số liệu nên dùng của kỳ không',
    (row) => row.isPreferred,
  ),
  coded<SeriesRow>(
    'PREFERRED_BY',
    'PREFERENCE_RULE',
    'The rule that chose among the figures of its period',
    'Quy tắc chọn trong các số liệu của kỳ',
    (row) => row.preferredBy,
  ),
  flag(
    'IS_BREAK',
    'Whether the figures before it were reported for other units',
    'Các số liệu trước đó có thuộc đơn vị khác không',
    (row) => row.isBreak,
  ),
  coded<SeriesRow>(
    'RESTATEMENT',
    'RESTATEMENT',
    'How surely it is told in these boundaries',
    'Mức chắc chắn khi tính theo địa giới này',
    (row) => row.restatement,
  ),
  coded<SeriesRow>(
    'REASON',
    'DERIVED_REASON',
    'Why a computed figure has no value',
    'Lý do số tính không có giá trị',
    (row) => row.derivedReason,
  ),
  plain<SeriesRow>(
    'FORMULA',
    'String',
    'The arithmetic of a computed figure',
    'Phép tính của số tính',
    (row) => row.formula || null,
  ),
  several(
    'DERIVED_FROM',
    'Codes of the figures that it was computed from',
    'Mã các số liệu dùng để tính',
    (row) => row.derivedFrom,
  ),
  several(
    'REPORTED_AREA',
    'Areas for which it was reported, as code@vintage',
    'Địa bàn được báo cáo, dạng mã@đợt',
    (row) => row.reportedAreaIds,
  ),
  several(
    'REFORM',
    'Reforms of these boundaries, as day=restatement; the day alone where nothing is told across it',
    'Các lần sắp xếp của địa giới này, dạng ngày=cách tính; chỉ có ngày nếu không tính qua lần đó',
    (row) => row.reforms,
  ),
  ...columnsOfFigures('DOMAIN', 'CONTRIBUTOR', 'RELEASE', 'KNOWN_FROM', 'PUBLISHED_AT', 'LOCATOR'),
  ...columnsOfFigures('COMMENT'),
];

export const seriesStructure: Structure<SeriesRow> = {
  id: 'SERIES',
  nameEn: 'Figure of a series, in the boundaries of one area',
  nameVi: 'Số liệu của chuỗi, theo địa giới của một địa bàn',
  columns: [...dimensions, ...columnsOfFigures('OBS_VALUE'), ...attributes],
  lists: seriesLists,
  // A figure without a period is in no series.
  undated: null,
};
