/** What the business register and employers read one by one tell of debts: who may owe in a place, who owes, and how much. */
import { infinity } from './attacker-solver.ts';

/** What the business register says of a unit, whose number is public. It does not say whether the unit owes. */
export interface Unit {
  readonly unitCode: string;
  readonly area: string;
  readonly sector: string;
  readonly ownership: string;
  readonly size: string;
}

/** Sums of areas: whole, parts, and the days on which they hold. */
export interface AreaSum {
  readonly whole: string;
  readonly parts: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** What is known of one unit on one day. */
interface Seen {
  readonly unit: Unit;
  /** Owed at least. */
  readonly amount: number;
  /** Read as a position of the day, so that no more is owed, in this state; else from a list, which may say less. */
  readonly stateGroup: string | null;
}

/** Least and most. */
export type Range = readonly [number, number];

/** Dimensions that the register tells of a unit. */
const registered = ['ownership', 'sector', 'size'] as const;
type Registered = (typeof registered)[number];
export const isRegistered = (dimension: string): dimension is Registered =>
  registered.some((one) => one === dimension);

const groupOfState = (state: string | null): string => {
  if (state === 'LATE_UNPAID' || state === 'LATE_UNREGISTERED' || state === 'EXCUSED')
    return 'LATE';
  return state?.startsWith('EVASION_') ? 'EVADING' : 'OTHER';
};

/** `sector=TRADE;state=LATE` as pairs. */
const pairsOf = (breakdown: string) =>
  breakdown === '' ? [] : breakdown.split(';').map((pair) => pair.split('=') as [string, string]);

export class Register {
  readonly #units: readonly Unit[];
  readonly #vintages: ReadonlySet<string | undefined>;
  readonly #seen = new Map<string, Seen>();

  constructor(units: readonly Unit[]) {
    this.#units = units;
    this.#vintages = new Set(units.map(({ area }) => area.split('@')[1]));
  }

  /** The unit of this number, in a place if that is said too. */
  find(unitCode: string, area?: string): Unit | undefined {
    return this.#units.find((unit) => unit.unitCode === unitCode && (!area || unit.area === area));
  }

  /** A list counts payments until later, so that it may say less than is owed on its day. */
  listed(unit: Unit, day: string, amount: number): void {
    const known = this.#at(unit, day);
    if (known?.stateGroup != null || (known?.amount ?? 0) >= amount) return;
    this.#seen.set(keyAt(unit, day), { unit, amount, stateGroup: null });
  }

  /** What is owed on the day, exactly. */
  read(unit: Unit, day: string, state: string | null, amount: number): void {
    const owed = state === 'ON_TIME' || state === 'SUSPENDED' ? 0 : amount;
    this.#seen.set(keyAt(unit, day), { unit, amount: owed, stateGroup: groupOfState(state) });
  }

  #at(unit: Unit, day: string): Seen | undefined {
    return this.#seen.get(keyAt(unit, day));
  }

  /** The communes that an area consists of on a day; null where the attacker does not know them, or the register is of others. */
  communesOf(area: string, day: string, sums: readonly AreaSum[]): ReadonlySet<string> | null {
    const valid = sums.filter(({ from, to }) => from <= day && day <= to);
    const leaves = (id: string): string[] => {
      const parts = valid.find(({ whole }) => whole === id)?.parts;
      return parts ? parts.flatMap(leaves) : [id];
    };
    if (!valid.some(({ whole, parts }) => whole === area || parts.includes(area))) return null;
    const communes = leaves(area);
    const isCovered = communes.every((id) => this.#vintages.has(id.split('@')[1]));
    return isCovered ? new Set(communes) : null;
  }

  /** How many of a place may owe, and how much they do, of those that a breakdown counts. */
  ranges(communes: ReadonlySet<string>, breakdown: string, day: string) {
    const pairs = pairsOf(breakdown);
    const units = this.#units.filter(
      (unit) =>
        communes.has(unit.area) &&
        pairs.every(([name, code]) => !isRegistered(name) || unit[name] === code),
    );
    return this.#rangesOf(units, pairs.find(([name]) => name === 'state')?.[1], day);
  }

  /** Who is known to owe at least, where nobody knows who else might: without the register's own units. */
  least(isInside: (area: string) => boolean, breakdown: string, day: string): Range {
    const pairs = pairsOf(breakdown);
    let count = 0;
    let amount = 0;
    for (const [key, { unit, amount: owed, stateGroup }] of this.#seen) {
      if (!key.endsWith(` ${day}`) || owed <= 0 || !isInside(unit.area)) continue;
      const isHere = pairs.every(([name, code]) =>
        name === 'state' ? stateGroup === code : isRegistered(name) && unit[name] === code,
      );
      if (!isHere) continue;
      count += 1;
      amount += owed;
    }
    return [count, amount];
  }

  #rangesOf(units: readonly Unit[], state: string | undefined, day: string) {
    let debtors = 0;
    let owed = 0;
    let open = 0;
    let unread = 0;
    for (const unit of units) {
      const seen = this.#at(unit, day);
      const isRead = seen?.stateGroup != null;
      // Who owes nothing, or is read in another state, is not among those counted.
      if (isRead && (seen.amount <= 0 || (state !== undefined && seen.stateGroup !== state)))
        continue;
      const isSure = seen !== undefined && seen.amount > 0 && (state === undefined || isRead);
      if (isSure) {
        debtors += 1;
        owed += seen.amount;
      } else {
        open += 1;
      }
      if (!isRead) unread += 1;
    }
    const count: Range = [debtors, debtors + open];
    // Of those read one by one nothing more is owed.
    const amount: Range = [owed, unread === 0 ? owed : infinity];
    return { count, amount };
  }

  /** Breakdowns by all that the register tells, of the units of a place: `ownership=FDI;sector=TRADE`. */
  crossings(
    communes: ReadonlySet<string>,
    codes: ReadonlyMap<string, ReadonlySet<string>>,
  ): string[] {
    const dimensions = registered.filter((name) => codes.has(name));
    const here = this.#units.filter(
      (unit) =>
        communes.has(unit.area) && dimensions.every((name) => codes.get(name)!.has(unit[name])),
    );
    return [
      ...new Set(here.map((unit) => dimensions.map((name) => `${name}=${unit[name]}`).join(';'))),
    ];
  }

  get isEmpty(): boolean {
    return this.#units.length === 0;
  }
}

const keyAt = ({ unitCode, area }: Unit, day: string) => `${unitCode} ${area} ${day}`;
