/** What an auditor looks for on the access log: rules as data, with their thresholds and why they are there. */

export type Language = 'en' | 'vi';
type Words = Readonly<Record<Language, string>>;

export interface Threshold {
  readonly value: number;
  readonly unit: string;
}

interface Rule {
  readonly title: Words;
  readonly explanation: Words;
  readonly thresholds: Readonly<Record<string, Threshold>>;
  /** One finding in words; {name} stands for a field of it. */
  readonly sentence: Words;
}

/** Refusals that tell of a purpose or a grant that does not fit. */
export const purposeCodes = [
  'PURPOSE_REQUIRED',
  'PURPOSE_UNKNOWN',
  'PURPOSE_NOT_IN_TOKEN',
  'PURPOSE_NOT_GRANTED',
  'GRANT_MISSING',
  'GRANT_EXPIRED',
  'GRANT_NOT_ACTIVE',
  'TERRITORY_EMPTY',
] as const;

/** Rows that belong to no provider and are made of provided ones. */
export const computedTypes = ['DerivedObservation', 'DebtGroup'] as const;

/** Days and hours are those of Viet Nam. */
export const anomalyRules = {
  UNUSUAL_VOLUME: {
    title: { en: 'Unusual volume', vi: 'Khối lượng bất thường' },
    explanation: {
      en: 'An agency got more rows on a day than usual: at least the minimum, and at least the factor times the median of the days before it, on which days without a request count as zero.',
      vi: 'Trong một ngày, cơ quan nhận nhiều dòng hơn thường lệ: ít nhất bằng mức tối thiểu và ít nhất bằng hệ số nhân với trung vị của các ngày trước đó; ngày không có yêu cầu tính là không.',
    },
    thresholds: {
      rowsMin: { value: 2_000, unit: 'rows a day' },
      factor: { value: 5, unit: 'times the median' },
      daysBefore: { value: 28, unit: 'days' },
    },
    sentence: {
      en: '{agency} got {value} rows on {period}; {threshold} would already be unusual.',
      vi: '{agency} nhận {value} dòng ngày {period}; từ {threshold} đã là bất thường.',
    },
  },
  UNUSUAL_HOURS: {
    title: { en: 'Unusual hours', vi: 'Giờ bất thường' },
    explanation: {
      en: 'An application asked often between 20:00 and 06:00, or on a Sunday. A night belongs to the day on which it begins.',
      vi: 'Một ứng dụng hỏi nhiều trong khoảng 20:00 đến 06:00, hoặc vào Chủ nhật. Đêm tính vào ngày bắt đầu đêm.',
    },
    thresholds: {
      requestsMin: { value: 50, unit: 'requests a night or Sunday' },
      fromHour: { value: 20, unit: 'o’clock' },
      toHour: { value: 6, unit: 'o’clock' },
    },
    sentence: {
      en: '{application} of {agency} made {value} requests in the night or on the Sunday of {period}; {threshold} are unusual.',
      vi: '{application} của {agency} gửi {value} yêu cầu trong đêm hoặc Chủ nhật {period}; từ {threshold} là bất thường.',
    },
  },
  EMPLOYER_SWEEP: {
    title: { en: 'Sweep over employers', vi: 'Quét nhiều doanh nghiệp' },
    explanation: {
      en: 'An application read rows of very many employers within sixty minutes; an employer counts again in each request. The largest such stretch that ends in each hour is shown.',
      vi: 'Một ứng dụng đọc dữ liệu của rất nhiều doanh nghiệp trong sáu mươi phút; mỗi yêu cầu tính lại từng doanh nghiệp. Hiển thị khoảng lớn nhất kết thúc trong mỗi giờ.',
    },
    thresholds: {
      employersMin: { value: 1_000, unit: 'employers' },
      minutes: { value: 60, unit: 'minutes' },
    },
    sentence: {
      en: '{application} of {agency} read {value} employers in the hour up to {period}; {threshold} make a sweep.',
      vi: '{application} của {agency} đọc {value} doanh nghiệp trong một giờ tính đến {period}; từ {threshold} là quét.',
    },
  },
  REFUSAL_RUN: {
    title: { en: 'Refusals in a row', vi: 'Bị từ chối liên tiếp' },
    explanation: {
      en: 'An application was refused again and again with nothing answered between: a program that probes, or one that is broken.',
      vi: 'Một ứng dụng bị từ chối liên tiếp, không lần nào được trả lời: chương trình dò tìm hoặc bị lỗi.',
    },
    thresholds: { refusalsMin: { value: 10, unit: 'refusals in a row' } },
    sentence: {
      en: '{application} of {agency} was refused {value} times in a row from {period} on; {threshold} are unusual.',
      vi: '{application} của {agency} bị từ chối {value} lần liên tiếp từ {period}; từ {threshold} là bất thường.',
    },
  },
  BEFORE_EMBARGO: {
    title: { en: 'Read before an embargo ended', vi: 'Đọc trước thời điểm công bố' },
    explanation: {
      en: 'Figures of a release were read before its instant on an accredited access, or cells of a provider’s releases in the hours before an instant of its own. Both are allowed; who knew early should be known.',
      vi: 'Số liệu của một đợt công bố được đọc trước thời điểm công bố theo quyền xem trước, hoặc các ô của bên cung cấp được đọc ngay trước thời điểm công bố của chính bên đó. Cả hai đều được phép; cần biết ai biết sớm.',
    },
    thresholds: {
      requestsMin: { value: 1, unit: 'requests' },
      hoursBefore: { value: 24, unit: 'hours before the instant' },
    },
    sentence: {
      en: '{application} of {agency} read of the release {release} before its instant, in {value} requests on {period}.',
      vi: '{application} của {agency} đọc đợt công bố {release} trước thời điểm công bố, trong {value} yêu cầu ngày {period}.',
    },
  },
  PURPOSE_MISFIT: {
    title: { en: 'Purpose does not fit', vi: 'Mục đích không phù hợp' },
    explanation: {
      en: 'Contributed or computed rows left under a purpose that does not open one of the topics touched, which should never be; or an application was refused repeatedly for its purpose or its grants.',
      vi: 'Dữ liệu được cung cấp hoặc tính toán đã ra ngoài với mục đích không mở một trong các chủ đề liên quan, điều không bao giờ được xảy ra; hoặc một ứng dụng nhiều lần bị từ chối vì mục đích hay thỏa thuận.',
    },
    thresholds: {
      misfitsMin: { value: 1, unit: 'requests a day' },
      refusalsMin: { value: 5, unit: 'refusals a day' },
    },
    sentence: {
      en: '{application} of {agency}: {value} requests on {period} whose purpose does not fit ({detail}); {threshold} are enough to look.',
      vi: '{application} của {agency}: {value} yêu cầu ngày {period} có mục đích không phù hợp ({detail}); từ {threshold} là đáng xem.',
    },
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof anomalyRules;
export const ruleIds = Object.keys(anomalyRules) as RuleId[];

/** A finding of a rule: what was measured, where, and on which records it rests. */
export interface Anomaly {
  readonly rule: RuleId;
  readonly agency: string;
  readonly application: string | null;
  readonly release: string | null;
  /** A code of an error or a topic, where the rule tells several things. */
  readonly detail: string | null;
  readonly from: Date;
  readonly to: Date;
  /** The day, or the instant, in words. */
  readonly period: string;
  readonly value: bigint;
  readonly threshold: bigint;
  readonly firstRecord: bigint;
  readonly lastRecord: bigint;
  readonly records: bigint;
}

export function anomalySentence(anomaly: Anomaly, language: Language): string {
  const { agency, application, release, detail, period, value, threshold } = anomaly;
  const words: Readonly<Record<string, string | bigint | null>> = {
    agency,
    application,
    release,
    detail,
    period,
    value,
    threshold,
  };
  return anomalyRules[anomaly.rule].sentence[language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(words[name] ?? ''),
  );
}
