/** From a release's cells and all that is known around them to what may be shown; and the attack on it. Pure. */
import { judgePrimary, type Primary, type Requirement } from '../disclosure/primary.ts';
import type { PrimaryRules } from '../disclosure/primary.ts';
import { judgeAmount, type Contribution } from '../disclosure/primary-money.ts';
import type { ProtectedTable } from '../disclosure/protect.ts';
import { publish } from '../disclosure/publish.ts';
import { DisclosureRefused } from '../disclosure/refusal.ts';
import { withComplements } from '../disclosure/relations.ts';
import type { Family } from '../disclosure/table.ts';
import { cellKey, placeOf, type SourceCell } from './cell.ts';
import { linkFamily, type Hierarchies, type Layer, type LinkedFamily } from './family.ts';

export interface SourceTable {
  readonly cells: readonly SourceCell[];
  /** What single employers contribute to cells, by key. */
  readonly contributions: ReadonlyMap<string, readonly Contribution[]>;
}

export interface Decision {
  readonly cell: SourceCell;
  readonly shown: boolean;
  readonly confStatus: string;
  readonly rules: readonly string[];
  readonly knownLower: bigint | null;
  readonly required: { readonly lower: bigint; readonly upper: bigint } | null;
}

/** By scheme: the public count that a participant is one of. */
const denominators: Readonly<Record<string, string>> = {
  HEALTH_INSURANCE: 'POPULATION_COUNT',
  SOCIAL_INSURANCE: 'LABOUR_FORCE',
  COMPULSORY_SI: 'LABOUR_FORCE',
  VOLUNTARY_SI: 'LABOUR_FORCE',
  UNEMPLOYMENT_INSURANCE: 'LABOUR_FORCE',
};

/** What is left of a public denominator is as telling as the count itself. */
function denominatorPairs({ cells }: Family): { part: string; whole: string }[] {
  const byKey = new Map(cells.map((cell) => [cell.key, cell]));
  return cells.flatMap(({ key, value }) => {
    const place = placeOf(key.split('#')[0] ?? key);
    const indicator = place.indicator === 'PARTICIPANTS' && denominators[place.scheme ?? ''];
    if (!indicator) return [];
    const whole = cellKey({
      indicator,
      areaId: place.areaId,
      scheme: null,
      participantGroup: 'ALL',
      breakdown: '',
      timePeriod: place.timePeriod.slice(0, 4),
    });
    const known = byKey.get(whole);
    return known && known.value >= value ? [{ part: key, whole }] : [];
  });
}

/** The widest that is required of each cell. */
function widest(requirements: readonly Requirement[]): Requirement[] {
  const byKey = new Map<string, Requirement>();
  for (const { key, lower, upper } of requirements) {
    const before = byKey.get(key) ?? { lower: 0n, upper: 0n };
    byKey.set(key, {
      key,
      lower: lower > before.lower ? lower : before.lower,
      upper: upper > before.upper ? upper : before.upper,
    });
  }
  return [...byKey.values()];
}

export interface Prepared {
  readonly linked: LinkedFamily;
  readonly primary: Primary;
}

function judge(
  linked: LinkedFamily,
  rules: PrimaryRules,
  contributions: SourceTable['contributions'],
): Primary {
  const family = withComplements(linked.family, denominatorPairs(linked.family));
  const byName = new Map(
    [...contributions].flatMap(([key, given]) => {
      const name = linked.nameOf.get(key);
      return name === undefined ? [] : [[name, given] as const];
    }),
  );
  const primary = judgePrimary(family, rules, byName);
  return {
    ...primary,
    requirements: widest([...primary.requirements, ...linked.requirements]),
  };
}

/** Cells that must be protected, but stand in public already: no suppression can help them. */
function assertNotPublic(
  { linked, primary }: Prepared,
  { cells, contributions }: SourceTable,
  { threshold = 0, money = [] }: PrimaryRules,
): void {
  const stateOf = new Map(primary.family.cells.map(({ key, state }) => [key, state]));
  const lost = cells.filter((cell) => {
    const key = cellKey(cell);
    if (stateOf.get(linked.nameOf.get(key) ?? '') !== 'PUBLIC') return false;
    if (cell.kind === 'MONEY') {
      return judgeAmount(key, contributions.get(key) ?? [], money).findings.length > 0;
    }
    return cell.kind !== 'EVENTS' && cell.value > 0n && cell.value < BigInt(threshold);
  });
  if (lost.length === 0) return;
  const places = lost.map(cellKey);
  throw new DisclosureRefused('ALREADY_PUBLIC', `Public already: ${places.join(', ')}.`, places);
}

/** The family of a release that is to be protected; its own cells are open. */
export function prepare(
  source: SourceTable,
  known: readonly Layer[],
  hierarchies: Hierarchies,
  rules: PrimaryRules,
): Prepared {
  const own: Layer = {
    name: 'own',
    cells: source.cells.map((cell) => ({
      key: cellKey(cell),
      kind: cell.kind,
      value: cell.value,
      state: 'OPEN',
    })),
  };
  const linked = linkFamily([...known, own], hierarchies);
  const prepared = { linked, primary: judge(linked, rules, source.contributions) };
  assertNotPublic(prepared, source, rules);
  return prepared;
}

/** The family of a release as it will be published: nothing is open any more. */
export function prepareAttack(
  decided: readonly Layer[],
  hierarchies: Hierarchies,
  rules: PrimaryRules,
): Primary {
  return judge(linkFamily(decided, hierarchies), { threshold: rules.threshold ?? 0 }, new Map());
}

/** What the protected family says of each cell of the release. */
export function decide(
  source: SourceTable,
  { linked, primary }: Prepared,
  table: ProtectedTable,
): Decision[] {
  const reasons = new Map(publish(table).reasons.map((reason) => [reason.key, reason]));
  const cellOf = new Map(primary.family.cells.map((cell) => [cell.key, cell]));
  const required = new Map(primary.requirements.map((one) => [one.key, one]));
  return source.cells.map((cell) => {
    const name = linked.nameOf.get(cellKey(cell)) ?? '';
    const known = cellOf.get(name);
    const reason = reasons.get(name);
    const shown = known?.state !== 'HIDDEN' && !reason;
    const distance = required.get(name);
    return {
      cell,
      shown,
      // Hidden by an earlier release, and so here too.
      confStatus: shown ? 'F' : (reason?.confStatus ?? 'D'),
      rules: reason?.rules ?? [],
      knownLower: known?.lower ?? null,
      required: shown || !distance ? null : { lower: distance.lower, upper: distance.upper },
    };
  });
}
