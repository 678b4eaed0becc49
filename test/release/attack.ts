/** What an attacker recovers of a release, measured against its true cells. */
import { Attacker, type Ask, type Bound, type Hints } from './attacker.ts';
import type { Unit } from './attacker-register.ts';
import type { ReleaseBench } from './support.ts';

/** Press and unions that put together what they know. */
export const coalition = ['press-vn', 'union-dien-bien', 'union-lao-cai'];

interface Truth {
  readonly key: string;
  readonly value: bigint;
  readonly lower: bigint | null;
  readonly upper: bigint | null;
}

/** What the cells of a release are, and how far attackers must be kept from them. */
export async function truthOf({ owner }: ReleaseBench, release: string, isCoalition = true) {
  const by = isCoalition ? 'coalition_required' : 'required';
  const { rows } = await owner.query<Record<'key' | 'value' | 'lower' | 'upper', string | null>>(
    `select key, value::text as value, ${by}_lower::text as lower, ${by}_upper::text as upper
       from release_cell where release_id = $1`,
    [release],
  );
  const whole = (text: string | null) => (text === null ? null : BigInt(text));
  return new Map(
    rows.map((row): [string, Truth] => [
      row.key!,
      {
        key: row.key!,
        value: BigInt(row.value!),
        lower: whole(row.lower),
        upper: whole(row.upper),
      },
    ]),
  );
}

/**
 * Cells whose value the attacker knows closer than is allowed; a belief that is wrong recovers nothing. What was
 * known before is not recovered: of two employers no more than two owe, whatever is published.
 */
export function recovered(bounds: readonly Bound[], truths: ReadonlyMap<string, Truth>) {
  return bounds.flatMap(({ key, low, high, before: [least, most] }) => {
    const truth = truths.get(key);
    if (!truth || truth.lower === null || truth.upper === null) return [];
    const value = Number(truth.value);
    if (value < low || value > high) return [];
    const isWide =
      low <= Math.max(value - Number(truth.lower), least) &&
      high >= Math.min(value + Number(truth.upper), most);
    return isWide ? [] : [`${key} = ${value}: ${low} ... ${high}`];
  });
}

export const askOf =
  ({ gateway }: ReleaseBench): Ask =>
  (agency, query) =>
    gateway.ask(agency, query);

/** One who looks units up in the business register. */
export async function openAttacker(
  bench: ReleaseBench,
  agencies: readonly string[] = coalition,
): Promise<Attacker> {
  const { rows } = await bench.owner.query<Unit>(
    'select unit_code as "unitCode", area_id as area, sector, ownership, size_band as size from employer',
  );
  return new Attacker(askOf(bench), agencies, rows);
}

/** By two dimensions at once: never published. */
const isCrossing = (key: string) => key.split('|')[4]!.includes(';');

interface AttackOf {
  readonly attacker?: Attacker;
  readonly hints?: Hints;
  readonly isCoalition?: boolean;
  /** Whose areas and debts are looked at. */
  readonly province?: string;
}

export async function attackOn(
  bench: ReleaseBench,
  release: string,
  { attacker: given, hints = {}, isCoalition = true, province }: AttackOf = {},
) {
  const attacker = given ?? (await openAttacker(bench));
  await attacker.collect(province);
  const bounds = (await attacker.solve(hints)).filter(({ layer }) => layer === release);
  const truths = await truthOf(bench, release, isCoalition);
  const wrong = bounds.filter(({ key, low, high }) => {
    // A release keeps crossings only where it is broken down by all that is crossed.
    if (isCrossing(key) && !truths.has(key)) return false;
    const value = Number(truths.get(key)?.value);
    return !(low <= value && value <= high);
  });
  return { bounds, wrong, found: recovered(bounds, truths) };
}
