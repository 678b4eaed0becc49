/** What insurers and partners agreed: instruments with their parties and terms. Pure. */
import { addDays, addMonths, instantOn } from './calendar.ts';
import type { AgencyOf } from './partners.ts';
import { provinces } from './sources.ts';

interface Agreement {
  readonly slug: string;
  readonly kind: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly signedOn: string;
  readonly isPublished: boolean;
  /** Whether the other parties have agreed. */
  readonly isConfirmed: boolean;
  /** Who is bound beside the insurer, by province code. */
  readonly parties: Readonly<Record<string, readonly string[]>>;
  readonly terms: readonly (readonly [
    vi: string,
    en: string,
    frequency: string,
    dueOn: string | null,
  ])[];
}

const labourOf = {
  '11': ['demo-db-labour'],
  '15': ['lc-labour-department'],
  '40': ['demo-na-labour'],
};
const unionOf = {
  '11': ['demo-db-union'],
  '15': ['lc-labour-confederation'],
  '40': ['demo-na-union'],
};
const postOf = { '11': ['demo-db-post'], '15': ['lc-post'], '40': ['demo-na-post'] };
const bothOf = {
  '11': ['demo-db-labour', 'demo-db-union'],
  '15': ['lc-labour-department', 'lc-labour-confederation'],
  '40': ['demo-na-labour', 'demo-na-union'],
};

const agreements: readonly Agreement[] = [
  {
    slug: 'labour-regulation',
    kind: 'COORDINATION_REGULATION',
    titleVi: 'Quy chế phối hợp mẫu về xử lý chậm đóng, trốn đóng',
    titleEn: 'Sample regulation on late payment and evasion',
    signedOn: '2025-08-05',
    isPublished: true,
    isConfirmed: true,
    parties: bothOf,
    terms: [
      [
        'Trao đổi danh sách đơn vị chậm đóng',
        'Exchange the list of late employers',
        'AT_LEAST_MONTHLY',
        null,
      ],
      [
        'Làm việc liên ngành với đơn vị chậm đóng từ ba tháng',
        'Joint sessions with employers three months late',
        'REGULAR',
        null,
      ],
      [
        'Sơ kết việc thực hiện quy chế',
        'Review how the regulation is kept',
        'ANNUAL',
        '2026-08-31',
      ],
    ],
  },
  {
    slug: 'union-plan',
    kind: 'PLAN',
    titleVi: 'Kế hoạch phối hợp mẫu bảo vệ quyền lợi người lao động',
    titleEn: 'Sample plan to protect workers',
    signedOn: '2025-10-10',
    isPublished: true,
    isConfirmed: true,
    parties: unionOf,
    terms: [
      ['Tuyên truyền tại doanh nghiệp', 'Talks at companies', 'PERIODIC', null],
      [
        'Đối chiếu số đoàn viên tại đơn vị chậm đóng',
        'Compare members at late employers',
        'PERIODIC',
        '2026-09-30',
      ],
    ],
  },
  {
    slug: 'post-contract',
    kind: 'CONTRACT',
    titleVi: 'Hợp đồng mẫu ủy quyền thu',
    titleEn: 'Sample contract on collection',
    signedOn: '2025-07-10',
    isPublished: true,
    isConfirmed: true,
    parties: postOf,
    terms: [
      [
        'Mở điểm thu tại các xã, phường',
        'Collection points in communes and wards',
        'REGULAR',
        null,
      ],
      ['Chuyển tiền thu trong ngày', 'Pass money on within the day', 'REGULAR', null],
      ['Thanh lý hợp đồng', 'Settle the contract', 'ONE_OFF', '2026-07-31'],
    ],
  },
  {
    slug: 'inspection-plan',
    kind: 'PLAN',
    titleVi: 'Kế hoạch liên ngành mẫu kiểm tra đơn vị chậm đóng',
    titleEn: 'Sample joint plan to visit late employers',
    signedOn: '2026-06-05',
    isPublished: false,
    isConfirmed: true,
    parties: bothOf,
    terms: [
      ['Kiểm tra đơn vị chậm đóng', 'Visit late employers', 'PERIODIC', '2026-11-30'],
      ['Tổng hợp kết quả', 'Sum up the results', 'ONE_OFF', '2026-12-15'],
    ],
  },
  {
    slug: 'data-draft',
    kind: 'LETTER',
    titleVi: 'Dự thảo công văn mẫu về chia sẻ dữ liệu lao động',
    titleEn: 'Sample draft letter on labour data',
    signedOn: '2026-06-12',
    isPublished: false,
    isConfirmed: false,
    parties: labourOf,
    terms: [
      [
        'Cung cấp số liệu lực lượng lao động',
        'Supply labour force figures',
        'PERIODIC',
        '2026-12-31',
      ],
    ],
  },
];

const insurerPartner: Readonly<Record<string, string>> = {
  '11': 'db-social-security',
  '15': 'lc-social-security',
  '40': 'na-social-security',
};

/** Rows of the tables `coordination_instrument`, `coordination_party` and `coordination_term`. */
export function generateInstruments(agencyOf: AgencyOf) {
  const found = provinces.flatMap((province) =>
    agreements.map((agreement) => {
      const { slug, isPublished, isConfirmed, signedOn, parties, terms } = agreement;
      const id = `demo-instrument-${province.code}-${slug}`;
      const public_ = {
        topic: 'PARTNER',
        area_id: province.id,
        province_id: province.id,
        published_at: isPublished ? instantOn(addDays(signedOn, 14)) : null,
        withdrawn_at: null,
      };
      const instrument = {
        id,
        ...public_,
        kind: agreement.kind,
        number: `MAU-${province.code}/${slug.toUpperCase()}`,
        title_vi: `${agreement.titleVi} (${province.nameVi})`,
        title_en: `${agreement.titleEn} (${province.nameEn})`,
        signed_on: signedOn,
        valid_from: signedOn,
        valid_to: addDays(`${addMonths(signedOn.slice(0, 7), 24)}-01`, -1),
        source_id: 'demo-partner',
        contributor_id: province.insurer,
      };
      const bound = [insurerPartner[province.code]!, ...parties[province.code]!];
      const partyRows = bound.map((partnerId, i) => ({
        instrument_id: id,
        partner_id: partnerId,
        ...public_,
        agency_id: agencyOf(partnerId),
        role: i === 0 ? 'LEAD' : 'PARTNER',
        // The draft waits for the other party.
        confirmed_at: isConfirmed || i === 0 ? instantOn(addDays(signedOn, 3)) : null,
      }));
      const termRows = terms.map(([text_vi, text_en, frequency, due_on], i) => ({
        instrument_id: id,
        position: i + 1,
        ...public_,
        text_vi,
        text_en,
        frequency,
        due_on,
      }));
      return { instrument, partyRows, termRows };
    }),
  );
  return {
    instruments: found.map(({ instrument }) => instrument),
    parties: found.flatMap(({ partyRows }) => partyRows),
    terms: found.flatMap(({ termRows }) => termRows),
  };
}
