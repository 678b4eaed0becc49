/** Why the law engine gives no answer, or lists nobody: sentences for people. */
import type { Language } from '../platform/errors.ts';
import type { ReasonCode } from './law/reason.ts';
import type { FineReason } from './law/fines.ts';
import type { ListingReason } from './law/watch.ts';

type Sentences = Readonly<Record<Language, string>>;

export const reasonSentences: Readonly<Record<ReasonCode, Sentences>> = {
  OLD_LAW_NOT_VERIFIED: {
    en: 'Not judged: the deadline was set by the law before 2025-07-01, whose rule is not verified.',
    vi: 'Không xác định: thời hạn thuộc luật trước ngày 01/7/2025, quy định đó chưa được kiểm chứng.',
  },
  OLD_LAW_INTEREST_NOT_VERIFIED: {
    en: 'Not computed: interest before 2025-07-01 needs the yearly rate of the funds, which no source gives.',
    vi: 'Không tính: tiền lãi trước ngày 01/7/2025 cần lãi suất đầu tư hằng năm của quỹ, chưa có nguồn.',
  },
  OLD_DEBT_CHARGE_START_NOT_STATED: {
    en: 'Not computed: the law does not say from which day debt open on 2025-06-30 is charged, and no day is set.',
    vi: 'Không tính: luật không nêu ngày bắt đầu tính đối với khoản nợ đến 30/6/2025 và chưa có ngày được ấn định.',
  },
  HEALTH_LAW_NOT_VERIFIED: {
    en: 'Not judged: health insurance has a law of its own, whose rules on late payment are not verified.',
    vi: 'Không xác định: bảo hiểm y tế có luật riêng, quy định về chậm đóng chưa được kiểm chứng.',
  },
  PARAMETER_NOT_VERIFIED: {
    en: 'Not judged: no verified legal parameter is in force on the day.',
    vi: 'Không xác định: không có tham số pháp lý đã kiểm chứng có hiệu lực vào ngày đó.',
  },
  AMOUNT_NOT_KNOWN: {
    en: 'Not computed: what should have been paid is not known.',
    vi: 'Không tính: chưa biết số tiền phải đóng.',
  },
  UNREGISTERED_CHARGE_START_NOT_STATED: {
    en: 'Not computed: the sources do not say from which day contributions of unregistered workers are charged, and no day is set.',
    vi: 'Không tính: các nguồn không nêu ngày bắt đầu tính đối với người lao động chưa được đăng ký và chưa có quy tắc được ấn định.',
  },
};

/** A sentence for people; of a code that is kept and not known here, the code. */
export const reasonSentence = (code: string, language: Language): string =>
  code in reasonSentences ? reasonSentences[code as ReasonCode][language] : code;

export const fineSentences: Readonly<Record<FineReason, Sentences>> = {
  FINE_DECREE_NOT_VERIFIED: {
    en: 'No range: no decree that is verified was in force on the day.',
    vi: 'Không có khung: không có nghị định đã kiểm chứng có hiệu lực vào ngày đó.',
  },
  FINE_NOT_STATED: {
    en: 'No range: the decree in force states no fine for this.',
    vi: 'Không có khung: nghị định có hiệu lực không nêu mức phạt cho trường hợp này.',
  },
  FINE_NEEDS_HEADCOUNT: {
    en: 'No range: the fine goes by how many workers it is about; give the number.',
    vi: 'Không có khung: mức phạt theo số người lao động; hãy cho biết số người.',
  },
  FINE_NEEDS_AMOUNT: {
    en: 'No range: the fine is a percentage; give the amount.',
    vi: 'Không có khung: mức phạt theo tỷ lệ; hãy cho biết số tiền.',
  },
  FINE_MULTIPLIER_NOT_VERIFIED: {
    en: 'No range: how many times as much an organisation pays is not verified for the day.',
    vi: 'Không có khung: hệ số phạt đối với tổ chức vào ngày đó chưa được kiểm chứng.',
  },
  FINE_DECREE_NOT_SET: {
    en: 'No range: it began under another decree than that of the day, no source says which one judges it, and none is set.',
    vi: 'Không có khung: vi phạm bắt đầu khi nghị định khác có hiệu lực, các nguồn không nêu nghị định nào được áp dụng và chưa có quy tắc được ấn định.',
  },
  FINE_FIRST_DAY_NOT_VERIFIED: {
    en: 'No range: the decree of its first day is to judge it, and that day was set by the law before 2025-07-01, which is not verified.',
    vi: 'Không có khung: áp dụng nghị định của ngày đầu tiên vi phạm, ngày đó thuộc luật trước ngày 01/7/2025 và chưa được kiểm chứng.',
  },
  FINE_OF_HEALTH_NOT_VERIFIED: {
    en: 'No range: health insurance has fines of its own, which are not verified.',
    vi: 'Không có khung: bảo hiểm y tế có quy định xử phạt riêng, chưa được kiểm chứng.',
  },
};

/** A sentence for people, of whatever is null. */
export const sentenceOf = (code: ReasonCode | FineReason): Sentences =>
  code in fineSentences ? fineSentences[code as FineReason] : reasonSentences[code as ReasonCode];

export const listingSentences: Readonly<Record<ListingReason, Sentences>> = {
  NOTHING_LATE: { en: 'Nothing is late.', vi: 'Không có khoản chậm đóng.' },
  SUSPENDED: {
    en: 'What is unpaid is suspended, which is no debt.',
    vi: 'Khoản chưa đóng đang được tạm dừng đóng, không phải là nợ.',
  },
  HARD_TO_COLLECT_APART: {
    en: 'Hard-to-collect debt is reported apart.',
    vi: 'Nợ khó thu được báo cáo riêng.',
  },
  TOO_FEW_MONTHS: {
    en: 'It is late by fewer months than the list takes.',
    vi: 'Số tháng chậm đóng ít hơn mức đưa vào danh sách.',
  },
  EXCUSED_NOT_LISTED: {
    en: 'The evasion is excused, and excused cases are not listed.',
    vi: 'Trường hợp có lý do chính đáng, không đưa vào danh sách.',
  },
  STATE_NOT_VERIFIED: {
    en: 'No verified rule says what the unpaid amounts are.',
    vi: 'Không có quy định đã kiểm chứng để xác định các khoản chưa đóng.',
  },
  AMOUNT_NOT_KNOWN: {
    en: 'Workers are not registered, but nothing that is registered is late: an entry needs an amount and months.',
    vi: 'Người lao động chưa được đăng ký nhưng không có khoản đã đăng ký nào chậm đóng: danh sách cần số tiền và số tháng.',
  },
  PARAMETER_NOT_VERIFIED: {
    en: 'Nobody has set how many months late the list takes.',
    vi: 'Chưa ấn định số tháng chậm đóng để đưa vào danh sách.',
  },
};
