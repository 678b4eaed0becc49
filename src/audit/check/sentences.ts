/** A sentence for each problem, in English and Vietnamese: what is wrong, and what that means. */
import type { Language } from './reasons.ts';

export const sentences = {
  CHECKPOINT_MISSING: {
    en: 'The file {file} is missing: without it nothing can be checked. Ask for the export again.',
    vi: 'Thiếu tệp {file}: không có tệp này thì không thể kiểm tra gì. Hãy yêu cầu lại bản xuất.',
  },
  CHECKPOINT_MALFORMED: {
    en: 'The checkpoint {file} does not have the form of one: {reason}. Ask for the export again.',
    vi: 'Điểm kiểm tra {file} sai định dạng: {reason}. Hãy yêu cầu lại bản xuất.',
  },
  SIGNATURE_INVALID: {
    en: 'The signature of {name} (key {id}) on {file} is wrong: the checkpoint was changed or is not from that key. Do not rely on it.',
    vi: 'Chữ ký của {name} (khóa {id}) trên {file} không đúng: điểm kiểm tra đã bị sửa hoặc không do khóa này ký. Không được tin vào nó.',
  },
  KEY_UNKNOWN: {
    en: 'No known key named {origin} signed {file}: who made it is not proved. Get the public key of the log from its operator, apart from the export.',
    vi: 'Không có khóa đã biết nào mang tên {origin} ký {file}: chưa chứng minh được ai lập ra nó. Hãy lấy khóa công khai của nhật ký từ đơn vị vận hành, tách khỏi bản xuất.',
  },
  KEYS_MISSING: {
    en: 'The folder {file} holds no key, and none was given: no signature can be checked. Get the public key of the log from its operator.',
    vi: 'Thư mục {file} không có khóa nào và cũng không có khóa nào được cung cấp: không thể kiểm tra chữ ký. Hãy lấy khóa công khai của nhật ký từ đơn vị vận hành.',
  },
  KEY_MALFORMED: {
    en: 'The key {file} does not have the form of one: {reason}. It is ignored.',
    vi: 'Khóa {file} sai định dạng: {reason}. Khóa này bị bỏ qua.',
  },
  TRUSTED_KEY_MALFORMED: {
    en: 'The trusted key number {number} does not have the form of one: {reason}. It is ignored; correct it.',
    vi: 'Khóa tin cậy số {number} sai định dạng: {reason}. Khóa này bị bỏ qua; hãy sửa lại.',
  },
  KEY_AMBIGUOUS: {
    en: 'Two different keys have the name {name} and the ID {id}: one of them was made to deceive. Find out which one is the log’s.',
    vi: 'Hai khóa khác nhau cùng mang tên {name} và mã {id}: một trong hai được tạo ra để đánh lừa. Hãy xác định khóa nào là của nhật ký.',
  },
  KEY_CHANGED: {
    en: 'No key that signed the old checkpoint number {number} signed {file} too: somebody else may have continued the log. Ask its operator, apart from the export, whether the key was replaced.',
    vi: 'Không khóa nào đã ký điểm kiểm tra cũ số {number} cũng ký {file}: có thể người khác đã nối tiếp nhật ký. Hãy hỏi đơn vị vận hành, tách khỏi bản xuất, xem khóa có được thay hay không.',
  },
  ROOT_DIFFERS: {
    en: 'The hashes below tile/ lead to the root {computed}, but {file} says {expected}: records were changed, inserted or removed, or the checkpoint belongs to another log.',
    vi: 'Các giá trị băm trong tile/ dẫn tới gốc {computed}, nhưng {file} ghi {expected}: bản ghi đã bị sửa, chèn hoặc xóa, hoặc điểm kiểm tra thuộc nhật ký khác.',
  },
  TILE_CHANGED: {
    en: 'The hashes in {file} are not those the tree above them was made of: they, or records among numbers {first} to {last}, were changed.',
    vi: 'Các giá trị băm trong {file} không phải là những giá trị đã tạo nên cây phía trên: chúng, hoặc bản ghi trong khoảng số {first} đến {last}, đã bị sửa.',
  },
  TILE_MISSING: {
    en: 'The file {file} is missing: records number {first} to {last} cannot be proved. Ask for the export again.',
    vi: 'Thiếu tệp {file}: không thể chứng minh các bản ghi số {first} đến {last}. Hãy yêu cầu lại bản xuất.',
  },
  TILE_SIZE: {
    en: 'The file {file} has {found} bytes instead of {expected}: it was cut off or added to. Ask for the export again.',
    vi: 'Tệp {file} có {found} byte thay vì {expected}: tệp bị cắt bớt hoặc thêm vào. Hãy yêu cầu lại bản xuất.',
  },
  TILE_SUPERFLUOUS: {
    en: 'The file {file} has no place in a log of {size} records: it was added, or the checkpoint is older than the files.',
    vi: 'Tệp {file} không thuộc về nhật ký có {size} bản ghi: tệp được thêm vào, hoặc điểm kiểm tra cũ hơn các tệp.',
  },
  TILE_CONTRADICTED: {
    en: 'The files {file} and {other} should begin alike and do not: two histories were mixed.',
    vi: 'Hai tệp {file} và {other} lẽ ra phải bắt đầu giống nhau nhưng không giống: hai lịch sử khác nhau đã bị trộn lẫn.',
  },
  ENTRY_CHANGED: {
    en: 'Record number {index} in {file} is not the one that was logged: it was changed, moved, inserted, or one before it was removed.',
    vi: 'Bản ghi số {index} trong {file} không phải bản ghi đã được ghi nhật ký: nó bị sửa, bị dời chỗ, bị chèn, hoặc một bản ghi trước đó bị xóa.',
  },
  ENTRIES_MISSING: {
    en: 'The file {file} is missing: records number {first} to {last} are not in the export. Ask for them.',
    vi: 'Thiếu tệp {file}: các bản ghi số {first} đến {last} không có trong bản xuất. Hãy yêu cầu cung cấp.',
  },
  ENTRIES_MALFORMED: {
    en: 'The file {file} is not a bundle of {expected} records: {reason}. It was cut off, or records were removed or inserted.',
    vi: 'Tệp {file} không phải gói gồm {expected} bản ghi: {reason}. Tệp bị cắt bớt, hoặc bản ghi đã bị xóa hay chèn thêm.',
  },
  ENTRY_MISSING: {
    en: 'Record number {index} is missing at the end of {file}, with those after it up to number {last}. Ask for them.',
    vi: 'Cuối tệp {file} thiếu bản ghi số {index} và các bản ghi sau đó đến số {last}. Hãy yêu cầu cung cấp.',
  },
  FILE_UNREADABLE: {
    en: 'The file {file} cannot be read ({error}). See to it and check again.',
    vi: 'Không đọc được tệp {file} ({error}). Hãy khắc phục rồi kiểm tra lại.',
  },
  RANGE_OUTSIDE: {
    en: 'Records number {first} to {last} are asked for, but the log in the export has only {size} records, numbered from 0.',
    vi: 'Yêu cầu các bản ghi số {first} đến {last}, nhưng nhật ký trong bản xuất chỉ có {size} bản ghi, đánh số từ 0.',
  },
  OLD_MALFORMED: {
    en: 'The old checkpoint number {number} does not have the form of one: {reason}. Give it as it was kept.',
    vi: 'Điểm kiểm tra cũ số {number} sai định dạng: {reason}. Hãy cung cấp đúng như bản đã lưu.',
  },
  OLD_ORIGIN: {
    en: 'The old checkpoint number {number} is of the log {origin}, not of {expected}: it says nothing about this export.',
    vi: 'Điểm kiểm tra cũ số {number} thuộc nhật ký {origin}, không phải {expected}: nó không nói gì về bản xuất này.',
  },
  OLD_SIGNATURE_INVALID: {
    en: 'The signature of {name} (key {id}) on the old checkpoint number {number} is wrong: the copy that was kept is damaged or forged.',
    vi: 'Chữ ký của {name} (khóa {id}) trên điểm kiểm tra cũ số {number} không đúng: bản đã lưu bị hỏng hoặc giả mạo.',
  },
  OLD_KEY_UNKNOWN: {
    en: 'No known key named {origin} signed the old checkpoint number {number}: the key is missing from the export or was replaced. Give the old key and the present one as trusted keys.',
    vi: 'Không có khóa đã biết nào mang tên {origin} ký điểm kiểm tra cũ số {number}: khóa không có trong bản xuất hoặc đã bị thay. Hãy cung cấp cả khóa cũ lẫn khóa hiện tại làm khóa tin cậy.',
  },
  OLD_LARGER: {
    en: 'The old checkpoint number {number} counts {old} records, the export only {size}: records were removed, or the export is older.',
    vi: 'Điểm kiểm tra cũ số {number} có {old} bản ghi, bản xuất chỉ có {size}: bản ghi đã bị xóa, hoặc bản xuất cũ hơn.',
  },
  OLD_ROOT_DIFFERS: {
    en: 'The first {old} records are not those of the old checkpoint number {number}: history was rewritten. Keep both as evidence.',
    vi: 'Nội dung {old} bản ghi đầu tiên không khớp với điểm kiểm tra cũ số {number}: lịch sử đã bị viết lại. Hãy giữ cả hai làm bằng chứng.',
  },
  OLD_NOT_COMPARED: {
    en: 'The old checkpoint number {number} could not be compared: files of its first {old} records are missing or damaged.',
    vi: 'Không thể đối chiếu điểm kiểm tra cũ số {number}: các tệp của {old} bản ghi đầu tiên bị thiếu hoặc hỏng.',
  },
  PROOF_MALFORMED: {
    en: 'The receipt does not have the form of one: {reason}. Ask for it again.',
    vi: 'Biên nhận sai định dạng: {reason}. Hãy yêu cầu lại.',
  },
  PROOF_ENTRY_MISSING: {
    en: 'The receipt does not contain the record, and none was given: give the record it is for.',
    vi: 'Biên nhận không chứa bản ghi và cũng không có bản ghi nào được cung cấp: hãy cung cấp bản ghi tương ứng.',
  },
  PROOF_OUTSIDE: {
    en: 'The receipt is for record number {index}, but its checkpoint counts only {size} records.',
    vi: 'Biên nhận dành cho bản ghi số {index}, nhưng điểm kiểm tra của nó chỉ có {size} bản ghi.',
  },
  NOT_INCLUDED: {
    en: 'The receipt does not prove that this record is number {index} of the log: the record, its number or the proof was changed.',
    vi: 'Biên nhận không chứng minh được bản ghi này là số {index} của nhật ký: bản ghi, số thứ tự hoặc chứng minh đã bị sửa.',
  },
} satisfies Record<string, Record<Language, string>>;

/** The closed list of what can be wrong. */
export type ProblemCode = keyof typeof sentences;

export const problemCodes = Object.keys(sentences) as ProblemCode[];
