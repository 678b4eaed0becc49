/** What became of the old communes, as far as the listing tells, and each place where it had to be mended. */
import { communeOf, listing, provinceName, type WardMapping } from './listing.ts';
import {
  successionRow,
  type AreaRow,
  type CorrectionRow,
  type SuccessionRow,
} from './load-rows.ts';

/** The communes of both structures, as they were read. */
export interface Communes {
  readonly old: readonly AreaRow[];
  readonly current: readonly AreaRow[];
  /** The name of a province of each edition, by its id. */
  readonly provinceNames: ReadonlyMap<string, string>;
  /** Codes of the listing that stand for another one, by what is listed. */
  readonly corrected: ReadonlyMap<string, string>;
}

export interface Steps {
  readonly successions: readonly SuccessionRow[];
  readonly corrections: readonly CorrectionRow[];
}

/** No act of the reform is in our references, commune by commune: the listing is all that a step rests on. */
const reform = { on: '2025-07-01', basis: listing };

interface Found {
  readonly mapping: WardMapping;
  readonly successor: AreaRow;
}

const nameOf = (kind: string, name: string, province: string) => [kind, name, province].join('|');

/** Today's communes, by code and by their name in their province: two of one name are no key. */
function directory({ current, provinceNames }: Communes) {
  const byCode = new Map(current.map((row) => [row.code, row]));
  const byName = new Map<string, AreaRow[]>();
  for (const row of current) {
    const key = nameOf(row.kind, row.name_vi, provinceNames.get(row.province_id ?? '') ?? '');
    byName.set(key, [...(byName.get(key) ?? []), row]);
  }
  const named = (mapping: WardMapping) => {
    const { kind, name_vi } = communeOf(mapping.new_ward_name);
    return byName.get(nameOf(kind, name_vi, provinceName(mapping.new_province_name))) ?? [];
  };
  return { byCode, named };
}

const locatorOf = (mapping: WardMapping) => `ward_mappings ${mapping.id}`;

/** What is known of a correction before it is said what is wrong. */
const about = (mapping: WardMapping) => ({ locator: locatorOf(mapping), source: listing });

function repaired({ mapping, successor }: Found, owner: AreaRow | undefined): CorrectionRow {
  const name = mapping.new_ward_name.normalize('NFC');
  const province = mapping.new_province_name.normalize('NFC');
  return {
    ...about(mapping),
    id: `successor/${mapping.id}`,
    kind: owner ? 'SUCCESSOR_CODE_CONTRADICTED' : 'SUCCESSOR_CODE_UNKNOWN',
    listed: mapping.new_ward_code,
    used: successor.code,
    area_id: successor.id,
    reason_en: `${owner ? `The listed code is that of another commune, ${owner.id}` : 'No commune has the listed code'}; ${name} is the only commune of this name in ${province}.`,
    reason_vi: `${owner ? `Mã ghi trong bảng là mã của đơn vị khác, ${owner.id}` : 'Không có đơn vị nào mang mã ghi trong bảng'}; ${name} là đơn vị duy nhất mang tên này ở ${province}.`,
  };
}

/** Today's commune of a row; its code counts where the name agrees, else the name in its province. */
function successorsOf(mappings: readonly WardMapping[], communes: Communes) {
  const { byCode, named } = directory(communes);
  const found: Found[] = [];
  const corrections: CorrectionRow[] = [];
  for (const mapping of mappings) {
    const code = communes.corrected.get(mapping.new_ward_code) ?? mapping.new_ward_code;
    const owner = byCode.get(code);
    const [only, ...others] = named(mapping);
    const isNamed = !only || others.length > 0 || only === owner;
    const successor = owner && isNamed ? owner : only;
    // A file of provinces that lacks one lacks the names of its communes too.
    if (!successor) continue;
    if (others.length > 0 && !owner) {
      throw new Error(`${listing}: ${locatorOf(mapping)} names several communes of today.`);
    }
    const one = { mapping, successor };
    found.push(one);
    if (successor !== owner) corrections.push(repaired(one, owner));
  }
  return { found, corrections };
}

type Missing = Pick<CorrectionRow, 'used' | 'area_id' | 'reason_en' | 'reason_vi'>;

