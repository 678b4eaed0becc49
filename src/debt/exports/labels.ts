/** What a page to print says for codes that no code list keeps: reasons, stages, changes, yes and no. Pure. */
import type { Label, Labels } from '../../platform/plain-words.ts';
import type { DebtChangeAction, DebtChangeKind } from '../changes-queries.ts';
import { reasonSentences } from '../reasons.ts';
import type { DebtEventStage } from '../vocabulary.ts';

const labels = (of: Readonly<Record<string, Label>>): Labels => new Map(Object.entries(of));

/** Why there is no state, in sentences. */
export const reasonLabels: Labels = new Map(
  Object.entries(reasonSentences).map(([code, { vi, en }]) => [code, { nameVi: vi, nameEn: en }]),
);

export const yesOrNo = labels({
  true: { nameVi: 'Có', nameEn: 'Yes' },
  false: { nameVi: 'Không', nameEn: 'No' },
});

export const stageLabels = labels({
  PROPOSED: { nameVi: 'Đề xuất', nameEn: 'Proposed' },
  PLANNED: { nameVi: 'Đã lên kế hoạch', nameEn: 'Planned' },
  DRAFT: { nameVi: 'Dự thảo', nameEn: 'Draft' },
  DONE: { nameVi: 'Đã thực hiện', nameEn: 'Done' },
  TAKEN_UP: { nameVi: 'Đề xuất đã được thực hiện', nameEn: 'Proposal carried out' },
  DECLINED: { nameVi: 'Đề xuất bị từ chối', nameEn: 'Proposal declined' },
  REVOKED: { nameVi: 'Đã hủy', nameEn: 'Revoked' },
} satisfies Record<typeof DebtEventStage.$inferType, Label>);

export const changeKindLabels = labels({
  OBLIGATION: { nameVi: 'Số tiền phải đóng', nameEn: 'What is to be paid' },
  PAYMENT: { nameVi: 'Tiền đã nộp', nameEn: 'Payment' },
  REGISTRATION_DUTY: { nameVi: 'Nghĩa vụ đăng ký tham gia', nameEn: 'Duty to register workers' },
  UNDERDECLARATION: { nameVi: 'Khai thấp tiền lương', nameEn: 'Salaries declared too low' },
  POSITION: { nameVi: 'Tình trạng nợ', nameEn: 'Debt position' },
  EVENT: { nameVi: 'Biện pháp xử lý', nameEn: 'Event' },
  STATUTORY_LIST: { nameVi: 'Danh sách công khai', nameEn: 'Statutory list' },
} satisfies Record<typeof DebtChangeKind.$inferType, Label>);

export const changeActionLabels = labels({
  RECORDED: { nameVi: 'Ghi nhận', nameEn: 'Recorded' },
  CORRECTED: { nameVi: 'Điều chỉnh', nameEn: 'Corrected' },
  REMOVED: { nameVi: 'Gỡ bỏ', nameEn: 'Removed' },
  PROPOSED: { nameVi: 'Đề xuất', nameEn: 'Proposed' },
  PLANNED: { nameVi: 'Lên kế hoạch', nameEn: 'Planned' },
  DRAFTED: { nameVi: 'Lập dự thảo', nameEn: 'Drafted' },
  TAKEN_UP: { nameVi: 'Tiếp nhận đề xuất', nameEn: 'Proposal taken up' },
  DECLINED: { nameVi: 'Từ chối đề xuất', nameEn: 'Proposal declined' },
  CONFIRMED: { nameVi: 'Xác nhận', nameEn: 'Confirmed' },
  PROMISE_ANSWERED: { nameVi: 'Trả lời về cam kết', nameEn: 'Promise answered' },
  REVOKED: { nameVi: 'Hủy', nameEn: 'Revoked' },
  TRANSMITTED: { nameVi: 'Gửi cơ quan nhà nước', nameEn: 'Sent to the state bodies' },
  PUBLISHED: { nameVi: 'Công khai', nameEn: 'Published' },
  WITHDRAWN: { nameVi: 'Thu hồi', nameEn: 'Withdrawn' },
} satisfies Record<typeof DebtChangeAction.$inferType, Label>);
