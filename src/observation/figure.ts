/** The figure: a value that always says what it is, or why it is not there. Pure. */
import { Decimal } from 'decimal.js';
import type { Area, Source } from '../platform/prisma/client.ts';
import type { Language } from '../platform/errors.ts';

/** SDMX CL_OBS_STATUS 2.2: values whose observation holds no number. */
export const absentStatuses = ['O', 'M', 'L', 'H', 'Q'] as const;

/** The columns that observations and targets share, with the rows they refer to. */
export interface Figure {
  readonly figureId: string | null;
  readonly areaId: string;
  readonly area: Area;
  readonly indicator: string | null;
  readonly baseIndicator?: string | null;
  readonly scheme: string | null;
  readonly schemeComponents: readonly string[];
  readonly participantGroup: string | null;
  readonly timePeriod: string | null;
  readonly periodBasis: string;
  readonly value: { toFixed(decimals: number): string } | null;
  readonly decimals: number | null;
  readonly unit: string | null;
  readonly denominator: string | null;
  readonly qualifier: string | null;
  readonly obsStatus: string;
  readonly confStatus: string;
  /** Since when everybody may see it; null for what is internal. */
  readonly publishedAt?: Date | null;
  readonly source: Source | null;
  readonly locator: string | null;
}

/** One measure of a row that has several; made from the row's columns when it is asked for. */
export interface MeasuredFigure extends Figure {
  readonly measured: true;
  readonly topic: string;
  readonly contributorId: string;
}

/** Numbers of rows are whole, and not broken down further; what a measure says else, `more` says. */
export function measure(
  row: Pick<
    Figure,
    | 'areaId'
    | 'area'
    | 'timePeriod'
    | 'periodBasis'
    | 'obsStatus'
    | 'confStatus'
    | 'source'
    | 'locator'
  > & { readonly id: string; readonly topic: string; readonly contributorId: string },
  count: number | null,
  more: Pick<Figure, 'indicator' | 'unit'> & Partial<Figure>,
): MeasuredFigure {
  const { areaId, area, timePeriod, periodBasis, obsStatus, confStatus, source, locator } = row;
  return {
    measured: true,
    topic: row.topic,
    contributorId: row.contributorId,
    figureId: row.id,
    areaId,
    area,
    timePeriod,
    periodBasis,
    // A measure that this row does not have is missing, whatever the row's other measures are.
    obsStatus: count === null && !isAbsent(obsStatus) ? 'O' : obsStatus,
    confStatus,
    source,
    locator,
    value: count === null ? null : new Decimal(count),
    decimals: count === null ? null : 0,
    scheme: null,
    schemeComponents: [],
    participantGroup: null,
    denominator: null,
    qualifier: null,
    ...more,
  };
}

export const isAbsent = (status: string) => (absentStatuses as readonly string[]).includes(status);

/** Since when a version is known: a published one since everybody may read it. */
export const knownSince = (row: {
  readonly knownFrom: Date;
  readonly publishedAt?: Date | null;
}): Date => (row.publishedAt && row.publishedAt > row.knownFrom ? row.publishedAt : row.knownFrom);

/** The value with the digits of its source; null where there is none. */
export function formatValue({ value, decimals }: Figure): string | null {
  return value === null ? null : value.toFixed(decimals ?? 0);
}

/** Enough digits that a quotient of two numbers of 28 digits is rounded once, to the decimals shown. */
const Exact = Decimal.clone({ precision: 60 });

export function toDecimal(figure: Figure): Decimal | null {
  const text = formatValue(figure);
  return text === null ? null : new Exact(text);
}

interface Sentence {
  readonly en: string;
  readonly vi: string;
}

/** Why a value is null or must be read with care, by status. */
const reasons: Readonly<Record<string, Sentence>> = {
  Q: {
    en: 'Suppressed: the figure is confidential.',
    vi: 'Không công bố: số liệu được bảo mật.',
  },
  O: {
    en: 'Missing: the source speaks of it without a number.',
    vi: 'Thiếu: nguồn có nhắc đến nhưng không nêu số.',
  },
  L: {
    en: 'Missing: the figure exists, but its source does not print it.',
    vi: 'Thiếu: có số liệu nhưng nguồn không in ra.',
  },
  M: {
    en: 'Missing: there can be no number, the aim is stated in words.',
    vi: 'Thiếu: không thể có số, mục tiêu chỉ nêu bằng lời.',
  },
  H: { en: 'Missing: not observed on that day.', vi: 'Thiếu: không quan sát vào ngày đó.' },
  U: {
    en: 'Low reliability: proven or probably misprinted; do not add, plot or derive from it.',
    vi: 'Độ tin cậy thấp: in sai hoặc rất có thể in sai; không cộng, vẽ hay suy từ số này.',
  },
  P: { en: 'Provisional.', vi: 'Số sơ bộ.' },
  E: { en: 'Estimated.', vi: 'Số ước tính.' },
  B: { en: 'The series breaks here.', vi: 'Chuỗi số liệu đứt quãng tại đây.' },
};

