/** From a release's cells and all that is known around them to a family that is ready to be judged, or attacked. Pure. */
import { around } from '../disclosure/around.ts';
import type { Finding, Primary, PrimaryRules } from '../disclosure/primary.ts';
import { judgeAmount, type Contribution } from '../disclosure/primary-money.ts';
import type { ProtectedTable } from '../disclosure/protect.ts';
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
    ) ||
    source?.cells.some(({ upper }) => upper?.COALITION !== upper?.PUBLIC) ||
    known.some(({ cells }) => cells.some(({ sights }) => differs(sights)));
  return audiences.filter((audience) => audience === 'PUBLIC' || knowsMore);
}

const differs = (sights: Sights | undefined): boolean =>
  sights?.COALITION !== undefined &&
  (sights.COALITION.lower !== sights.PUBLIC?.lower ||
    sights.COALITION.upper !== sights.PUBLIC?.upper ||
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

/** What an audience knows that a cell is at most. */
export const atMost = ({ upper }: SourceCell, audience: Audience): Sight =>
  upper?.[audience] === undefined ? {} : { upper: upper[audience] };

/** Zeros of amounts and counts, as each tells of the other (`twins.ts`). */
export interface KnownZeros {
  /** By key, how far above zero it must be thought possible. */
  readonly zeros: ReadonlyMap<string, bigint>;
  /** Inner cells of which the audience can work out that they are zero. */
  readonly told: ReadonlySet<string>;
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
  { zeros, told }: KnownZeros = { zeros: new Map(), told: new Set() },
): Prepared {
  const table: Layer = {
    name: 'own',
    cells: source.cells.map((cell) => {
      const key = cellKey(cell);
      const isTold = told.has(key);
      const above = isTold ? undefined : zeros.get(key);
      const isHidden = cell.isInner === true || suppressed.has(key) || above !== undefined;
      const state = isHidden ? 'HIDDEN' : 'OPEN';
      const sight: Sight = above === undefined ? {} : { required: { lower: 0n, upper: above } };
      const sights: Sights = {
        [audience]: { ...sight, ...atMost(cell, audience), ...(isTold ? { upper: 0n } : {}) },
      };
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
