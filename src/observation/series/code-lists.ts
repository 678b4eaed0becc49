/** The code lists of what is said of series, for files. Pure. */
import { restatements, type Restatement } from '../../area/lineage.ts';
import { derivedReasons } from '../figure.ts';
import type { StructureCode, StructureList } from '../sdmx-structure.ts';
import type { SeriesBoundaries } from './data.ts';
import { preferenceRules, type PreferenceRule } from './preference.ts';

type Names = readonly [en: string, vi: string];

const boundaryNames: Readonly<Record<SeriesBoundaries, Names>> = {
  AS_REPORTED: ['Those of the time of each figure', 'Địa giới tại thời điểm của từng số liệu'],
  CURRENT: ['Those of today', 'Địa giới hiện nay'],
  ORIGINAL: ['Those of the first units', 'Địa giới của các đơn vị ban đầu'],
};

const restatementNames: Readonly<Record<Restatement, Names>> = {
  SAME: ['The same extent', 'Cùng phạm vi'],
  EXACT: ['Parts that are proven to make up the whole', 'Các phần đã được chứng minh là hợp thành'],
  ESTIMATED: [
    'Parts that are listed, without proof',
    'Các phần theo danh sách, chưa được chứng minh',
  ],
  REFUSED: ['Not told: a part was split', 'Không tính: một phần đã bị chia'],
  NOT_SEPARABLE: [
    'Not told: part of a larger unit',
    'Không tính: thuộc một đơn vị lớn hơn, không tách riêng được',
  ],
};

const preferenceNames: Readonly<Record<PreferenceRule, Names>> = {
  ONLY_FIGURE: ['There is no other', 'Không có số liệu nào khác'],
  HAS_VALUE: [
    'The others have no value, or an unreliable one',
    'Các số liệu khác không có giá trị hoặc không tin cậy',
  ],
  REPORTED: ['The others are generated', 'Các số liệu khác là số giả lập'],
  RELIABILITY: ['Its status is the surest', 'Có trạng thái chắc chắn nhất'],
  AS_REPORTED: ['The others are computed', 'Các số liệu khác là số tính'],
  SAME_VALUE: ['The others say the same', 'Các số liệu khác giống nhau'],
  NEWEST_SOURCE: ['Its source was published last', 'Có nguồn công bố mới nhất'],
  CONTRADICTED: ['None: sources contradict each other', 'Không có: các nguồn mâu thuẫn với nhau'],
};

const named = <Code extends string>(
  codes: readonly Code[],
  names: Readonly<Record<Code, Names>>,
): StructureCode[] =>
  codes.map((code) => {
    const [nameEn, nameVi] = names[code];
    return { code, nameEn, nameVi };
  });

export const seriesLists: readonly StructureList[] = [
  {
    id: 'BOUNDARIES',
    codes: named(['AS_REPORTED', 'CURRENT', 'ORIGINAL'], boundaryNames),
  },
  { id: 'RESTATEMENT', codes: named(restatements, restatementNames) },
  { id: 'PREFERENCE_RULE', codes: named(preferenceRules, preferenceNames) },
  {
    id: 'DERIVED_REASON',
    codes: Object.entries(derivedReasons).map(([code, { en, vi }]) => {
      return { code, nameEn: en, nameVi: vi };
    }),
  },
];