/** Reasons of a derived figure that its inputs' statuses do not tell. */
export const derivedReasons = {
  INPUT_UNRELIABLE: {
    en: 'Not computed: an input has low reliability.',
    vi: 'Không tính: một số đầu vào có độ tin cậy thấp.',
  },
  INPUT_ABSENT: {
    en: 'Not computed: an input has no value.',
    vi: 'Không tính: một số đầu vào không có giá trị.',
  },
  BASE_ZERO: {
    en: 'Not computed: its base is zero.',
    vi: 'Không tính: mẫu số bằng không.',
  },
  NOT_ADDITIVE: {
    en: 'Not computed: these values must not be added.',
    vi: 'Không tính: không được cộng các giá trị này.',
  },
  PART_MISSING: {
    en: 'Not computed: the source has no figure for a part of the area, or you may not read it.',
    vi: 'Không tính: nguồn không có số liệu cho một phần địa bàn, hoặc bạn không được đọc số đó.',
  },
  PART_AMBIGUOUS: {
    en: 'Not computed: the source gives several figures for a part of the area.',
    vi: 'Không tính: nguồn có nhiều số liệu cho cùng một phần địa bàn.',
  },
  PART_SPLIT: {
    en: 'Not computed: a part of the area was split between several units in the reform.',
    vi: 'Không tính: một phần địa bàn đã được chia cho nhiều đơn vị khi sắp xếp.',
  },
  NOT_SEPARABLE: {
    en: 'Not computed: the area became a part of a larger unit, whose figures do not tell it apart.',
    vi: 'Không tính: địa bàn đã thuộc một đơn vị lớn hơn, số liệu của đơn vị đó không tách riêng được.',
  },
  DENOMINATOR_UNKNOWN: {
    en: 'Not computed: the figure that the rate is a share of is not known for this area and period.',
    vi: 'Không tính: chưa có số liệu làm mẫu số của địa bàn và kỳ này.',
  },
  NO_DENOMINATOR_RULE: {
    en: 'Not computed: no rule names what this scheme and group are a share of.',
    vi: 'Không tính: không có quy tắc nào nêu mẫu số cho chế độ và nhóm này.',
  },
  DENOMINATORS_DIFFER: {
    en: 'Not computed: rates of different or unstated denominators are not compared.',
    vi: 'Không tính: không so sánh các tỷ lệ có mẫu số khác nhau hoặc không nêu mẫu số.',
  },
  INPUTS_DISAGREE: {
    en: 'Not computed: sources say different things, and no rule prefers one of them.',
    vi: 'Không tính: các nguồn nêu khác nhau và không có quy tắc chọn nguồn nào.',
  },
  PARTS_INCOMPLETE: {
    en: 'Not computed: some of its parts are not there.',
    vi: 'Không tính: thiếu một số thành phần.',
  },
  NOT_REPORTED: {
    en: 'Missing: no figure of it is there for the caller.',
    vi: 'Thiếu: không có số liệu này cho người hỏi.',
  },
  NO_TARGET_LINE: {
    en: 'Not computed: the targets give no value for this date, and no rule draws a line between them.',
    vi: 'Không tính: các mục tiêu không cho giá trị vào ngày này và không có quy tắc nội suy.',
  },
  NO_NEXT_TARGET: {
    en: 'Not computed: no later target is set.',
    vi: 'Không tính: không có mục tiêu nào sau đó.',
  },
} as const satisfies Record<string, Sentence>;

export type DerivedReason = keyof typeof derivedReasons;

export function reasonOf(
  figure: Figure & { readonly derivedReason?: DerivedReason | null },
  language: Language,
): string | null {
  const sentence = figure.derivedReason
    ? derivedReasons[figure.derivedReason]
    : reasons[figure.obsStatus];
  return sentence?.[language] ?? null;
}
