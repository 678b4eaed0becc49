/** What the protections against all audiences say of each cell of a release. Pure. */
import { publish } from '../disclosure/publish.ts';
import { cellKey, type Audience, type Sight, type Sights, type SourceCell } from './cell.ts';
import { atMost, type Protection, type SourceTable } from './prepared.ts';

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

/** Names in the family of all that is not to be seen after a protection. */
export function hiddenIn({ table }: Protection): ReadonlySet<string> {
  return new Set([
    ...table.primary.keys(),
    ...table.secondary,
    ...table.family.cells.filter(({ state }) => state === 'HIDDEN').map(({ key }) => key),
  ]);
}

/** The cells of the release that a protection suppresses. */
export function suppressedIn(source: SourceTable, protection: Protection) {
  const { linked } = protection.prepared;
  const isHidden = hiddenIn(protection);
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
    const { lower, outOf } = cellOf.get(name) ?? {};
    const distance = required.get(name);
    const reason = reasons.get(name);
    return {
      sight: {
        ...(lower == null || lower === 0n ? {} : { lower }),
        ...(outOf === undefined ? {} : { upper: outOf }),
        ...(distance ? { required: { lower: distance.lower, upper: distance.upper } } : {}),
      },
      rules: reason?.rules ?? [],
      confStatus: reason?.confStatus ?? null,
      attack: attacked.get(name) ?? null,
    };
  };
}

interface Seen {
  readonly audience: Audience;
  readonly sight: Sight;
}

/** What each audience sees of a cell; what only one was judged for holds for the other as well. */
function sightsOf(cell: SourceCell, seen: readonly Seen[], of: (sight: Sight) => Sight): Sights {
  const everybody = seen[0]?.sight ?? {};
  const sightOf = (audience: Audience) =>
    of({
      ...atMost(cell, audience),
      ...(seen.find((one) => one.audience === audience)?.sight ?? everybody),
    });
  return { PUBLIC: sightOf('PUBLIC'), COALITION: sightOf('COALITION') };
}

/** Of a cell that is shown nothing is required, but it bounds others whatever is published. */
const known = ({ required: _, ...rest }: Sight): Sight => rest;

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
    const found = verdicts.map(({ audience, of }) => ({ audience, ...of(key) }));
    if (!suppressed.has(key) && !cell.isInner) {
      const sights = sightsOf(cell, found, known);
      return { cell, shown: true, confStatus: 'F', rules: [], sights, attack: null };
    }
    const broken = [...new Set(found.flatMap(({ rules }) => rules))];
    const primary = found.find(({ confStatus }) => confStatus !== null && confStatus !== 'D');
    return {
      cell,
      shown: false,
      confStatus: primary?.confStatus ?? 'D',
      rules: broken,
      sights: sightsOf(cell, found, (sight) => sight),
      attack: found[0]?.attack ?? null,
    };
  });
}
