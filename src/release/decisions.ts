/** From a release's cells and all that is known around them to what may be shown; and the attack on it. Pure. */
import { around } from '../disclosure/around.ts';
import type { Finding, Primary, PrimaryRules } from '../disclosure/primary.ts';
import { judgeAmount, type Contribution } from '../disclosure/primary-money.ts';
import type { ProtectedTable } from '../disclosure/protect.ts';
import { publish } from '../disclosure/publish.ts';
import { DisclosureRefused } from '../disclosure/refusal.ts';
import { withComplements } from '../disclosure/relations.ts';
import type { Family } from '../disclosure/table.ts';
import {
  audiences,
  cellKey,
  placeOf,
  type Audience,
  type Sight,
  type Sights,
  type SourceCell,
} from './cell.ts';
import { linkFamily, type Hierarchies, type Layer, type LinkedFamily } from './family.ts';
import { amountsOfFew, fewContribute } from './twins.ts';

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
  /** What each audience knows of a suppressed cell, and how far it is kept from it. */
  readonly sights: Sights;
  /** What the attack by everybody could not exclude of a cell that is kept apart; null else. */
  readonly attack: { readonly lower: bigint | null; readonly upper: bigint | null } | null;
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

type Contributions = ReadonlyMap<string, readonly Contribution[]>;

/** As the audience sees them: the coalition counts as knowing whatever a member of it may know. */
const seenBy = (contributions: Contributions, audience: Audience): Contributions =>
  audience === 'PUBLIC'
    ? contributions
    : new Map(
        [...contributions].map(([key, given]) => [
          key,
          given.map((one) => (one.isDoubtful ? { ...one, isKnown: true } : one)),
        ]),
      );

/** The coalition is judged apart only where it knows more than everybody. */
export function audiencesOf(source: SourceTable | null, known: readonly Layer[]): Audience[] {
  const knowsMore =
    [...(source?.contributions.values() ?? [])].some((given) =>
      given.some(({ isDoubtful }) => isDoubtful),
    ) || known.some(({ cells }) => cells.some(({ sights }) => differs(sights)));
  return audiences.filter((audience) => audience === 'PUBLIC' || knowsMore);
}

const differs = (sights: Sights | undefined): boolean =>
  sights?.COALITION !== undefined &&
  (sights.COALITION.lower !== sights.PUBLIC?.lower ||
    sights.COALITION.required?.lower !== sights.PUBLIC?.required?.lower ||
    sights.COALITION.required?.upper !== sights.PUBLIC?.required?.upper);

/** A family as one audience sees it, ready to be judged. */
export interface Prepared {
  readonly audience: Audience;
  readonly linked: LinkedFamily;
  readonly family: Family;
  /** By name in the family. */
  readonly contributions: Contributions;
  /** Amounts that are unsafe because few owe them, by name. */
  readonly unsafe: ReadonlyMap<string, Finding>;
}

/** What the thread found of it. */
export interface Protection {
  readonly prepared: Prepared;
  readonly primary: Primary;
  readonly table: ProtectedTable;
}

/** Of counts that other releases have hidden, what was known of them then. */
const knownBefore = ({ cells }: Family): Contributions =>
  new Map(
    cells.flatMap(({ key, kind, value, lower }) => {
      if (lower == null || lower === 0n || kind === 'MONEY') return [];
      const known = { group: 'known', amount: lower, isKnown: true };
      return [[key, [known, { group: 'others', amount: value - lower }]] as const];
    }),
  );

function prepared(
  audience: Audience,
  linked: LinkedFamily,
  contributions: Contributions,
  threshold: number,
): Prepared {
  const whole = withComplements(linked.family, denominatorPairs(linked.family));
  // What another release has lost elsewhere is no reason to refuse this one.
  const family = around(whole, linked.nameOf.values());
  const byName = new Map<string, readonly Contribution[]>(knownBefore(family));
  const seen = seenBy(contributions, audience);
  for (const [key, given] of seen) {
    const name = linked.nameOf.get(key);
    if (name !== undefined) byName.set(name, given);
  }
  const stateOf = new Map(family.cells.map(({ key, state }) => [key, state]));
  const few = amountsOfFew(seen, threshold)
    .map((one) => ({ ...one, key: linked.nameOf.get(one.key) ?? '' }))
    .filter(({ key }) => ['OPEN', 'HIDDEN'].includes(stateOf.get(key) ?? ''));
  const open = few.filter(({ key }) => stateOf.get(key) === 'OPEN');
  return {
    audience,
    linked: {
      ...linked,
      requirements: [...linked.requirements.filter(({ key }) => stateOf.has(key)), ...few],
    },
    family,
    contributions: byName,
    unsafe: new Map(open.map(({ key }) => [key, fewContribute])),
  };
}

/**
 * Cells that must be protected, but stand in public already: no suppression can help them. Who may be known
 * counts as unknown: that an audience has come to know more of what is shown is no reason to refuse a correction.
 */
