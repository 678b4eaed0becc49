/** Somebody who writes figures at random, in transactions that stay open while others commit and read. */
import type pg from 'pg';
import { insertObservations, observationRow, type RowOptions } from './observation-rows.ts';

export type Random = () => number;

/** mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const areas = ['11@2025-07', '40@2025-07', 'VN@2025-07', '15@2025-07'];
export const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)]!;

interface Version {
  readonly id: string;
  /** When it begins, or began. */
  readonly at: number;
}

/** A figure's newest versions. */
interface FigureState {
  readonly options: RowOptions & { readonly figure: string };
  readonly area: string;
  readonly present: Version;
  /** What takes its place in a while. */
  readonly coming?: Version;
  readonly withdrawn?: boolean;
}

const iso = (millis: number) => new Date(millis).toISOString();

export class Writer {
  readonly #client: pg.PoolClient;
  readonly #random: Random;
  readonly #name: string;
  readonly #figures = new Map<string, FigureState>();
  /** As they will be when the open transaction is committed. */
  readonly #touched = new Map<string, FigureState>();
  #serial = 0;
  /** Instants at which something that was written takes effect. */
  readonly instants: number[] = [];
  isOpen = false;

  constructor(name: string, client: pg.PoolClient, random: Random) {
    this.#name = name;
    this.#client = client;
    this.#random = random;
  }

  /** Writes some, in a transaction that is left open. */
  async write(): Promise<void> {
    if (!this.isOpen) await this.#client.query('begin');
    this.isOpen = true;
    const count = 1 + Math.floor(this.#random() * 3);
    for (let i = 0; i < count; i += 1) await this.#act();
  }

  async end(): Promise<void> {
    if (!this.isOpen) return;
    const isKept = this.#random() < 0.9;
    await this.#client.query(isKept ? 'commit' : 'rollback');
    if (isKept) for (const [figure, state] of this.#touched) this.#figures.set(figure, state);
    this.#touched.clear();
    this.isOpen = false;
  }

  #act(): Promise<void> {
    const settled = [...this.#figures.values()].filter(
      ({ options, withdrawn, present }) =>
        !withdrawn && !this.#touched.has(options.figure) && present.at < Date.now() - 5,
    );
    const idle = settled.filter(({ coming }) => !coming || coming.at < Date.now() - 20);
    // Those that may still be taken back; the transaction may well last longer than until then.
    const pending = settled.filter(
      ({ coming, options }) =>
        coming && coming.at > Date.now() + 60 && options.audience === 'PUBLISHED',
    );
    const kind = this.#random();
    if (pending.length > 0 && kind < 0.35) return this.#takeBack(pick(this.#random, pending));
    if (idle.length > 3 && kind < 0.6) return this.#correct(pick(this.#random, idle));
    if (idle.length > 3 && kind < 0.72) return this.#withdraw(pick(this.#random, idle));
    return this.#add();
  }

  /** Now, or in a while. */
  #instant(): number {
    const instant = this.#random() < 0.5 ? Date.now() : Date.now() + 80 + this.#random() * 500;
    this.instants.push(Math.floor(instant));
    return Math.floor(instant);
  }

  async #insert(area: string, options: RowOptions): Promise<string> {
    const row = { ...observationRow(area, options), id: `${this.#name}-${(this.#serial += 1)}` };
    await insertObservations(this.#client as never, [row]);
    return row.id;
  }

  async #add(): Promise<void> {
    const figure = `figure-${this.#name}-${this.#serial}`;
    const area = pick(this.#random, areas);
    const shape = pick(this.#random, ['PUBLISHED', 'INTERNAL', 'PAIR'] as const);
    const at = this.#instant();
    const base = { figure, timePeriod: '2026', value: this.#serial, indicator: 'PARTICIPANTS' };
    const inside = { ...base, audience: 'INTERNAL', confStatus: 'N', knownFrom: iso(at) } as const;
    const open = {
      ...base,
      audience: 'PUBLISHED',
      // Held before, where it comes in a while; or loaded with an instant of long ago.
      ...(this.#random() < 0.2 ? {} : { knownFrom: iso(Math.min(at, Date.now())) }),
      publishedAt: iso(at),
    } as const;
    if (shape === 'PAIR') {
      await this.#insert(area, { ...inside, knownFrom: iso(Math.min(at, Date.now())) });
      const withheld = { ...open, value: null, obsStatus: 'Q', confStatus: 'C', hasInternal: true };
      await this.#insert(area, withheld);
      return;
    }
    const options = shape === 'PUBLISHED' ? open : inside;
    this.#touched.set(figure, {
      options,
      area,
      present: { id: await this.#insert(area, options), at },
    });
  }

  async #close(id: string, at: number | null): Promise<void> {
    await this.#client.query('update observation set known_to = $2 where id = $1', [
      id,
      at === null ? null : iso(at),
    ]);
  }

  async #correct({ options, area, present, coming }: FigureState): Promise<void> {
    const last = coming ?? present;
    const at = Math.max(this.#instant(), last.at + 2);
    await this.#close(last.id, at);
    const from = options.audience === 'PUBLISHED' ? Math.min(at, Date.now()) : at;
    const next = {
      ...options,
      value: (options.value ?? 0) + 1_000,
      knownFrom: iso(Math.max(from, last.at + 1)),
    };
    const id = await this.#insert(
      area,
      options.audience === 'PUBLISHED' ? { ...next, publishedAt: iso(at) } : next,
    );
    this.#touched.set(options.figure, { options: next, area, present: last, coming: { id, at } });
  }

  /** As withdraw_release does of one whose instant has not come. */
  async #takeBack({ options, area, present, coming }: FigureState): Promise<void> {
    await this.#client.query(
      `update observation set withdrawn_at = $2::timestamptz, known_to = greatest($2::timestamptz, known_from + interval '1 millisecond')
        where id = $1`,
      [coming!.id, iso(Date.now())],
    );
    await this.#close(present.id, null);
    this.#touched.set(options.figure, { options, area, present });
  }

  async #withdraw({ options, area, present, coming }: FigureState): Promise<void> {
    const { id } = coming ?? present;
    await this.#client.query('update observation set withdrawn_at = $2 where id = $1', [
      id,
      iso(this.#instant()),
    ]);
    this.#touched.set(options.figure, { options, area, present: { id, at: 0 }, withdrawn: true });
  }
}
