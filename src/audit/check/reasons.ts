/** Why something does not have the form it must have, in English and Vietnamese. */

export type Language = 'en' | 'vi';

export const reasons = {
  TOO_LARGE: { en: 'it is too large', vi: 'quá lớn' },
  NOT_UTF8: { en: 'it is not valid UTF-8', vi: 'không phải UTF-8 hợp lệ' },
  CONTROL_CHARACTER: {
    en: 'it has a control character other than a line feed',
    vi: 'có ký tự điều khiển khác ký tự xuống dòng',
  },
  NO_SIGNATURES: {
    en: 'no signature follows its last empty line',
    vi: 'không có chữ ký nào sau dòng trống cuối cùng',
  },
  NO_FINAL_NEWLINE: {
    en: 'it does not end with a line feed',
    vi: 'không kết thúc bằng ký tự xuống dòng',
  },
  TOO_MANY_SIGNATURES: {
    en: 'it has more than 100 signatures',
    vi: 'có hơn 100 chữ ký',
  },
  SIGNATURE_LINE: {
    en: 'a signature line is not a dash, a key name and canonical base64',
    vi: 'một dòng chữ ký không gồm dấu gạch dài, tên khóa và base64 chuẩn tắc',
  },
  TOO_FEW_LINES: {
    en: 'origin, size or root hash is missing',
    vi: 'thiếu tên nhật ký, kích thước hoặc giá trị băm gốc',
  },
  EMPTY_LINE: { en: 'its text has an empty line', vi: 'phần văn bản có dòng trống' },
  SIZE: {
    en: 'its size is not a decimal number of 64 bits without leading zeros',
    vi: 'kích thước không phải số thập phân 64 bit không có số 0 đứng đầu',
  },
  ROOT: {
    en: 'its root hash is not 32 bytes in canonical base64',
    vi: 'giá trị băm gốc không phải 32 byte ở dạng base64 chuẩn tắc',
  },
  EMPTY_TREE_ROOT: {
    en: 'its root hash is not that of a log without records',
    vi: 'giá trị băm gốc không phải của nhật ký chưa có bản ghi',
  },
  KEY_PARTS: {
    en: 'it is not a name, a key ID and a key joined by plus signs',
    vi: 'không gồm tên, mã khóa và khóa nối với nhau bằng dấu cộng',
  },
  KEY_LINE: {
    en: 'it is not one line that ends with a line feed',
    vi: 'không phải một dòng duy nhất kết thúc bằng ký tự xuống dòng',
  },
  KEY_NAME: {
    en: 'its name is empty or has a space',
    vi: 'tên khóa trống hoặc có khoảng trắng',
  },
  KEY_BASE64: {
    en: 'its key is not canonical base64',
    vi: 'khóa không ở dạng base64 chuẩn tắc',
  },
  KEY_UNSUPPORTED: {
    en: 'its type is unsupported: only Ed25519 (1) and cosignatures (4) are known here',
    vi: 'loại khóa không được hỗ trợ: ở đây chỉ biết Ed25519 (1) và chữ ký xác nhận (4)',
  },
  KEY_LENGTH: { en: 'its key does not have 32 bytes', vi: 'khóa không có đúng 32 byte' },
  KEY_ID: {
    en: 'its key ID does not belong to its name and key',
    vi: 'mã khóa không khớp với tên và khóa',
  },
  PROOF_VERSION: {
    en: 'its first line is not c2sp.org/tlog-proof@v1',
    vi: 'dòng đầu không phải c2sp.org/tlog-proof@v1',
  },
  PROOF_EXTRA: {
    en: 'its extra data is not canonical base64',
    vi: 'dữ liệu kèm theo không ở dạng base64 chuẩn tắc',
  },
  PROOF_INDEX: {
    en: 'its index is not a decimal number of 64 bits without leading zeros',
    vi: 'số thứ tự không phải số thập phân 64 bit không có số 0 đứng đầu',
  },
  PROOF_HASH: {
    en: 'a line of the proof is not 32 bytes in canonical base64',
    vi: 'một dòng của chứng minh không phải 32 byte ở dạng base64 chuẩn tắc',
  },
  PROOF_CHECKPOINT: {
    en: 'no checkpoint follows its first empty line',
    vi: 'không có điểm kiểm tra sau dòng trống đầu tiên',
  },
  TOO_FEW_ENTRIES: { en: 'it holds too few records', vi: 'chứa ít bản ghi hơn quy định' },
  TOO_MANY_ENTRIES: {
    en: 'bytes follow its last record',
    vi: 'còn dữ liệu sau bản ghi cuối cùng',
  },
} satisfies Record<string, Record<Language, string>>;

export type Reason = keyof typeof reasons;