function assertNotPublic(
  { linked, family }: Prepared,
  { cells, contributions }: SourceTable,
  { threshold = 0, money = [] }: PrimaryRules,
): void {
  const stateOf = new Map(family.cells.map(({ key, state }) => [key, state]));
  const lost = cells.filter((cell) => {
    const key = cellKey(cell);
    if (stateOf.get(linked.nameOf.get(key) ?? '') !== 'PUBLIC') return false;
    const given = contributions.get(key) ?? [];
    if (cell.kind === 'MONEY') return judgeAmount(key, given, money).findings.length > 0;
    const known = given.reduce((sum, { amount, isKnown }) => (isKnown ? sum + amount : sum), 0n);
    const unknown = cell.value - known;
    return cell.kind !== 'EVENTS' && unknown > 0n && unknown < BigInt(threshold);
  });
  if (lost.length === 0) return;
  const places = lost.map(cellKey);
  throw new DisclosureRefused('ALREADY_PUBLIC', `Public already: ${places.join(', ')}.`, places);
}

/**
 * The family of a release that is to be protected, for one audience. Its own cells are open, but for those
 * that another audience's protection has suppressed, and the zeros that go together.
 */
export function prepare(
  audience: Audience,
  source: SourceTable,
  known: readonly Layer[],
  hierarchies: Hierarchies,
  rules: PrimaryRules,
  suppressed: ReadonlySet<string>,
  zeros: ReadonlyMap<string, bigint> = new Map(),
): Prepared {
  const table: Layer = {
    name: 'own',
    cells: source.cells.map((cell) => {
      const key = cellKey(cell);
      const above = zeros.get(key);
      const state = suppressed.has(key) || above !== undefined ? 'HIDDEN' : 'OPEN';
      const sight: Sight = above === undefined ? {} : { required: { lower: 0n, upper: above } };
      const sights: Sights = { PUBLIC: sight, COALITION: sight };
      return { key, kind: cell.kind, value: cell.value, state, sights };
    }),
  };
  const linked = linkFamily([...known, table], hierarchies, audience);
  const own = prepared(audience, linked, source.contributions, rules.threshold ?? 0);
  assertNotPublic(own, source, rules);
  return own;
}

/** The family of a release as it will be published: nothing is open any more. */
export function prepareAttack(
  audience: Audience,
  decided: readonly Layer[],
  hierarchies: Hierarchies,
): Prepared {
  return prepared(audience, linkFamily(decided, hierarchies, audience), new Map(), 0);
}

/** The cells of the release that a protection suppresses. */
export function suppressedIn(source: SourceTable, { prepared: { linked }, table }: Protection) {
  const isHidden = new Set([
    ...table.primary.keys(),
    ...table.secondary,
    ...table.family.cells.filter(({ state }) => state === 'HIDDEN').map(({ key }) => key),
  ]);
  return source.cells.map(cellKey).filter((key) => isHidden.has(linked.nameOf.get(key) ?? ''));
}

/** What one protection says of a cell. */
interface Verdict extends Pick<Decision, 'attack'> {
  readonly sight: Sight;
  readonly rules: readonly string[];
  readonly confStatus: string | null;
}

function verdictsOf({ prepared: { linked }, primary, table }: Protection) {
  const reasons = new Map(publish(table).reasons.map((reason) => [reason.key, reason]));
  const cellOf = new Map(primary.family.cells.map((cell) => [cell.key, cell]));
  const required = new Map(primary.requirements.map((one) => [one.key, one]));
  const attacked = new Map(table.attacked.map((one) => [one.key, one]));
  return (key: string): Verdict => {
    const name = linked.nameOf.get(key) ?? '';
    const lower = cellOf.get(name)?.lower;
    const distance = required.get(name);
    const reason = reasons.get(name);
    return {
      sight: {
        ...(lower == null || lower === 0n ? {} : { lower }),
        ...(distance ? { required: { lower: distance.lower, upper: distance.upper } } : {}),
      },
      rules: reason?.rules ?? [],
      confStatus: reason?.confStatus ?? null,
      attack: attacked.get(name) ?? null,
    };
  };
}

/** What the protections against all audiences say together of each cell of the release. */
export function decide(
  source: SourceTable,
  protections: readonly Protection[],
  suppressed: ReadonlySet<string>,
): Decision[] {
  const verdicts = protections.map((protection) => ({
    audience: protection.prepared.audience,
    of: verdictsOf(protection),
  }));
  return source.cells.map((cell) => {
    const key = cellKey(cell);
    if (!suppressed.has(key)) {
      return { cell, shown: true, confStatus: 'F', rules: [], sights: {}, attack: null };
    }
    const found = verdicts.map(({ audience, of }) => ({ audience, ...of(key) }));
    const broken = [...new Set(found.flatMap(({ rules }) => rules))];
    const primary = found.find(({ confStatus }) => confStatus !== null && confStatus !== 'D');
    const sights = Object.fromEntries(found.map(({ audience, sight }) => [audience, sight]));
    // What only one audience was judged for holds for the other as well.
    const everybody = found[0]?.sight ?? {};
    const all: Sights = { PUBLIC: everybody, COALITION: everybody, ...sights };
    return {
      cell,
      shown: false,
      confStatus: primary?.confStatus ?? 'D',
      rules: broken,
      sights: all,
      attack: found[0]?.attack ?? null,
    };
  });
}
