/** Districts, which there were until June 2025: the listing names them, and gives them no code. */
import { districtOf, listing, type WardMapping } from './listing.ts';
import { areaRow, type AreaRow, type MemberRow } from './load-rows.ts';
import { searchForm } from './search.ts';

interface Old {
  readonly mapping: WardMapping;
  readonly commune: AreaRow;
}

export interface Districts {
  readonly areas: readonly AreaRow[];
  readonly members: readonly MemberRow[];
}

const lastDay = '2025-06-30';

/** A project code, such as 11.huyen-tua-chua: the register's code is not recorded. */
function codeOf(provinceCode: string, fullName: string): string {
  return `${provinceCode}.${searchForm(fullName).replace(/[^a-z0-9]+/g, '-')}`;
}

/** The districts that have communes, each as a group of these. */
export function readDistricts(old: readonly Old[]): Districts {
  const areas = new Map<string, AreaRow>();
  const members: MemberRow[] = [];
  for (const { mapping, commune } of old) {
    const fullName = mapping.old_district_name.normalize('NFC').trim();
    const district = areaRow({
      ...districtOf(fullName),
      code: codeOf(commune.parent_code ?? '', fullName),
      vintage: '2025-06',
      valid_to: lastDay,
      province_id: commune.province_id,
      external_ref: null,
      description: `Named in ${listing}, which gives no code: this one is the project’s own.`,
    });
    areas.set(district.id, district);
    members.push({ group_id: district.id, member_id: commune.id });
  }
  return { areas: [...areas.values()], members };
}