/** Why a row without an old code is used after all, or left out. */
function withoutCode({ mapping, successor }: Found, old: AreaRow | undefined): Missing {
  if (!mapping.old_ward_name) {
    return {
      used: null,
      area_id: successor.id,
      reason_en:
        'The row names no commune before: the special zone was a district without communes.',
      reason_vi: 'Dòng này không nêu xã nào trước đó: đặc khu vốn là huyện không có đơn vị cấp xã.',
    };
  }
  if (old) {
    return {
      used: old.code,
      area_id: old.id,
      reason_en: `Another row gives the same commune the code ${old.code}; this one adds a successor.`,
      reason_vi: `Dòng khác ghi mã ${old.code} cho cùng đơn vị; dòng này cho biết thêm một đơn vị kế tục.`,
    };
  }
  return {
    used: null,
    area_id: null,
    reason_en:
      'No code is known for it, so it is not among the areas; most of these were merged away before June 2025.',
    reason_vi:
      'Chưa biết mã nên không có trong danh mục; phần lớn đã được nhập vào đơn vị khác trước tháng 6/2025.',
  };
}

const fullName = (mapping: WardMapping) =>
  [mapping.old_ward_name, mapping.old_district_name, mapping.old_province_name]
    .map((name) => name?.normalize('NFC').trim() ?? '')
    .join(', ');

/** The listed successors of each old commune, by its code; more than one where the listing shows a split. */
function gather(found: readonly Found[], communes: Communes) {
  const oldByCode = new Map(communes.old.map((row) => [row.code, row]));
  const coded = found.filter(({ mapping }) => mapping.old_ward_code);
  const codes = new Map(coded.map(({ mapping }) => [fullName(mapping), mapping.old_ward_code]));
  const successors = new Map<string, Set<AreaRow>>();
  /** How many units of the listing, with a code or without, went into a commune of today. */
  const sources = new Map<AreaRow, Set<string>>();
  const corrections: CorrectionRow[] = [];
  for (const one of found) {
    const { mapping, successor } = one;
    const code = mapping.old_ward_code || codes.get(fullName(mapping));
    const old = code ? oldByCode.get(code) : undefined;
    if (old) successors.set(old.code, (successors.get(old.code) ?? new Set()).add(successor));
    sources.set(successor, (sources.get(successor) ?? new Set()).add(code ?? fullName(mapping)));
    if (mapping.old_ward_code) continue;
    corrections.push({
      ...about(mapping),
      id: `predecessor/${mapping.id}`,
      kind: 'PREDECESSOR_CODE_MISSING',
      listed: fullName(mapping),
      ...withoutCode(one, old),
    });
  }
  return { successors, sources, corrections };
}

/**
 * The kind of a step, and whether it is proven that the whole commune went to this successor. The listing
 * shows few of the splits that there were, so only a commune that is alone on both sides and kept code,
 * kind and name is taken as proven.
 */
function stepKind(old: AreaRow, to: AreaRow, isAlone: boolean, isSplit: boolean) {
  if (isSplit) return { kind: 'SPLIT', exact: false };
  if (!isAlone) return { kind: 'MERGED', exact: false };
  if (old.kind !== to.kind) return { kind: 'KIND_CHANGED', exact: false };
  if (old.name_vi !== to.name_vi) return { kind: 'RENAMED', exact: false };
  return { kind: 'CONTINUED', exact: old.code === to.code };
}

/** A commune of today of which no row says what it was before. */
const withoutPast = (row: AreaRow): CorrectionRow => ({
  id: `missing/${row.code}`,
  kind: 'PREDECESSOR_MISSING',
  locator: `wards ${row.code}`,
  source: listing,
  listed: row.name_vi,
  used: null,
  area_id: row.id,
  reason_en: 'No row says what it was before July 2025, so a commune of that time is missing.',
  reason_vi:
    'Không dòng nào cho biết trước tháng 7/2025 là đơn vị nào, nên thiếu một xã thời kỳ đó.',
});

/** The steps of the reform of July 2025 between communes, with what was mended in the listing. */
export function readSteps(mappings: readonly WardMapping[], communes: Communes): Steps {
  const { found, corrections } = successorsOf(mappings, communes);
  const gathered = gather(found, communes);
  const steps = communes.old.flatMap((old) =>
    [...(gathered.successors.get(old.code) ?? [])].map((to, _, all) => {
      const isAlone = gathered.sources.get(to)?.size === 1;
      const { kind, exact } = stepKind(old, to, isAlone, all.length > 1);
      return successionRow(old.id, to.id, kind, exact, reform);
    }),
  );
  const missing = communes.current.filter((row) => !gathered.sources.has(row)).map(withoutPast);
  return {
    successions: steps,
    corrections: [...corrections, ...gathered.corrections, ...missing],
  };
}
