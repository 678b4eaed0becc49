/** The closed table of everything the gateway may say went wrong, in English and Vietnamese. */
import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

export type Language = 'en' | 'vi';

/** Whose move it is: the caller's program, the caller's agency, or ours. */
type Fault = 'CALLER' | 'AGENCY' | 'GATEWAY';

interface ErrorEntry {
  /** HTTP status when nothing of the answer is left; 200 for an error beside other fields. */
  readonly status: number;
  readonly fault: Fault;
  /** Public sentences; {name} stands for a parameter. */
  readonly en: string;
  readonly vi: string;
}

export const errorTable = {
  TOKEN_MISSING: {
    status: 401,
    fault: 'CALLER',
    en: 'Send a token in the header "Authorization: Bearer <token>".',
    vi: 'Hãy gửi mã truy cập trong tiêu đề "Authorization: Bearer <mã>".',
  },
  TOKEN_MALFORMED: {
    status: 401,
    fault: 'CALLER',
    en: 'The token is not a signed JWT in compact form; ask your issuer for a new one.',
    vi: 'Mã truy cập không phải JWT đã ký ở dạng rút gọn; hãy xin mã mới từ nơi cấp.',
  },
  TOKEN_INVALID: {
    status: 401,
    fault: 'CALLER',
    en: 'The token does not hold: its {part} is not acceptable. Ask your issuer for a new one.',
    vi: 'Mã truy cập không hợp lệ: {part} không được chấp nhận. Hãy xin mã mới từ nơi cấp.',
  },
  TOKEN_EXPIRED: {
    status: 401,
    fault: 'CALLER',
    en: 'The token has expired; ask your issuer for a new one.',
    vi: 'Mã truy cập đã hết hạn; hãy xin mã mới từ nơi cấp.',
  },
  ISSUER_UNKNOWN: {
    status: 401,
    fault: 'AGENCY',
    en: 'The issuer of the token is not registered; ask the steward to register it.',
    vi: 'Nơi cấp mã truy cập chưa được đăng ký; hãy đề nghị đơn vị điều phối đăng ký.',
  },
  ISSUER_NOT_FOR_AGENCY: {
    status: 403,
    fault: 'AGENCY',
    en: 'The issuer is not registered to speak for this agency; use the agency’s own issuer.',
    vi: 'Nơi cấp không được đăng ký để cấp mã cho cơ quan này; hãy dùng nơi cấp của chính cơ quan.',
  },
  AGENCY_UNKNOWN: {
    status: 403,
    fault: 'AGENCY',
    en: 'The agency of the token is not registered or not active; ask the steward.',
    vi: 'Cơ quan ghi trong mã truy cập chưa đăng ký hoặc không hoạt động; hãy hỏi đơn vị điều phối.',
  },
  APPLICATION_UNKNOWN: {
    status: 403,
    fault: 'AGENCY',
    en: 'The application (client_id) is not registered for this agency; ask the steward.',
    vi: 'Ứng dụng (client_id) chưa được đăng ký cho cơ quan này; hãy hỏi đơn vị điều phối.',
  },
  ROLE_MISMATCH: {
    status: 403,
    fault: 'AGENCY',
    en: 'The role in the token is not the role in the register; ask your issuer to correct it.',
    vi: 'Vai trò trong mã truy cập khác với vai trò đã đăng ký; hãy đề nghị nơi cấp sửa lại.',
  },
  KEYS_UNAVAILABLE: {
    status: 503,
    fault: 'GATEWAY',
    en: 'The issuer’s keys cannot be read at the moment; try again in a minute.',
    vi: 'Hiện không đọc được khóa của nơi cấp; hãy thử lại sau một phút.',
  },
  PURPOSE_REQUIRED: {
    status: 403,
    fault: 'CALLER',
    en: 'Name the purpose in the header "Purpose-Of-Use"; `viewer { purposes }` lists yours.',
    vi: 'Hãy nêu mục đích trong tiêu đề "Purpose-Of-Use"; `viewer { purposes }` liệt kê các mục đích.',
  },
  PURPOSE_UNKNOWN: {
    status: 403,
    fault: 'CALLER',
    en: 'There is no such purpose; `viewer { purposes }` lists those of your agency.',
    vi: 'Không có mục đích này; `viewer { purposes }` liệt kê các mục đích của cơ quan.',
  },
  PURPOSE_NOT_IN_TOKEN: {
    status: 403,
    fault: 'CALLER',
    en: 'The token was issued for other purposes; ask your issuer for one that names this purpose.',
    vi: 'Mã truy cập được cấp cho mục đích khác; hãy xin mã có nêu mục đích này.',
  },
  PURPOSE_NOT_GRANTED: {
    status: 403,
    fault: 'AGENCY',
    en: 'None of your agency’s grants serves this purpose; `viewer { grants }` lists them.',
    vi: 'Không thỏa thuận nào của cơ quan phục vụ mục đích này; `viewer { grants }` liệt kê các thỏa thuận.',
  },
  GRANT_MISSING: {
    status: 403,
    fault: 'AGENCY',
    en: 'No grant gives your agency this data for this purpose; agree on one with its provider.',
    vi: 'Chưa có thỏa thuận cho cơ quan dùng dữ liệu này với mục đích này; hãy thỏa thuận với bên cung cấp.',
  },
  GRANT_EXPIRED: {
    status: 403,
    fault: 'AGENCY',
    en: 'The grant {grant} ended on {day}; ask its provider to renew it.',
    vi: 'Thỏa thuận {grant} đã hết hạn ngày {day}; hãy đề nghị bên cung cấp gia hạn.',
  },
  GRANT_NOT_ACTIVE: {
    status: 403,
    fault: 'AGENCY',
    en: 'The grant {grant} is not in force; ask its provider.',
    vi: 'Thỏa thuận {grant} chưa có hoặc không còn hiệu lực; hãy hỏi bên cung cấp.',
  },
  TERRITORY_EMPTY: {
    status: 403,
    fault: 'AGENCY',
    en: 'The grant {grant} names no territory, so it gives no data; ask its provider to name one.',
    vi: 'Thỏa thuận {grant} không nêu địa bàn nên không cho dữ liệu; hãy đề nghị bên cung cấp bổ sung.',
  },
  AGREEMENT_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no agreement {agreement} of yours; `agreements { nodes { code } }` lists them.',
    vi: 'Không có thỏa thuận {agreement} của bạn; `agreements { nodes { code } }` liệt kê các thỏa thuận.',
  },
  AGREEMENT_WRONG_STATE: {
    status: 200,
    fault: 'CALLER',
    en: 'The agreement {agreement} is {state}, so this step is not open; its `state` says which one is next.',
    vi: 'Thỏa thuận {agreement} đang ở trạng thái {state} nên không làm được bước này; hãy xem `state` để biết bước kế tiếp.',
  },
  AGREEMENT_INCOMPLETE: {
    status: 200,
    fault: 'CALLER',
    en: 'The agreement {agreement} lacks {field}; a sharing agreement has to name it (Decree 47/2020 Art 38).',
    vi: 'Thỏa thuận {agreement} thiếu {field}; thỏa thuận chia sẻ phải nêu nội dung này (Nghị định 47/2020 Điều 38).',
  },
  AGREEMENT_OVERLAPS: {
    status: 200,
    fault: 'CALLER',
    en: 'The agreement {agreement} covers {topic} for these two agencies at the same time and place; end or narrow it first.',
    vi: 'Thỏa thuận {agreement} đã bao gồm {topic} giữa hai cơ quan này trong cùng thời gian và địa bàn; hãy chấm dứt hoặc thu hẹp trước.',
  },
  AGREEMENT_NOT_NARROWER: {
    status: 200,
    fault: 'CALLER',
    en: 'In force an agreement may only be narrowed: {field} would become wider by {value}. Draft a new agreement for more.',
    vi: 'Thỏa thuận đang có hiệu lực chỉ được thu hẹp: {field} sẽ rộng thêm vì {value}. Nếu cần thêm, hãy soạn thỏa thuận mới.',
  },
  AGREEMENT_NEEDS_RENEWAL: {
    status: 200,
    fault: 'CALLER',
    en: 'The agreement names areas that have ended ({areas}) and opens their history only; agree anew on what they became ({successors}).',
    vi: 'Thỏa thuận nêu địa bàn đã kết thúc ({areas}) nên chỉ mở số liệu quá khứ; hãy thỏa thuận lại về địa bàn kế thừa ({successors}).',
  },
  PROVIDER_NEEDED: {
    status: 200,
    fault: 'CALLER',
    en: 'Only the provider of {agreement}, {provider}, may take this step; ask it.',
    vi: 'Chỉ bên cung cấp của {agreement} là {provider} được làm bước này; hãy đề nghị bên đó.',
  },
  STEWARD_NEEDED: {
    status: 200,
    fault: 'CALLER',
    en: 'A grant of the kind {kind} is drafted and proposed by the steward; ask it.',
    vi: 'Quyền loại {kind} do đơn vị điều phối soạn và đề xuất; hãy đề nghị đơn vị điều phối.',
  },
  SECOND_PERSON_NEEDED: {
    status: 200,
    fault: 'CALLER',
    en: 'A second person has to take this step on {value}; you took the one before.',
    vi: 'Bước này đối với {value} cần người thứ hai; bạn đã làm bước trước đó.',
  },
  KIND_NOT_FOR_PARTIES: {
    status: 200,
    fault: 'CALLER',
    en: 'The kind {kind} does not fit these two agencies: only STATUTORY may be its own consumer, only the press is accredited.',
    vi: 'Loại {kind} không phù hợp với hai cơ quan này: chỉ loại STATUTORY được trùng bên nhận, chỉ báo chí được công nhận.',
  },
  AGENCY_NOT_REGISTERED: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no registered agency {agency}; ask the steward for its code.',
    vi: 'Không có cơ quan {agency} trong danh sách đăng ký; hãy hỏi đơn vị điều phối mã của cơ quan.',
  },
  AGENCY_NOT_ACTIVE: {
    status: 200,
    fault: 'CALLER',
    en: 'The agency {agency} is not active, so nothing can be agreed with it; ask the steward.',
    vi: 'Cơ quan {agency} không hoạt động nên chưa thể thỏa thuận; hãy hỏi đơn vị điều phối.',
  },
  TOPIC_NOT_FOR_ROLE: {
    status: 200,
    fault: 'CALLER',
    en: 'The topic {topic} is not for agencies of the role {role}; leave it out.',
    vi: 'Chủ đề {topic} không dành cho cơ quan có vai trò {role}; hãy bỏ chủ đề này.',
  },
  REACH_NOT_FOR_ROLE: {
    status: 200,
    fault: 'CALLER',
    en: 'The reach {reach} of {topic} is too deep for the role {role}; at most {deepest}.',
    vi: 'Mức {reach} của {topic} quá sâu đối với vai trò {role}; tối đa là {deepest}.',
  },
  REACH_NOT_FOR_PURPOSE: {
    status: 200,
    fault: 'CALLER',
    en: 'The purposes open {topic} as {deepest} at most, not as {reach}; lower it or name another purpose.',
    vi: 'Các mục đích chỉ mở {topic} tối đa ở mức {deepest}, không phải {reach}; hãy hạ mức hoặc nêu mục đích khác.',
  },
  PURPOSE_NOT_FOR_ROLE: {
    status: 200,
    fault: 'CALLER',
    en: 'The purpose {purpose} is not for agencies of the role {role}; `purposes { code roles }` shows whose it is.',
    vi: 'Mục đích {purpose} không dành cho cơ quan có vai trò {role}; `purposes { code roles }` cho xem vai trò được dùng.',
  },
  PURPOSE_NOT_FOR_TOPIC: {
    status: 200,
    fault: 'CALLER',
    en: 'The purpose {purpose} does not open {topic}; `purposes { code topics { topic reach } }` shows what it opens.',
    vi: 'Mục đích {purpose} không mở {topic}; `purposes { code topics { topic reach } }` cho xem các chủ đề được mở.',
  },
  TERRITORY_OUTSIDE: {
    status: 200,
    fault: 'CALLER',
    en: 'The area {area} lies outside what {provider} holds itself of {topic}; name areas inside it.',
    vi: 'Địa bàn {area} nằm ngoài phạm vi {topic} của chính {provider}; hãy nêu địa bàn bên trong.',
  },
  DATES_REVERSED: {
    status: 200,
    fault: 'CALLER',
    en: 'It would end on {to}, before it begins on {from}; change one of the days.',
    vi: 'Ngày kết thúc {to} sớm hơn ngày bắt đầu {from}; hãy sửa một trong hai ngày.',
  },
  DATES_PAST: {
    status: 200,
    fault: 'CALLER',
    en: 'It would have ended on {day} already; name a later day.',
    vi: 'Ngày kết thúc {day} đã qua; hãy nêu ngày muộn hơn.',
  },
  CODE_TAKEN: {
    status: 200,
    fault: 'CALLER',
    en: 'The code {value} is in use; choose another.',
    vi: 'Mã {value} đã được dùng; hãy chọn mã khác.',
  },
  CODE_MALFORMED: {
    status: 200,
    fault: 'CALLER',
    en: 'The code {value} is not one; write 3 to 80 small letters, digits and hyphens, beginning with a letter.',
    vi: 'Mã {value} không hợp lệ; hãy viết 3 đến 80 chữ thường, chữ số và dấu gạch nối, bắt đầu bằng chữ cái.',
  },
  ADDRESS_NOT_TAKEN: {
    status: 200,
    fault: 'CALLER',
    en: 'Keys are not read from {address}; name an https: address, or a file: address on the gateway.',
    vi: 'Không đọc khóa từ {address}; hãy nêu địa chỉ https: hoặc địa chỉ file: trên cổng.',
  },
  FIELD_EMPTY: {
    status: 200,
    fault: 'CALLER',
    en: 'Fill {field}; it may not be empty.',
    vi: 'Hãy điền {field}; không được để trống.',
  },
  TEXT_TOO_LONG: {
    status: 200,
    fault: 'CALLER',
    en: 'The text of {field} is longer than {max} characters; shorten it.',
    vi: 'Nội dung {field} dài quá {max} ký tự; hãy rút ngắn.',
  },
  NUMBER_OUT_OF_BOUNDS: {
    status: 200,
    fault: 'CALLER',
    en: 'The number of {field} lies between {min} and {max}; it was {value}.',
    vi: 'Giá trị {field} phải từ {min} đến {max}; giá trị đã gửi là {value}.',
  },
  VALUE_TWICE: {
    status: 200,
    fault: 'CALLER',
    en: 'The list {field} names {value} twice; name it once.',
    vi: 'Danh sách {field} nêu {value} hai lần; chỉ nêu một lần.',
  },
  REGISTRATION_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'The register has no entry {value} of this kind; look it up in `agencies`, `applications` or `issuers`.',
    vi: 'Danh sách đăng ký không có mục {value} thuộc loại này; hãy tra `agencies`, `applications` hoặc `issuers`.',
  },
  REGISTRATION_WRONG_STATE: {
    status: 200,
    fault: 'CALLER',
    en: 'The entry {value} is {state}, so this step is not open.',
    vi: 'Mục {value} đang ở trạng thái {state} nên không làm được bước này.',
  },
  REGISTRATION_OWN: {
    status: 200,
    fault: 'CALLER',
    en: 'An agency does not take this step on its own registration {value}; another steward does.',
    vi: 'Cơ quan không tự làm bước này với đăng ký {value} của mình; hãy nhờ đơn vị điều phối khác.',
  },
  GRANTS_CHANGED: {
    status: 403,
    fault: 'AGENCY',
    en: 'The grants of your agency were narrowed while the answer was made; ask again.',
    vi: 'Quyền của cơ quan đã bị thu hẹp trong khi chuẩn bị câu trả lời; hãy hỏi lại.',
  },
  FORBIDDEN: {
    status: 403,
    fault: 'CALLER',
    en: 'Your role may not ask this.',
    vi: 'Vai trò của bạn không được hỏi nội dung này.',
  },
  AREA_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no area {area}; `areas(where: {search: "..."})` finds codes and vintages.',
    vi: 'Không có địa bàn {area}; `areas(where: {search: "..."})` giúp tìm mã và phiên bản.',
  },
  AREA_AMBIGUOUS: {
    status: 200,
    fault: 'CALLER',
    en: 'The code {code} names several areas; add the vintage: {choices}.',
    vi: 'Mã {code} chỉ nhiều địa bàn; hãy thêm phiên bản: {choices}.',
  },
  AREA_NOT_PROVINCE: {
    status: 200,
    fault: 'CALLER',
    en: 'Name a province or a city in `{field}`: {area} is neither. Where there is an `area` beside `within`, ask for it with that.',
    vi: 'Hãy nêu tỉnh hoặc thành phố trong `{field}`: {area} không phải. Nếu bên cạnh `within` có `area`, hãy hỏi bằng `area`.',
  },
  OFFICE_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no office {office}; `area(key: ...) { offices { code } }` shows those of an area.',
    vi: 'Không có cơ quan {office}; `area(key: ...) { offices { code } }` cho xem cơ quan của một địa bàn.',
  },
  PERIOD_MALFORMED: {
    status: 200,
    fault: 'CALLER',
    en: 'The period {period} is not one that is taken here ({kinds}); write it as {example}.',
    vi: 'Kỳ {period} không thuộc loại được nhận ở đây ({kinds}); hãy viết như {example}.',
  },
  AS_OF_IN_FUTURE: {
    status: 200,
    fault: 'CALLER',
    en: 'The instant {asOf} lies ahead; leave {field} out, or name one up to now.',
    vi: 'Thời điểm {asOf} ở tương lai; hãy bỏ {field} hoặc nêu thời điểm không muộn hơn hiện tại.',
  },
  AS_OF_WITH_HISTORY: {
    status: 200,
    fault: 'CALLER',
    en: 'Say asOf for the versions of one instant, or includeHistory for all; not both.',
    vi: 'Hãy dùng asOf cho các phiên bản tại một thời điểm, hoặc includeHistory cho tất cả; không dùng cả hai.',
  },
  SERIES_TOO_MANY: {
    status: 200,
    fault: 'CALLER',
    en: 'There are {count} series; ask for {max} with first, or for one scheme, group or indicator.',
    vi: 'Có {count} chuỗi số liệu; hãy hỏi với first là {max}, hoặc chọn một chế độ, nhóm hay chỉ tiêu.',
  },
  SERIES_TOO_LONG: {
    status: 200,
    fault: 'CALLER',
    en: 'The series hold more than {max} figures; ask for a shorter time with from and to, or for one scheme or group.',
    vi: 'Các chuỗi có hơn {max} số liệu; hãy chọn khoảng thời gian ngắn hơn với from và to, hoặc một chế độ hay nhóm.',
  },
  DAY_OUT_OF_RANGE: {
    status: 200,
    fault: 'CALLER',
    en: 'The day {day} is out of range; give one from {min} to {max}.',
    vi: 'Ngày {day} nằm ngoài phạm vi; hãy chọn từ {min} đến {max}.',
  },
  DAY_NOT_IDENTIFIED: {
    status: 200,
    fault: 'CALLER',
    en: 'Debt was not identified there on {day}; leave asOf out, or give a day that has been, the newest being {days}.',
    vi: 'Nơi đó chưa xác định nợ vào ngày {day}; hãy bỏ asOf hoặc chọn ngày đã xác định, gần nhất là {days}.',
  },
  SINCE_OUT_OF_RANGE: {
    status: 200,
    fault: 'CALLER',
    en: 'Changes since {since} cannot be told; give an instant from {min}, since when they are kept, to {max}.',
    vi: 'Không thể báo thay đổi kể từ {since}; hãy chọn thời điểm từ {min}, khi bắt đầu lưu thay đổi, đến {max}.',
  },
  SPAN_NOT_MONTHS: {
    status: 200,
    fault: 'CALLER',
    en: 'The span from {from} to {to} does not hold; let it begin and end with a month, in this order, and be at most {max} months long.',
    vi: 'Khoảng thời gian từ {from} đến {to} không hợp lệ; hãy bắt đầu và kết thúc trọn tháng, đúng thứ tự, dài không quá {max} tháng.',
  },
  DATE_MALFORMED: {
    status: 200,
    fault: 'CALLER',
    en: 'The date {date} is not one; write it as 2025-07-01.',
    vi: 'Ngày {date} không hợp lệ; hãy viết như 2025-07-01.',
  },
  CODE_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'The list {list} has no code {code}; `codeList(id: "{list}")` shows its codes.',
    vi: 'Danh mục {list} không có mã {code}; `codeList(id: "{list}")` cho xem các mã.',
  },
  CURSOR_INVALID: {
    status: 200,
    fault: 'CALLER',
    en: 'The cursor does not belong to this list in this order; start again without `after`.',
    vi: 'Con trỏ không thuộc danh sách này theo thứ tự này; hãy bắt đầu lại không có `after`.',
  },
  RESYNC_REQUIRED: {
    status: 200,
    fault: 'CALLER',
    en: 'What you may read, what you ask for or what is kept is no longer as it was when this cursor was given; begin again without it, and a replica from empty.',
    vi: 'Phạm vi được đọc, nội dung được hỏi hoặc dữ liệu còn lưu không còn như khi cấp con trỏ này; hãy bắt đầu lại không có con trỏ, và xóa bản sao nếu có.',
  },
  FIRST_OUT_OF_BOUNDS: {
    status: 200,
    fault: 'CALLER',
    en: 'Ask for between 1 and {max} rows with `first`; it was {first}.',
    vi: 'Hãy đặt `first` từ 1 đến {max}; giá trị đã gửi là {first}.',
  },
  ID_MALFORMED: {
    status: 200,
    fault: 'CALLER',
    en: 'The id is not one that this gateway gave out; copy the `id` of an earlier answer.',
    vi: 'Định danh không do cổng này cấp; hãy sao chép `id` từ câu trả lời trước.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    fault: 'CALLER',
    en: 'The request is larger than {max} bytes; send a shorter document or fewer variables.',
    vi: 'Yêu cầu lớn hơn {max} byte; hãy gửi tài liệu ngắn hơn hoặc ít biến hơn.',
  },
  BODY_MALFORMED: {
    status: 400,
    fault: 'CALLER',
    en: 'The request is no GraphQL request; send JSON with `query` and, if needed, `variables`.',
    vi: 'Yêu cầu không phải yêu cầu GraphQL; hãy gửi JSON có `query` và, nếu cần, `variables`.',
  },
  BATCHING_OFF: {
    status: 400,
    fault: 'CALLER',
    en: 'Send one operation a request; lists of operations are not taken.',
    vi: 'Hãy gửi mỗi yêu cầu một thao tác; không nhận danh sách thao tác.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    fault: 'CALLER',
    en: 'Use POST for operations, or GET with `query` in the address for queries.',
    vi: 'Hãy dùng POST cho thao tác, hoặc GET với `query` trong địa chỉ cho truy vấn.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    fault: 'CALLER',
    en: 'Send the body as application/json.',
    vi: 'Hãy gửi nội dung dạng application/json.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    fault: 'CALLER',
    en: 'Accept application/graphql-response+json or application/json.',
    vi: 'Hãy chấp nhận application/graphql-response+json hoặc application/json.',
  },
  NOT_FOUND: {
    status: 404,
    fault: 'CALLER',
    en: 'There is nothing at this address; operations go to /graphql.',
    vi: 'Không có gì ở địa chỉ này; thao tác được gửi tới /graphql.',
  },
  DOCUMENT_MALFORMED: {
    status: 400,
    fault: 'CALLER',
    en: 'The document is not GraphQL: {detail}',
    vi: 'Tài liệu không phải GraphQL: {detail}',
  },
  DOCUMENT_INVALID: {
    status: 400,
    fault: 'CALLER',
    en: 'The document does not fit the schema of your role: {detail}',
    vi: 'Tài liệu không khớp với lược đồ của vai trò: {detail}',
  },
  VARIABLES_INVALID: {
    status: 400,
    fault: 'CALLER',
    en: 'The variables do not fit the operation: {detail}',
    vi: 'Các biến không khớp với thao tác: {detail}',
  },
  OPERATION_UNKNOWN: {
    status: 400,
    fault: 'CALLER',
    en: 'The document has several operations or none of that name; name one in `operationName`.',
    vi: 'Tài liệu có nhiều thao tác hoặc không có thao tác tên đó; hãy nêu tên trong `operationName`.',
  },
  DOCUMENT_TOO_LONG: {
    status: 400,
    fault: 'CALLER',
    en: 'The document has more than {max} tokens; split it into several requests.',
    vi: 'Tài liệu có hơn {max} từ tố; hãy chia thành nhiều yêu cầu.',
  },
  DOCUMENT_TOO_DEEP: {
    status: 400,
    fault: 'CALLER',
    en: 'The document nests deeper than {max} levels; ask in several requests.',
    vi: 'Tài liệu lồng sâu hơn {max} tầng; hãy hỏi bằng nhiều yêu cầu.',
  },
  TOO_MANY_ALIASES: {
    status: 400,
    fault: 'CALLER',
    en: 'The document has more than {max} aliases; ask in several requests.',
    vi: 'Tài liệu có hơn {max} bí danh; hãy hỏi bằng nhiều yêu cầu.',
  },
  TOO_MANY_DIRECTIVES: {
    status: 400,
    fault: 'CALLER',
    en: 'The document has more than {max} directives; leave some out.',
    vi: 'Tài liệu có hơn {max} chỉ thị; hãy bỏ bớt.',
  },
  TOO_MANY_ROOT_FIELDS: {
    status: 400,
    fault: 'CALLER',
    en: 'The operation asks more than {max} root fields; ask in several requests.',
    vi: 'Thao tác hỏi hơn {max} trường gốc; hãy hỏi bằng nhiều yêu cầu.',
  },
  MUTATION_NOT_ALONE: {
    status: 400,
    fault: 'CALLER',
    en: 'Ask for one change a request, so that it is made and recorded whole or not at all.',
    vi: 'Mỗi yêu cầu chỉ nêu một thay đổi, để thay đổi được thực hiện và ghi lại trọn vẹn hoặc không có gì.',
  },
  TOO_MANY_ROWS: {
    status: 400,
    fault: 'CALLER',
    en: 'The operation could return {rows} rows, more than {max}; lower `first` of the nested lists.',
    vi: 'Thao tác có thể trả về {rows} dòng, vượt {max}; hãy giảm `first` của các danh sách lồng nhau.',
  },
  TERRITORY_NOT_OWN: {
    status: 200,
    fault: 'CALLER',
    en: 'The area in {field} lies outside the territory in which your agency may do this.',
    vi: 'Khu vực trong {field} nằm ngoài địa bàn mà cơ quan được thực hiện việc này.',
  },
  OFFICE_NOT_BELOW: {
    status: 200,
    fault: 'CALLER',
    en: 'What the office in {field} is to collect is assigned by the agency above it: of a grassroots office by its province, of a province by the national agency.',
    vi: 'Dự toán thu của cơ quan trong {field} do cơ quan cấp trên giao: cấp tỉnh giao cho cơ sở, cấp trung ương giao cho tỉnh.',
  },
  ESTIMATE_EXISTS: {
    status: 200,
    fault: 'CALLER',
    en: 'An estimate is in force for this office, period, measure and fund, {estimate}; change it by correctCollectionEstimate.',
    vi: 'Đã có dự toán đang áp dụng cho cơ quan, kỳ, chỉ tiêu và quỹ này, {estimate}; hãy sửa bằng correctCollectionEstimate.',
  },
  ESTIMATE_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no estimate "{estimate}" in your territory; `collectionEstimates` lists those that you see.',
    vi: 'Không có dự toán "{estimate}" trong địa bàn của bạn; `collectionEstimates` liệt kê các dự toán bạn thấy.',
  },
  ESTIMATE_NOT_OWN: {
    status: 200,
    fault: 'CALLER',
    en: 'The estimate {estimate} was assigned by {agency}; that agency or the national one changes it.',
    vi: 'Chỉ tiêu {estimate} do {agency} giao; cơ quan đó hoặc cơ quan trung ương mới được thay đổi.',
  },
  ESTIMATE_OUTDATED: {
    status: 200,
    fault: 'CALLER',
    en: 'The estimate {estimate} was corrected or taken back; go on with the version in force: collectionEstimates(where: {current: true}).',
    vi: 'Dự toán {estimate} đã được sửa hoặc thu hồi; hãy dùng phiên bản đang áp dụng: collectionEstimates(where: {current: true}).',
  },
  COLLECTION_PERIODS_INVALID: {
    status: 200,
    fault: 'CALLER',
    en: 'In {field}, name years, quarters or months of one kind, in their order, at most {max} of them, and none that has not begun.',
    vi: 'Tại {field}, hãy nêu các năm, quý hoặc tháng cùng loại, theo thứ tự, tối đa {max} kỳ và không nêu kỳ chưa bắt đầu.',
  },
  COLLECTION_TOO_LARGE: {
    status: 200,
    fault: 'CALLER',
    en: 'This would be {rows} rows, more than {max}; ask for one office, one province or fewer periods.',
    vi: 'Kết quả sẽ có {rows} dòng, vượt {max}; hãy hỏi một cơ quan, một tỉnh hoặc ít kỳ hơn.',
  },
  DATAFLOW_NOT_RELEASABLE: {
    status: 200,
    fault: 'CALLER',
    en: 'No release can be made of the dataflow "{dataflow}"; choose one of: {choices}.',
    vi: 'Không thể công bố luồng dữ liệu "{dataflow}"; hãy chọn một trong: {choices}.',
  },
  PERIOD_NOT_RELEASABLE: {
    status: 200,
    fault: 'CALLER',
    en: 'A release holds the ends of whole months, of debts the end of a quarter; {period} has none: write a month, a quarter or a year, such as 2026-Q2.',
    vi: 'Một kỳ công bố gồm các ngày cuối tháng, với nợ đóng là ngày cuối quý; {period} không có ngày nào như vậy: hãy ghi tháng, quý hoặc năm, ví dụ 2026-Q2.',
  },
  EMPLOYER_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no employer "{employer}" about which you may record this; `employers` lists those that you see.',
    vi: 'Không có đơn vị "{employer}" mà bạn được ghi nhận việc này; `employers` liệt kê các đơn vị bạn thấy.',
  },
  EMPLOYER_NOT_FOUND: {
    status: 200,
    fault: 'CALLER',
    en: 'No employer of this number and this name is registered in your territory; compare both with a member’s insurance book.',
    vi: 'Không có đơn vị nào mang mã số và tên này đăng ký trong địa bàn của bạn; hãy đối chiếu cả hai với sổ bảo hiểm của đoàn viên.',
  },
  EVENT_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no event "{event}" with which you may do this; `debtEvents` lists those that you see.',
    vi: 'Không có sự kiện "{event}" mà bạn được thực hiện bước này; `debtEvents` liệt kê các sự kiện bạn thấy.',
  },
  EVENT_NOT_OWN: {
    status: 200,
    fault: 'CALLER',
    en: 'The event {event} is what {agency} did; only that agency may change it.',
    vi: 'Sự kiện {event} do {agency} thực hiện; chỉ cơ quan đó được thay đổi.',
  },
  EVENT_WRONG_STAGE: {
    status: 200,
    fault: 'CALLER',
    en: 'The event {event} is {stage}, which this step does not take; look at its `stage`.',
    vi: 'Sự kiện {event} đang ở trạng thái {stage}, không qua được bước này; hãy xem `stage` của nó.',
  },
  EVENT_EXISTS: {
    status: 200,
    fault: 'CALLER',
    en: 'Your agency has recorded this already, as {event}; carry that out, correct it or revoke it.',
    vi: 'Cơ quan của bạn đã ghi nhận việc này là {event}; hãy thực hiện tiếp, sửa hoặc hủy nó.',
  },
  EVENT_DAY_INVALID: {
    status: 200,
    fault: 'CALLER',
    en: 'In {field}: {day} is not possible; choose a day from {min} to {max}.',
    vi: 'Tại {field}: không thể là ngày {day}; hãy chọn ngày từ {min} đến {max}.',
  },
  EVENT_MONTH_TO_COME: {
    status: 200,
    fault: 'CALLER',
    en: 'In {field}: {month} had not begun when the reminder was sent; name months that are due.',
    vi: 'Tại {field}: tháng {month} chưa bắt đầu khi gửi văn bản đôn đốc; hãy nêu các tháng đã đến hạn.',
  },
  MONTH_MALFORMED: {
    status: 200,
    fault: 'CALLER',
    en: 'In {field}: {value} is no month; write it as 2025-08.',
    vi: 'Tại {field}: {value} không phải là tháng; hãy viết như 2025-08.',
  },
  CAUSE_NOT_OF_KIND: {
    status: 200,
    fault: 'CALLER',
    en: 'In {field}: {cause} is no cause of this kind of event; `codeList(id: "DEBT_EVENT_CAUSE")` shows them all.',
    vi: 'Tại {field}: {cause} không phải nguyên nhân của loại sự kiện này; `codeList(id: "DEBT_EVENT_CAUSE")` cho xem tất cả.',
  },
  EVENT_NOT_SAME: {
    status: 200,
    fault: 'CALLER',
    en: 'A correction of {event} keeps its kind and its employer and carries out no plan; revoke it and record another.',
    vi: 'Bản sửa của {event} phải giữ nguyên loại và đơn vị, không kèm kế hoạch; hãy hủy nó và ghi nhận sự kiện khác.',
  },
  EVENT_UNCHANGED: {
    status: 200,
    fault: 'CALLER',
    en: 'The event {event} says so already; nothing was changed.',
    vi: 'Sự kiện {event} đã ghi như vậy; không có gì thay đổi.',
  },
  EVENT_CONFIRMED: {
    status: 200,
    fault: 'CALLER',
    en: 'The event {event} is confirmed already.',
    vi: 'Sự kiện {event} đã được xác nhận.',
  },
  EVENT_DEBT_REMAINS: {
    status: 200,
    fault: 'CALLER',
    en: 'On {day} the employer still owes {overdue} dong, or has not registered or declared as it must; a settlement says that nothing is left. Look at `Employer.assessment`.',
    vi: 'Ngày {day} đơn vị còn nợ {overdue} đồng, hoặc chưa đăng ký, kê khai đúng; tất toán nghĩa là không còn nợ. Hãy xem `Employer.assessment`.',
  },
  SUSPENSION_TOO_LONG: {
    status: 200,
    fault: 'CALLER',
    en: 'In {field}: a suspension is for {months} months at most, the first and the last counted.',
    vi: 'Tại {field}: tạm dừng nhiều nhất {months} tháng, kể cả tháng đầu và tháng cuối.',
  },
  PARTICIPANT_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'In {field}: {agency} is no other agency that deals with debt in this territory; leave it out.',
    vi: 'Tại {field}: {agency} không phải cơ quan khác có thẩm quyền về nợ ở địa bàn này; hãy bỏ ra.',
  },
  PARTICIPANT_NEEDED: {
    status: 200,
    fault: 'CALLER',
    en: 'A joint session is held by the insurance agency and the labour authority together; name the other one in {field}.',
    vi: 'Buổi làm việc liên ngành do cơ quan bảo hiểm và cơ quan lao động cùng tổ chức; hãy nêu bên kia trong {field}.',
  },
  CONFIRMATION_NOT_YOURS: {
    status: 200,
    fault: 'CALLER',
    en: 'The event {event} is confirmed by an insurance agency or labour authority that took part in it, not by who recorded it.',
    vi: 'Sự kiện {event} do cơ quan bảo hiểm hoặc cơ quan lao động tham gia xác nhận, không phải bên đã ghi nhận.',
  },
  PROMISE_MISSING: {
    status: 200,
    fault: 'CALLER',
    en: 'In {event} nothing was promised by a day.',
    vi: 'Trong {event} không có cam kết theo ngày.',
  },
  PROMISE_OPEN: {
    status: 200,
    fault: 'CALLER',
    en: 'What was promised in {event} is due on {day}; until that day it is only kept by payments received.',
    vi: 'Cam kết trong {event} đến hạn ngày {day}; trước ngày đó chỉ coi là giữ đúng khi đã nhận đủ tiền.',
  },
  PROMISE_NOT_PAID: {
    status: 200,
    fault: 'CALLER',
    en: 'By the day agreed in {event}, {paid} of {amount} dong were received; book the payments first, or record it as broken.',
    vi: 'Đến ngày cam kết trong {event} mới nhận {paid} trên {amount} đồng; hãy ghi nhận tiền nộp trước, hoặc ghi là không giữ đúng.',
  },
  PROMISE_PAID: {
    status: 200,
    fault: 'CALLER',
    en: 'By the day agreed in {event}, {paid} dong were received, and {amount} were promised; record it as kept.',
    vi: 'Đến ngày cam kết trong {event} đã nhận {paid} đồng, cam kết {amount} đồng; hãy ghi là giữ đúng.',
  },
  PRESENCE_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no claim "{presence}" with which you may do this; `unionPresences` lists those that you see.',
    vi: 'Không có khai báo "{presence}" mà bạn được thực hiện bước này; `unionPresences` liệt kê các khai báo bạn thấy.',
  },
  PRESENCE_EXISTS: {
    status: 200,
    fault: 'CALLER',
    en: 'Your claim {presence} is there already; it is open or confirmed.',
    vi: 'Khai báo {presence} của bạn đã có; đang chờ hoặc đã được xác nhận.',
  },
  PRESENCE_WRONG_STATE: {
    status: 200,
    fault: 'CALLER',
    en: 'The claim {presence} is past this step; look at its `state`.',
    vi: 'Khai báo {presence} đã qua bước này; hãy xem `state` của nó.',
  },
  PRESENCE_OF_PERSON: {
    status: 200,
    fault: 'CALLER',
    en: 'The employer of {presence} is a natural person, whose debt is opened to no union; refuse the claim.',
    vi: 'Đơn vị của {presence} là cá nhân, nợ của cá nhân không mở cho công đoàn; hãy từ chối khai báo.',
  },
  ROWS_REFUSED: {
    status: 200,
    fault: 'CALLER',
    en: 'Nothing was recorded, because {count} problem(s) were found in the rows; `extensions.problems` lists the first {listed}, each with its row (from 0), field, code and sentence.',
    vi: 'Chưa ghi gì, vì có {count} lỗi trong các dòng; `extensions.problems` liệt kê {listed} lỗi đầu tiên, mỗi lỗi kèm số dòng (từ 0), trường, mã và câu giải thích.',
  },
  ROWS_TOO_MANY: {
    status: 200,
    fault: 'CALLER',
    en: 'Send between 1 and {max} rows in {field}; there were {count}.',
    vi: 'Hãy gửi từ 1 đến {max} dòng trong {field}; đã gửi {count} dòng.',
  },
  KEY_NOT_ONE: {
    status: 200,
    fault: 'CALLER',
    en: 'Give exactly one of {choices}.',
    vi: 'Hãy nêu đúng một trong các trường: {choices}.',
  },
  NUMBER_MALFORMED: {
    status: 200,
    fault: 'CALLER',
    en: 'The number {value} in {field} is not one; write 1 to {max} letters without marks, digits or the signs - . _ /.',
    vi: 'Số hiệu {value} trong {field} không hợp lệ; hãy viết 1 đến {max} chữ không dấu, chữ số hoặc các dấu - . _ /.',
  },
  FACT_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'This employer has no such entry "{value}"; take its `code` from `employers`, or give your own `reference` for a new one that no other employer has.',
    vi: 'Đơn vị này không có mục "{value}"; hãy lấy `code` từ `employers`, hoặc nêu `reference` riêng cho mục mới mà đơn vị khác chưa dùng.',
  },
  MONTH_OUT_OF_RANGE: {
    status: 200,
    fault: 'CALLER',
    en: 'The month {month} does not hold; write one as 2025-08, from {min} to {max}: while the employer is liable, not before 1995 and not in the future.',
    vi: 'Tháng {month} không hợp lệ; hãy viết như 2025-08, từ {min} đến {max}: trong thời gian đơn vị có nghĩa vụ, không trước 1995 và không ở tương lai.',
  },
  BASE_NOT_BELOW: {
    status: 200,
    fault: 'CALLER',
    en: 'The registered base must be below the legal base; else nothing is declared too low.',
    vi: 'Mức đăng ký phải thấp hơn mức theo luật; nếu không thì không có kê khai thấp.',
  },
  SOURCE_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no source "{source}"; `sources` lists them.',
    vi: 'Không có nguồn "{source}"; `sources` liệt kê các nguồn.',
  },
  EMPLOYER_PLACE_FIXED: {
    status: 200,
    fault: 'CALLER',
    en: 'The employer {employer} is kept in another area, and what is told of it lies there; close it and record it anew under another unit code.',
    vi: 'Đơn vị {employer} được quản lý ở địa bàn khác cùng số liệu của nó; hãy đóng và ghi mới với mã đơn vị khác.',
  },
  OFFICE_NOT_SERVING: {
    status: 200,
    fault: 'CALLER',
    en: 'The office {office} does not serve the area of the employer; name one of those that `area(key: ...) { offices { code } }` shows for the area or its province, or the national one.',
    vi: 'Cơ quan {office} không phụ trách địa bàn của đơn vị; hãy nêu cơ quan mà `area(key: ...) { offices { code } }` cho xem của địa bàn hoặc tỉnh đó, hoặc cơ quan trung ương.',
  },
  UNIT_CODE_TAKEN: {
    status: 200,
    fault: 'CALLER',
    en: 'The number {value} is that of an employer which {agency} keeps in the same province; correct it, or ask that agency.',
    vi: 'Mã {value} là của một đơn vị do {agency} quản lý trong cùng tỉnh; hãy sửa lại hoặc hỏi cơ quan đó.',
  },
  DUE_ABOVE_BASE: {
    status: 200,
    fault: 'CALLER',
    en: 'The five funds together are due {due} dong, which is more than the salaries in {field}, {base}; correct one of them.',
    vi: 'Tổng phải nộp của năm quỹ là {due} đồng, lớn hơn tiền lương trong {field} là {base}; hãy sửa lại.',
  },
  EMPLOYER_HAS_MONTH_BEFORE: {
    status: 200,
    fault: 'CALLER',
    en: 'The employer {employer} has an obligation for {month}, so it was liable by then; give an earlier day in {field}.',
    vi: 'Đơn vị {employer} có khoản phải nộp của tháng {month} nên đã có nghĩa vụ từ đó; hãy nêu ngày sớm hơn trong {field}.',
  },
  LIST_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no statutory list "{list}" that you may change; `statutoryLists` lists those that you see.',
    vi: 'Không có danh sách "{list}" mà bạn được thay đổi; `statutoryLists` liệt kê các danh sách bạn thấy.',
  },
  LIST_WRONG_STATE: {
    status: 200,
    fault: 'CALLER',
    en: 'The statutory list {list} is past this step or not yet there; look at its `state`.',
    vi: 'Danh sách {list} đã qua bước này hoặc chưa đến bước này; hãy xem `state` của nó.',
  },
  LIST_EXISTS: {
    status: 200,
    fault: 'CALLER',
    en: 'There is a version of the list of {period} already, {list}; go on with it, or discard, correct or withdraw it.',
    vi: 'Đã có một phiên bản của danh sách {period}, {list}; hãy tiếp tục với nó, hoặc hủy, đính chính hay thu hồi nó.',
  },
  LIST_DATES_INVALID: {
    status: 200,
    fault: 'CALLER',
    en: 'Correct {field}: a list is of a quarter, such as 2026-Q1, its debt is counted on a day of the quarter, and payments from that day until today at most.',
    vi: 'Hãy sửa {field}: danh sách theo quý, ví dụ 2026-Q1, nợ được tính vào một ngày trong quý, và tiền nộp được tính từ ngày đó đến muộn nhất là hôm nay.',
  },
  LIST_POSITIONS_MISSING: {
    status: 200,
    fault: 'CALLER',
    en: 'There are no debt positions of {day} in this area; identify the debt of the day first (`identifyDebt`), or choose a day that has them (`debtPositions`).',
    vi: 'Không có số liệu nợ ngày {day} của khu vực này; hãy xác định nợ của ngày đó (`identifyDebt`) hoặc chọn ngày có số liệu (`debtPositions`).',
  },
  IDENTIFICATION_BUSY: {
    status: 200,
    fault: 'CALLER',
    en: 'The debt of {area} is being identified already (as of {day}); try again when that has ended (`debtIdentifications`).',
    vi: 'Việc xác định nợ của {area} đang được thực hiện (tính đến ngày {day}); hãy thử lại khi việc đó kết thúc (`debtIdentifications`).',
  },
  LIST_ENTRY_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'The list does not name the unit {value}; correct {field}.',
    vi: 'Danh sách không nêu đơn vị {value}; hãy sửa {field}.',
  },
  LIST_ENTRY_NOT_DUE: {
    status: 200,
    fault: 'CALLER',
    en: 'The unit {value} may not be listed as it was drawn up: its position of the day says otherwise. Identify the debt of the day again (`identifyDebt`), then draw the list up.',
    vi: 'Không được nêu đơn vị {value} như đã lập: số liệu nợ ngày đó không khớp. Hãy xác định lại nợ của ngày đó (`identifyDebt`) rồi lập danh sách.',
  },
  LIST_UNCHANGED: {
    status: 200,
    fault: 'CALLER',
    en: 'The correction of {list} would change nothing; what is known today gives the same list.',
    vi: 'Đính chính {list} không thay đổi gì; số liệu hiện nay vẫn cho cùng danh sách.',
  },
  LIST_OUTDATED: {
    status: 200,
    fault: 'CALLER',
    en: 'By what is known today, {count} entries of {list} are no longer right, such as of employers that had paid before the cut-off. Discard or withdraw it and draw it up again.',
    vi: 'Theo số liệu hiện nay, {count} dòng của {list} không còn đúng, ví dụ đơn vị đã nộp trước ngày chốt. Hãy hủy hoặc thu hồi và lập lại.',
  },
  LIST_PARAMETER_MISSING: {
    status: 200,
    fault: 'CALLER',
    en: 'No row of LIST_MONTHS_LATE_MIN is set and in force on {day}; choose a later day of the debt, or let the operator set it.',
    vi: 'Không có dòng LIST_MONTHS_LATE_MIN nào được ấn định và có hiệu lực ngày {day}; hãy chọn ngày chốt nợ muộn hơn hoặc để đơn vị vận hành ấn định.',
  },
  LIST_CORRECTION_AT_ONCE: {
    status: 200,
    fault: 'CALLER',
    en: 'A correction is public at once; leave {field} out.',
    vi: 'Bản đính chính được công khai ngay; hãy bỏ {field}.',
  },
  RELEASE_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no release "{release}" that you may change; `releases` lists those that you see.',
    vi: 'Không có đợt công bố "{release}" mà bạn được thay đổi; `releases` liệt kê các đợt bạn thấy.',
  },
  RELEASE_WRONG_STATE: {
    status: 200,
    fault: 'CALLER',
    en: 'The release {release} is past this step; look at its `state`.',
    vi: 'Đợt công bố {release} đã qua bước này; hãy xem `state` của nó.',
  },
  RELEASE_NOT_PROTECTED: {
    status: 200,
    fault: 'CALLER',
    en: 'Protect the release {release} first (`protectRelease`).',
    vi: 'Hãy bảo vệ đợt công bố {release} trước (`protectRelease`).',
  },
  RELEASE_NOT_SCHEDULED: {
    status: 200,
    fault: 'CALLER',
    en: 'Announce an instant for the release {release} first (`scheduleRelease`), or let its provider mark it exceptional.',
    vi: 'Hãy ấn định thời điểm cho đợt công bố {release} trước (`scheduleRelease`), hoặc để bên cung cấp đánh dấu là bất thường.',
  },
  EMBARGO_IN_PAST: {
    status: 200,
    fault: 'CALLER',
    en: 'The instant in {field} has passed; name one that lies ahead.',
    vi: 'Thời điểm trong {field} đã qua; hãy nêu thời điểm ở phía trước.',
  },
  FAMILY_BUSY: {
    status: 200,
    fault: 'CALLER',
    en: 'A release of the same family is being protected or published; try again when its job has ended.',
    vi: 'Một đợt công bố cùng nhóm đang được bảo vệ hoặc công bố; hãy thử lại khi việc đó xong.',
  },
  JOB_LOST: {
    status: 500,
    fault: 'GATEWAY',
    en: 'The gateway that did the work has ended; start it again.',
    vi: 'Cổng thực hiện công việc đã dừng; hãy bắt đầu lại.',
  },
  RULE_OUT_OF_BOUNDS: {
    status: 200,
    fault: 'CALLER',
    en: 'The rule {field} must lie within {bounds}.',
    vi: 'Quy tắc {field} phải nằm trong khoảng {bounds}.',
  },
  RELEASE_LISTS_MISSING: {
    status: 200,
    fault: 'CALLER',
    en: 'The release {release} waits for the statutory lists of its quarter: {count} provinces or cities have none that is approved and stands. Approve them first (`approveStatutoryList`), an empty one too. {cells}',
    vi: 'Đợt công bố {release} phải chờ danh sách theo luật của quý: {count} tỉnh, thành phố chưa có danh sách được duyệt và còn hiệu lực. Hãy duyệt trước (`approveStatutoryList`), kể cả danh sách trống. {cells}',
  },
  RELEASE_KNOWLEDGE_CHANGED: {
    status: 200,
    fault: 'CALLER',
    en: 'Since the release {release} was protected, a statutory list, a presence of a union or a position of the day has changed; let its provider protect it again (`protectRelease`).',
    vi: 'Từ khi đợt công bố {release} được bảo vệ, danh sách theo luật, sự hiện diện của công đoàn hoặc số liệu nợ của ngày đó đã thay đổi; hãy để bên cung cấp bảo vệ lại (`protectRelease`).',
  },
  BREAKDOWN_NOT_RELEASABLE: {
    status: 200,
    fault: 'CALLER',
    en: 'The table is not released by {breakdown}. Leave it out, or choose one of {choice} for contribution debt of one province.',
    vi: 'Bảng không được công bố theo {breakdown}. Hãy bỏ trống, hoặc chọn một trong {choice} cho nợ đóng của một tỉnh.',
  },
  BREAKDOWN_TAKEN: {
    status: 200,
    fault: 'AGENCY',
    en: 'Contribution debt of this province and quarter is released by {breakdown}, and by nothing else beside it. Draft it by {breakdown}.',
    vi: 'Nợ đóng của tỉnh và quý này được công bố theo {breakdown} và không theo tiêu chí nào khác. Hãy soạn theo {breakdown}.',
  },
  RELEASE_CELLS_MISSING: {
    status: 200,
    fault: 'AGENCY',
    en: 'The table lacks {count} cells, among them: {cells}. Complete the data first.',
    vi: 'Bảng còn thiếu {count} ô, trong đó có: {cells}. Hãy bổ sung dữ liệu trước.',
  },
  RELEASE_CELLS_PUBLIC: {
    status: 200,
    fault: 'AGENCY',
    en: 'Cells that must be protected are public already, so that nothing can hide them: {cells}.',
    vi: 'Có ô phải bảo vệ nhưng đã công khai nên không thể che: {cells}.',
  },
  RELEASE_NOT_PROTECTABLE: {
    status: 200,
    fault: 'AGENCY',
    en: 'No suppression protects these cells, because too much around them is public already: {cells}.',
    vi: 'Không cách che nào bảo vệ được các ô này vì xung quanh đã công khai quá nhiều: {cells}.',
  },
  RELEASE_UNSAFE: {
    status: 200,
    fault: 'AGENCY',
    en: 'The attack on the release comes too close to {count} suppressed cells; let its provider protect it again. {cells}',
    vi: 'Phép tấn công thử tiến quá gần {count} ô bị che; hãy để bên cung cấp bảo vệ lại. {cells}',
  },
  RELEASE_AMOUNT_NEGATIVE: {
    status: 200,
    fault: 'AGENCY',
    en: 'Rules of concentration hold for amounts from 0 on; these are negative: {cells}.',
    vi: 'Quy tắc tập trung chỉ áp dụng cho số tiền từ 0; các ô sau là số âm: {cells}.',
  },
  RELEASE_AMOUNT_TOO_LARGE: {
    status: 200,
    fault: 'AGENCY',
    en: 'These values are beyond what can be protected exactly (10^15): {cells}.',
    vi: 'Các giá trị này vượt mức có thể bảo vệ chính xác (10^15): {cells}.',
  },
  RELEASE_SUMS_DIFFER: {
    status: 200,
    fault: 'AGENCY',
    en: 'Totals and parts of the table do not agree: {cells}. Mend the data first.',
    vi: 'Tổng và các phần của bảng không khớp: {cells}. Hãy sửa dữ liệu trước.',
  },
  RECORD_UNREADABLE: {
    status: 200,
    fault: 'GATEWAY',
    en: 'The bytes stored for the access record {record} are no record; somebody changed them. Verify the log (`lienthong audit verify`).',
    vi: 'Dữ liệu lưu của bản ghi truy cập {record} không phải bản ghi; đã có người sửa. Hãy kiểm tra nhật ký (`lienthong audit verify`).',
  },
  RECORD_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'The access log has no record {record}; `accessRecords` lists them.',
    vi: 'Nhật ký truy cập không có bản ghi {record}; `accessRecords` liệt kê các bản ghi.',
  },
  TOO_MANY_GROUPS: {
    status: 200,
    fault: 'CALLER',
    en: 'The answer would have more than {max} rows; shorten the period, narrow the filter, or ask by less.',
    vi: 'Câu trả lời sẽ có hơn {max} dòng; hãy rút ngắn thời gian, thu hẹp bộ lọc hoặc nhóm ít chiều hơn.',
  },
  SPAN_TOO_LONG: {
    status: 200,
    fault: 'CALLER',
    en: 'The period has {days} days; ask for at most {max} at once.',
    vi: 'Khoảng thời gian dài {days} ngày; hãy hỏi tối đa {max} ngày một lần.',
  },
  FINDING_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no finding {finding} of yours; `findings { nodes { code } }` lists them.',
    vi: 'Không có phát hiện {finding} của bạn; `findings { nodes { code } }` liệt kê các phát hiện.',
  },
  FINDING_WRONG_STATE: {
    status: 200,
    fault: 'CALLER',
    en: 'The finding {finding} is {state}, so this step is not open.',
    vi: 'Phát hiện {finding} đang ở trạng thái {state} nên không làm được bước này.',
  },
  FINDING_STEP_OF_OTHERS: {
    status: 200,
    fault: 'CALLER',
    en: 'This step on the finding {finding} is for {agency} to take.',
    vi: 'Bước này đối với phát hiện {finding} thuộc về {agency}.',
  },
  FINDING_UNANSWERED: {
    status: 200,
    fault: 'CALLER',
    en: 'The finding {finding} has no reply yet; without one it may be closed from {day} on, {days} days after it was opened.',
    vi: 'Phát hiện {finding} chưa có trả lời; nếu không có, chỉ được đóng từ ngày {day}, tức {days} ngày sau khi mở.',
  },
  PRE_RELEASE_WRONG_STATE: {
    status: 200,
    fault: 'CALLER',
    en: 'The pre-release access {access} is past this step.',
    vi: 'Quyền xem trước {access} đã qua bước này.',
  },
  PRE_RELEASE_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'There is no such pre-release access; `Release.preReleaseAccess` lists them.',
    vi: 'Không có quyền xem trước này; `Release.preReleaseAccess` liệt kê các quyền.',
  },
  WINDOW_INVALID: {
    status: 200,
    fault: 'CALLER',
    en: 'The window in {field} must begin before it ends, and end no later than the release’s instant.',
    vi: 'Khoảng thời gian trong {field} phải bắt đầu trước khi kết thúc và không muộn hơn thời điểm công bố.',
  },
  TREE_SIZE_INVALID: {
    status: 200,
    fault: 'CALLER',
    en: 'A proof leads from a size of 1 or more to a later one, at most {size}, the size of the newest checkpoint.',
    vi: 'Bằng chứng phải đi từ kích thước ít nhất là 1 đến kích thước lớn hơn, nhiều nhất là {size} của điểm kiểm tra mới nhất.',
  },
  CHECKPOINT_UNKNOWN: {
    status: 200,
    fault: 'CALLER',
    en: 'This is no checkpoint of our logs that is still kept; sign the newest one, or one that is the last of its hour.',
    vi: 'Đây không phải điểm kiểm tra còn lưu của các nhật ký; hãy ký điểm mới nhất hoặc điểm cuối của một giờ.',
  },
  COSIGNATURE_INVALID: {
    status: 200,
    fault: 'CALLER',
    en: 'The checkpoint holds no valid signature of the key {name}; sign it with "lienthong audit cosign" or another witness.',
    vi: 'Điểm kiểm tra không có chữ ký hợp lệ của khóa {name}; hãy ký bằng "lienthong audit cosign" hoặc nhân chứng khác.',
  },
  COSIGNATURES_FULL: {
    status: 200,
    fault: 'CALLER',
    en: 'A checkpoint takes {max} cosignatures; sign a newer one.',
    vi: 'Mỗi điểm kiểm tra nhận tối đa {max} đồng chữ ký; hãy ký điểm mới hơn.',
  },
  EXPORT_UNKNOWN: {
    status: 404,
    fault: 'CALLER',
    en: 'There is no such export link for your application; ask for a new one with the mutation that gave it.',
    vi: 'Không có liên kết xuất dữ liệu này cho ứng dụng của cơ quan; hãy xin liên kết mới bằng chính mutation đã tạo liên kết.',
  },
  EXPORT_EXPIRED: {
    status: 410,
    fault: 'CALLER',
    en: 'The export link expired at {expiresAt}; ask for a new one with the same filter.',
    vi: 'Liên kết xuất dữ liệu đã hết hạn lúc {expiresAt}; hãy xin liên kết mới với cùng bộ lọc.',
  },
  EXPORT_TOO_LARGE: {
    status: 413,
    fault: 'CALLER',
    en: 'The table has more than {max} rows; narrow the filter, such as by area or period, and export in parts.',
    vi: 'Bảng có hơn {max} dòng; hãy thu hẹp bộ lọc, chẳng hạn theo địa bàn hoặc kỳ, và xuất từng phần.',
  },
  TOO_MANY_EXPORTS: {
    status: 429,
    fault: 'CALLER',
    en: 'Your agency has {max} exports under way on this gateway; wait until one of them has ended.',
    vi: 'Cơ quan đang có {max} lượt xuất dữ liệu trên cổng này; hãy đợi một lượt kết thúc.',
  },
  EXPORT_SLOW: {
    status: 408,
    fault: 'CALLER',
    en: 'The export was broken off, because its reader took nothing for {max} seconds; export again.',
    vi: 'Việc xuất dữ liệu bị ngắt vì bên đọc không nhận gì trong {max} giây; hãy xuất lại.',
  },
  EXPORT_TIMEOUT: {
    status: 504,
    fault: 'CALLER',
    en: 'The export was broken off after {max} seconds; narrow the filter and export in parts.',
    vi: 'Việc xuất dữ liệu bị ngắt sau {max} giây; hãy thu hẹp bộ lọc và xuất từng phần.',
  },
  EXPORT_CHANGED: {
    status: 503,
    fault: 'GATEWAY',
    en: 'The export was broken off, because its table was being written when it began; export again.',
    vi: 'Việc xuất dữ liệu bị ngắt vì bảng đang được ghi khi bắt đầu; hãy xuất lại.',
  },
  CHANGES_UNAVAILABLE: {
    status: 503,
    fault: 'GATEWAY',
    en: 'The database was restored, and its changes cannot be told until its operators have run "lienthong migrate"; try again later.',
    vi: 'Cơ sở dữ liệu vừa được khôi phục nên chưa thể báo thay đổi cho đến khi bên vận hành chạy "lienthong migrate"; hãy thử lại sau.',
  },
  BUSY: {
    status: 503,
    fault: 'GATEWAY',
    en: 'The gateway is busy; try again in a few seconds.',
    vi: 'Cổng đang bận; hãy thử lại sau vài giây.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    fault: 'GATEWAY',
    en: 'The database does not answer; try again in a minute.',
    vi: 'Cơ sở dữ liệu không trả lời; hãy thử lại sau một phút.',
  },
  TIMEOUT: {
    status: 504,
    fault: 'GATEWAY',
    en: 'The answer took too long; narrow the question by area, indicator or period, and leave `totalCount` and orders out where you ask for everything.',
    vi: 'Câu trả lời mất quá lâu; hãy thu hẹp câu hỏi theo địa bàn, chỉ tiêu hoặc kỳ, và bỏ `totalCount` cùng thứ tự sắp xếp nếu hỏi toàn bộ.',
  },
  AUDIT_UNAVAILABLE: {
    status: 503,
    fault: 'GATEWAY',
    en: 'The access could not be recorded, so there is no answer; try again later.',
    vi: 'Không ghi được nhật ký truy cập nên không có câu trả lời; hãy thử lại sau.',
  },
  LOG_ROLLBACK: {
    status: 503,
    fault: 'GATEWAY',
    en: 'The access log is not the one that was signed, so there is no answer until its operators have looked into it.',
    vi: 'Nhật ký truy cập không còn là nhật ký đã ký nên không có câu trả lời cho đến khi bên vận hành kiểm tra xong.',
  },
  STOPPING: {
    status: 503,
    fault: 'GATEWAY',
    en: 'The gateway is stopping; try again in a moment.',
    vi: 'Cổng đang dừng; hãy thử lại sau giây lát.',
  },
  INTERNAL: {
    status: 500,
    fault: 'GATEWAY',
    en: 'Something went wrong on our side; quote the request id {requestId} when you report it.',
    vi: 'Có lỗi phía cổng; khi báo lỗi hãy kèm mã yêu cầu {requestId}.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
type Parameters = Readonly<Record<string, string | number>>;

/** The public sentence of a code in a language, with its parameters in place. */
export function sentence(code: ErrorCode, parameters: Parameters, language: Language): string {
  return errorTable[code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(parameters[name] ?? ''),
  );
}

export function statusOf(code: ErrorCode): number {
  return errorTable[code].status;
}

/** One thing that is wrong with one row of a list that was sent. */
export interface RowProblem {
  /** Its place in the list, from 0. */
  readonly row: number;
  readonly field: string;
  readonly code: ErrorCode;
  readonly parameters: Parameters;
}

/** An error whose code and sentence the caller may read; the cause is for the log only. */
export class PublicError extends GraphQLError {
  readonly code: ErrorCode;
  readonly parameters: Parameters;
  /** Row by row, where a list of rows was refused. */
  readonly problems: readonly RowProblem[] = [];

  constructor(code: ErrorCode, parameters: Parameters = {}, options: GraphQLErrorOptions = {}) {
    super(sentence(code, parameters, 'en'), {
      ...options,
      extensions: { ...options.extensions, code },
    });
    this.code = code;
    this.parameters = parameters;
  }
}

const problemsListedMax = 50;

/** A list of rows of which nothing was written; it names the first 50 problems. */
export class RowsRefused extends PublicError {
  override readonly problems: readonly RowProblem[];

  constructor(problems: readonly RowProblem[]) {
    const listed = problems.slice(0, problemsListedMax);
    super('ROWS_REFUSED', { count: problems.length, listed: listed.length });
    this.problems = listed;
  }
}

/** English unless Vietnamese stands first in the caller's list (RFC 9110, 12.5.4). */
export function languageOf(acceptLanguage: string | null | undefined): Language {
  const preferences = (acceptLanguage ?? '').split(',').map((item) => {
    const [tag = '', ...parameters] = item.trim().toLowerCase().split(';');
    const quality = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
    return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  const rank = (tag: string) =>
    preferences.find((preference) => preference.tag === tag)?.quality ?? 0;
  return rank('vi') > rank('en') ? 'vi' : 'en';
}
