/** Why the law gives no result, in words for people. */
import type { Language } from '../platform/errors.ts';
import type { ReasonCode } from './law/assessment.ts';

export const reasonSentences: Readonly<Record<ReasonCode, Readonly<Record<Language, string>>>> = {
  OLD_LAW_NOT_VERIFIED: {
    en: 'It fell due under the law before 2025-07-01, whose due dates and deadlines are not verified here.',
    vi: 'Đến hạn theo luật trước ngày 01/07/2025; hạn đóng và thời hạn của luật đó chưa được xác minh ở đây.',
  },
  OLD_LAW_INTEREST_NOT_VERIFIED: {
    en: 'Interest for days before 2025-07-01 needs a yearly rate that no verified source at hand gives.',
    vi: 'Tiền lãi của những ngày trước 01/07/2025 cần lãi suất hằng năm mà chưa có nguồn nào được xác minh.',
  },
  OLD_DEBT_CHARGE_START_NOT_STATED: {
    en: 'The law does not say from which day the charge runs on debt that was open on 2025-06-30.',
    vi: 'Luật không quy định từ ngày nào tính số tiền phải nộp thêm trên nợ còn lại đến ngày 30/06/2025.',
  },
  HEALTH_LAW_NOT_VERIFIED: {
    en: 'Health insurance has a law of its own, whose rules on late payment are not verified here.',
    vi: 'Bảo hiểm y tế có luật riêng; quy định về chậm đóng của luật đó chưa được xác minh ở đây.',
  },
  PARAMETER_NOT_VERIFIED: {
    en: 'No verified row of the legal parameter is in force on the day.',
    vi: 'Không có dòng đã xác minh nào của tham số pháp lý có hiệu lực trong ngày đó.',
  },
  AMOUNT_NOT_KNOWN: {
    en: 'Nobody has established what should have been paid.',
    vi: 'Chưa có ai xác định số tiền lẽ ra phải đóng.',
  },
  UNREGISTERED_CHARGE_START_NOT_STATED: {
    en: 'The sources do not say from which day the charge runs for workers who are not registered.',
    vi: 'Các nguồn không nêu từ ngày nào tính số tiền phải nộp thêm cho người lao động chưa được đăng ký.',
  },
};
