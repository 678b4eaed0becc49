/** Territory as the sums of a family need it: which areas make up which, at the end of a period. */
import type { Branch } from '../disclosure/relations.ts';
import type { Context } from '../platform/context.ts';
import { parsePeriod } from '../platform/period.ts';

export interface Territory {
  /** Communes of a province, or of the country, on a day. */
  communesOf(areaId: string, day: string): readonly string[];
  branches(timePeriod: string): readonly Branch[];
  provinceOf(areaId: string): string | null;
}

interface AreaRow {
  readonly id: string;
  readonly kind: string;
  readonly provinceId: string | null;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
}

const communeKinds = new Set(['COMMUNE', 'WARD', 'SPECIAL_ZONE', 'TOWNSHIP']);
const provinceKinds = new Set(['PROVINCE', 'CITY']);

export async function readTerritory({ db }: Pick<Context, 'db'>): Promise<Territory> {
  const columns = { id: true, kind: true, provinceId: true, validFrom: true, validTo: true };
  const rows: AreaRow[] = await db.area.findMany({ select: columns, orderBy: { id: 'asc' } });
  const members = await db.areaMember.findMany({
    orderBy: [{ groupId: 'asc' }, { memberId: 'asc' }],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const country = rows.find(({ kind }) => kind === 'COUNTRY')?.id ?? '';
  const isValid = ({ validFrom, validTo }: AreaRow, day: Date) =>
    (validFrom === null || validFrom <= day) && (validTo === null || validTo >= day);

  const onDay = (day: Date): Branch[] => {
    const children = new Map<string, string[]>();
    const put = (parent: string, child: string) => {
      const own = children.get(parent) ?? [];
      own.push(child);
      children.set(parent, own);
    };
    for (const row of rows.filter((one) => isValid(one, day))) {
      if (provinceKinds.has(row.kind)) put(country, row.id);
      if (communeKinds.has(row.kind) && row.provinceId) put(row.provinceId, row.id);
    }
    // Offices and regions beside the administrative tree: another sum over the same communes.
    for (const { groupId, memberId } of members) put(groupId, memberId);
    return [...children].map(([parent, own]) => ({ parent, children: own }));
  };
  const known = new Map<string, Branch[]>();
  const branchesOn = (day: string) => {
    const branches = known.get(day) ?? onDay(new Date(day));
    known.set(day, branches);
    return branches;
  };
  const isoDay = (date: Date) => date.toISOString().slice(0, 10);
  return {
    branches(timePeriod) {
      const period = parsePeriod(timePeriod);
      return period ? branchesOn(isoDay(period.end)) : [];
    },
    communesOf(areaId, day) {
      const branches = branchesOn(day);
      const below = (id: string): string[] =>
        (branches.find(({ parent }) => parent === id)?.children ?? []).flatMap((child) =>
          communeKinds.has(byId.get(child)?.kind ?? '') ? [child] : below(child),
        );
      return [...new Set(below(areaId))];
    },
    provinceOf: (areaId) => byId.get(areaId)?.provinceId ?? null,
  };
}
