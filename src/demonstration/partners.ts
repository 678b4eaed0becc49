/** Partners that the documents do not name: networks, labour authorities and unions. Pure. */
import { instantOn } from './calendar.ts';
import { provinceOf } from './sources.ts';

/** Everything of the demonstration's partners and campaigns that is public is so since then. */
const publishedAt = instantOn('2025-07-15', 8);

type Invented = readonly [
  id: string,
  provinceId: string,
  nameVi: string,
  nameEn: string,
  kind: string,
  agencyId: string | null,
];

/** Where the documents name no network or authority, one is invented; none is a person. */
const invented: readonly Invented[] = [
  [
    'demo-db-post',
    '11@2025-07',
    'Bưu điện mẫu Điện Biên',
    'Sample post office of Dien Bien',
    'POST_OFFICE',
    null,
  ],
  [
    'demo-db-agents',
    '11@2025-07',
    'Tổ chức dịch vụ thu mẫu Điện Biên',
    'Sample collection service of Dien Bien',
    'COLLECTION_AGENT',
    null,
  ],
  [
    'demo-db-labour',
    '11@2025-07',
    'Sở Nội vụ mẫu Điện Biên',
    'Sample labour authority of Dien Bien',
    'LABOUR_DEPARTMENT',
    'labour-dien-bien',
  ],
  [
    'demo-db-union',
    '11@2025-07',
    'Liên đoàn Lao động mẫu Điện Biên',
    'Sample federation of labour of Dien Bien',
    'UNION',
    'union-dien-bien',
  ],
  [
    'demo-na-post',
    '40@2025-07',
    'Bưu điện mẫu Nghệ An',
    'Sample post office of Nghe An',
    'POST_OFFICE',
    null,
  ],
  [
    'demo-na-agents',
    '40@2025-07',
    'Tổ chức dịch vụ thu mẫu Nghệ An',
    'Sample collection service of Nghe An',
    'COLLECTION_AGENT',
    null,
  ],
  [
    'demo-na-labour',
    '40@2025-07',
    'Sở Nội vụ mẫu Nghệ An',
    'Sample labour authority of Nghe An',
    'LABOUR_DEPARTMENT',
    'labour-nghe-an',
  ],
  [
    'demo-na-union',
    '40@2025-07',
    'Liên đoàn Lao động mẫu Nghệ An',
    'Sample federation of labour of Nghe An',
    'UNION',
    'union-nghe-an',
  ],
];

/** Rows of the table `partner`. */
export const generatePartners = () =>
  invented.map(([id, provinceId, name_vi, name_en, kind, agency_id]) => ({
    id,
    topic: 'PARTNER',
    area_id: provinceId,
    province_id: provinceId,
    name_en,
    name_vi,
    kind,
    level: 'PROVINCIAL',
    agency_id,
    comment: 'Invented for demonstration.',
    source_ids: ['demo-partner'],
    locator: 'generated',
    contributor_id: provinceOf(provinceId).insurer,
    published_at: publishedAt,
    withdrawn_at: null,
  }));

/** The registered agency that a partner is, if it is one. */
export type AgencyOf = (partnerId: string) => string | null;
