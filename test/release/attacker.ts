/**
 * An attacker who knows only the API: gathers all that some readers may see, writes down every relation that
 * an outsider knows, and works out the least and largest value of each suppressed cell. MUST NOT import
 * anything of the gateway: its mistakes would be shared.
 */
import { keyOf, placeOf, type Fact, type Place } from './attacker-cell.ts';
import { crossDebts, debtIndicatorOf } from './attacker-crossings.ts';
import { Register, type AreaSum, type Range, type Unit } from './attacker-register.ts';
import {
  eliminate,
  infinity,
  optimise,
  settle,
  Unknowns,
  type Row,
  type Twins,
} from './attacker-solver.ts';

export type Ask = (
  agency: string,
  query: string,
) => Promise<{ readonly data: any; readonly errors: readonly unknown[]; readonly text: string }>;

export interface Bound {
  readonly key: string;
  readonly layer: string;
  readonly low: number;
  readonly high: number;
  /** What was known before anything was published: by the register, the list, and units read one by one. */
  readonly before: Range;
}

/** An attacker's belief that need not follow from the API, such as a rumour of what a correction was about. */
export interface Hints {
  /** Whether the cell says the same in all layers. */
  readonly isUnchanged?: (key: string) => boolean;
}

const figureFields = `figureId indicator scheme participantGroup timePeriod value decimals unit obsStatus
  confStatus sex residence breakdown { dimension code } refArea { code vintage } release { code }`;

const areaOf = ({ code, vintage }: { code: string; vintage: string }) => `${code}@${vintage}`;

const placeOfNode = (node: any): Place => [
  node.indicator ?? '',
  areaOf(node.refArea),
  node.scheme ?? '',
  node.participantGroup ?? '',
  (node.breakdown ?? [])
    .map(({ dimension, code }: Record<string, string>) => `${dimension}=${code}`)
    .join(';'),
  node.timePeriod ?? '',
];

/** All nodes of a connection, page by page. */
export async function readAll(
  ask: Ask,
  agency: string,
  root: string,
  where: string,
  fields: string,
  more = '',
  size = 100,
): Promise<any[]> {
  const nodes: any[] = [];
  for (let after = ''; ;) {
    const page = after ? `, after: "${after}"` : '';
    const condition = where ? `, where: { ${where} }` : '';
    const text = `{ ${root}(first: ${size}${page}${condition}${more}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`;
    const reply = await ask(agency, text);
    const connection = reply.data?.[root];
    if (!connection) throw new Error(`${agency} ${text}: ${reply.text}`);
    nodes.push(...connection.nodes);
    if (!connection.pageInfo.hasNextPage) return nodes;
    after = connection.pageInfo.endCursor;
  }
}

const denominatorOf: Readonly<Record<string, string>> = {
  HEALTH_INSURANCE: 'POPULATION_COUNT',
  SOCIAL_INSURANCE: 'LABOUR_FORCE',
  COMPULSORY_SI: 'LABOUR_FORCE',
  VOLUNTARY_SI: 'LABOUR_FORCE',
};

export class Attacker {
  readonly #ask: Ask;
  readonly #agencies: readonly string[];
  readonly #register: Register;
  /** By key and layer: what was ever seen is never forgotten. */
  readonly facts = new Map<string, Fact>();
  readonly #areaSums: AreaSum[] = [];
  #targets: any[] = [];
  #hasList = false;

  /** Without the business register nobody knows who might owe, nor where a unit of the list is. */
  constructor(ask: Ask, agencies: readonly string[], register: readonly Unit[] = []) {
    this.#ask = ask;
    this.#agencies = agencies;
    this.#register = new Register(register);
  }

  /** Looks at everything once more; keeps what it saw before. */
  async collect(province = '11'): Promise<void> {
    if (this.#areaSums.length === 0) await this.#readAreas(province);
    for (const agency of this.#agencies) {
      const figures = await readAll(this.#ask, agency, 'observations', '', figureFields);
      for (const node of figures) this.#learn(node);
      await this.#readChanges(agency);
      await this.#readDebts(agency, province);
    }
    this.#targets = await readAll(
      this.#ask,
      this.#agencies[0]!,
      'targets',
      '',
      `indicator scheme participantGroup timePeriod value unit refArea { code vintage }`,
    );
  }

  #learn(node: any): void {
    if (node.sex && (node.sex !== '_T' || node.residence !== '_T')) return;
    const key = keyOf(placeOfNode(node));
    const isSuppressed = node.value === null;
    if (isSuppressed && node.obsStatus !== 'Q') return;
    const layer = node.release?.code ?? `said ${node.value}`;
    this.facts.set(`${key}#${layer}`, {
      key,
      layer,
      unit: node.unit ?? '',
      value: isSuppressed ? null : Number(node.value),
      decimals: node.decimals ?? 0,
    });
  }

  async #readAreas(province: string): Promise<void> {
    const [agency = ''] = this.#agencies;
    for (const [vintage, day, from, to] of [
      ['2025-06', '2025-06-30', '0000', '2025-06-30'],
      ['2025-07', '2025-07-01', '2025-07-01', '9999'],
    ] as const) {
      const reply = await this.#ask(
        agency,
        `{ area(key: { code: "${province}", vintage: "${vintage}" }) { children(on: "${day}") { code vintage kind } } }`,
      );
      // An attacker without the sums of its province would find everything safe.
      const children = reply.data?.area?.children;
      if (!children?.length) throw new Error(`${agency} ${province} ${vintage}: ${reply.text}`);
      // Offices of several communes stand beside them, and are sums of their own.
      const parts = children.filter(({ kind }: any) => kind !== 'OFFICE_CLUSTER').map(areaOf);
      this.#areaSums.push({ whole: `${province}@${vintage}`, parts, from, to });
    }
    const clusters = await readAll(
      this.#ask,
      agency,
      'areas',
      'kind: OFFICE_CLUSTER',
      'code vintage members { code vintage }',
    );
    for (const cluster of clusters) {
      const parts = cluster.members.map(areaOf);
      this.#areaSums.push({ whole: areaOf(cluster), parts, from: '0000', to: '9999' });
    }
  }

  /** Earlier versions show themselves through what changed; of all releases at once that would be refused. */
  async #readChanges(agency: string): Promise<void> {
    const changes = `changes(first: 200) { before { ${figureFields} } after { ${figureFields} } }`;
    const fields = `supersedes { code } ${changes}`;
    const releases = await readAll(
      this.#ask,
      agency,
      'releases',
      'state: PUBLISHED',
      fields,
      '',
      1,
    );
    for (const { supersedes, changes: found } of releases) {
      if (!supersedes) continue;
      for (const { before, after } of found) {
        for (const node of [before, after]) if (node) this.#learn(node);
      }
    }
  }

  async #readDebts(agency: string, province: string): Promise<void> {
    const within = `within: { code: "${province}", vintage: "2025-07" }`;
    const debts = [...this.facts.values()].filter((fact) => debtIndicatorOf(fact));
    const days = new Set(debts.map(({ key }) => placeOf(key)[5]));
    for (const day of agency.startsWith('union') ? days : []) {
      const rows = await readAll(
        this.#ask,
        agency,
        'debtPositions',
        `${within}, asOf: "${day}"`,
        'state amount employer { unitCode sector ownership sizeBand area { code vintage } }',
      );
      for (const { state, amount, employer } of rows) {
        if (!employer) continue;
        const { unitCode, sector, ownership, sizeBand: size } = employer;
        const unit = { unitCode, area: areaOf(employer.area), sector, ownership, size };
        this.#register.read(unit, day, state, Number(amount));
      }
    }
    // The statutory list is the same for everybody; where a unit is and what it does is in the business register.
    if (this.#hasList || days.size === 0) return;
    this.#hasList = true;
    const rows = await readAll(
      this.#ask,
      agency,
      'statutoryListEntries',
      `area: { code: "${province}", vintage: "2025-07" }, latest: false`,
      'unitCode amount list { debtOn }',
    );
    for (const { unitCode, amount, list } of rows) {
      const unit = this.#register.find(unitCode);
      if (unit && list) this.#register.listed(unit, list.debtOn, Number(amount));
    }
  }

  /** What is hidden somewhere: by key and layer. */
  get hidden(): Fact[] {
    return [...this.facts.values()].filter(({ value }) => value === null);
  }

  /** The least and largest value of each suppressed cell, and of each crossing, that agree with all that is known. */
  async solve(hints: Hints = {}): Promise<Bound[]> {
    const { unknowns, rows, twins, nodeOf, crossings } = this.#model(hints);
    settle(unknowns, rows, twins);
    eliminate(unknowns, rows);
    const hidden = this.hidden.map(({ key, layer, unit, value, decimals }) => ({
      key,
      layer,
      node: nodeOf({ key, layer, unit, value, decimals }),
    }));
    // All of them: one end that is found spares most others, so that none has to be left out.
    const targets = [...new Set([...hidden, ...crossings].map(({ node }) => node))];
    await optimise(unknowns, rows, targets);
    // What the program found to be nothing makes its twin nothing too.
    if (settle(unknowns, rows, twins)) await optimise(unknowns, rows, targets);
    return [...hidden, ...crossings].map(({ key, layer, node }) => ({
      key,
      layer,
      low: unknowns.low[node]!,
      high: unknowns.high[node]!,
      before: this.#before(key),
    }));
  }

  #before(key: string): Range {
    const which = debtIndicatorOf({ key });
    if (!which) return [0, infinity];
    const { count, amount } = this.#debtRanges(placeOf(key));
    return which === 'CONTRIBUTION_DEBT' ? amount : count;
  }

  #model({ isUnchanged = () => true }: Hints) {
    const unknowns = new Unknowns();
    const name = ({ key, layer, value }: Fact) =>
      isUnchanged(key) ? key : `${key}#${value ?? layer}`;
    // Where sources contradict each other, each is a number of its own.
    const spoken = new Map<string, Set<number>>();
    for (const { key, value } of this.facts.values()) {
      if (value !== null) spoken.set(key, (spoken.get(key) ?? new Set()).add(value));
    }
    const nameOf = (fact: Fact) =>
      (spoken.get(fact.key)?.size ?? 0) > 1
        ? `${fact.key}#${fact.value ?? fact.layer}`
        : name(fact);
    const nodeOf = (fact: Fact) => unknowns.named(nameOf(fact), fact.unit);
    const counted = [...this.facts.values()].filter(
      ({ unit, value }) => ['PERSONS', 'EMPLOYERS', 'VND'].includes(unit) && (value ?? 0) >= 0,
    );
    for (const fact of counted) {
      const node = nodeOf(fact);
      if (fact.value !== null) unknowns.bound(node, fact.value, fact.value);
    }
    this.#boundByRates(counted, unknowns, nodeOf);
    const crossed = crossDebts({
      facts: counted,
      register: this.#register,
      areaSums: this.#areaSums,
      unknowns,
      nodeOf,
      isShared: (key) => isUnchanged(key) && (spoken.get(key)?.size ?? 0) <= 1,
    });
    const rows = [
      ...this.#sums(counted, unknowns, nodeOf),
      ...this.#wholes(counted, unknowns, nodeOf),
      ...crossed.rows,
    ];
    const twins = [...this.#boundByDebts(counted, unknowns, nodeOf), ...crossed.twins];
    return { unknowns, rows, twins, nodeOf, crossings: crossed.crossings };
  }

  /** How many may owe in a place, and how much; what the attacker knows of the place without the register is less. */
  #debtRanges([, area, , , breakdown, day]: Place): { count: Range; amount: Range } {
    const communes = this.#register.communesOf(area, day, this.#areaSums);
    if (communes && !this.#register.isEmpty) {
      return this.#register.ranges(communes, breakdown, day);
    }
    const isInside = (id: string) => (communes ? communes.has(id) : id === area);
    const [count, amount] = this.#register.least(isInside, breakdown, day);
    return { count: [count, infinity], amount: [amount, infinity] };
  }

  /** Sums over areas, schemes and sectors, and the months' identities; what nobody stated is an unknown too. */
  #sums(facts: readonly Fact[], unknowns: Unknowns, nodeOf: (fact: Fact) => number): Row[] {
    const rows = new Map<string, Row>();
    const byLayer = new Map<string, Map<string, Fact>>();
    const anywhere = new Map<string, Fact>();
    for (const fact of facts) {
      const layer = byLayer.get(fact.layer) ?? new Map<string, Fact>();
      byLayer.set(fact.layer, layer.set(fact.key, fact));
      anywhere.set(fact.key, fact);
    }
    const add = (terms: readonly (readonly [number, number])[], low = 0, high = 0) => {
      const joined = new Map<number, number>();
      for (const [node, factor] of terms) joined.set(node, (joined.get(node) ?? 0) + factor);
      rows.set(JSON.stringify([...joined].sort((a, b) => a[0] - b[0])), {
        terms: joined,
        low,
        high,
      });
    };
    for (const [layerName, layer] of byLayer) {
      const isOne = layerName.startsWith('said ');
      const at = (place: Place): Fact | undefined =>
        layer.get(keyOf(place)) ?? anywhere.get(keyOf(place));
      const nodeAt = (place: Place, unit: string) => {
        const fact = at(place);
        return fact ? nodeOf(fact) : unknowns.named(`never stated ${keyOf(place)}`, unit);
      };
      const partitions = isOne ? new Map<string, never>() : partitionsOf(layer.values());
      for (const { key, unit } of layer.values()) {
        const [indicator, area, scheme, group, breakdown, period] = placeOf(key);
        const day = period.length === 7 ? `${period}-28` : period;
        for (const { whole, parts, from, to } of this.#areaSums) {
          if ((area !== whole && !parts.includes(area)) || day < from || day > to) continue;
          const place = (id: string): Place => [indicator, id, scheme, group, breakdown, period];
          if (!at(place(whole)) || !parts.some((part) => at(place(part)))) continue;
          if (isOne && !parts.every((part) => at(place(part)))) continue;
          add([
            [nodeAt(place(whole), unit), 1],
            ...parts.map((part) => [nodeAt(place(part), unit), -1] as const),
          ]);
        }
        const series = (to: string, of: string): Place => [
          indicator,
          area,
          to,
          of,
          breakdown,
          period,
        ];
        const both = [series('COMPULSORY_SI', 'EMPLOYEES'), series('VOLUNTARY_SI', 'ALL')] as const;
        const whole = series('SOCIAL_INSURANCE', 'ALL');
        if ([whole, ...both].every((place) => at(place))) {
          add([
            [nodeAt(whole, unit), 1],
            ...both.map((place) => [nodeAt(place, unit), -1] as const),
          ]);
        }
        for (const codes of partitions.get(keyOf(wholeOf(key)))?.values() ?? []) {
          const place = (to: string): Place => [indicator, area, scheme, group, to, period];
          const stated = [...codes].filter((one) => at(place(one)));
          const others = [...codes].filter((one) => !at(place(one)));
          // What a table leaves out of a place is nothing only where nobody could be: so says the register.
          const isDebt = debtIndicatorOf(layer.get(key)!) !== undefined;
          const left = others.filter((one) => !isDebt || this.#debtRanges(place(one)).count[1] > 0);
          if (!at(place('')) || stated.length === 0 || left.some(() => !isDebt)) continue;
          add([
            [nodeAt(place(''), unit), 1],
            ...[...stated, ...left].map((one) => [nodeAt(place(one), unit), -1] as const),
          ]);
        }
        if (indicator === 'ENROLMENT_JOINED') this.#month(key, nodeAt, at, add);
      }
    }
    return [...rows.values()];
  }

  /** opening + joined + returned - left = closing; an opening that was never stated is not below zero either. */
  #month(
    key: string,
    nodeAt: (place: Place, unit: string) => number,
    at: (place: Place) => Fact | undefined,
    add: (terms: readonly (readonly [number, number])[]) => void,
  ): void {
    const [, area, scheme, group, breakdown, month] = placeOf(key);
    if (!/^\d{4}-\d{2}$/.test(month)) return;
    const [year, number] = month.split('-').map(Number) as [number, number];
    const isoDay = (date: Date) => date.toISOString().slice(0, 10);
    const closing = isoDay(new Date(Date.UTC(year, number, 0)));
    const opening = isoDay(new Date(Date.UTC(year, number - 1, 0)));
    const place = (indicator: string, period: string): Place => [
      indicator,
      area,
      scheme,
      group,
      breakdown,
      period,
    ];
    if (!at(place('PARTICIPANTS', closing))) return;
    add([
      [nodeAt(place('PARTICIPANTS', opening), 'PERSONS'), 1],
      [nodeAt(place('ENROLMENT_JOINED', month), 'PERSONS'), 1],
      [nodeAt(place('ENROLMENT_RETURNED', month), 'PERSONS'), 1],
      [nodeAt(place('ENROLMENT_LEFT', month), 'PERSONS'), -1],
      [nodeAt(place('PARTICIPANTS', closing), 'PERSONS'), -1],
    ]);
  }

  /** Participants are some of the population or the labour force of the year. */
  #wholes(facts: readonly Fact[], unknowns: Unknowns, nodeOf: (fact: Fact) => number): Row[] {
    const rows: Row[] = [];
    for (const fact of facts) {
      const [indicator, area, scheme, , , period] = placeOf(fact.key);
      const whole = denominatorOf[scheme];
      if (indicator !== 'PARTICIPANTS' || !whole || fact.value !== null) continue;
      for (const other of facts) {
        const [of, where, , group, breakdown, year] = placeOf(other.key);
        if (of !== whole || where !== area || group !== 'ALL' || breakdown !== '') continue;
        if (year !== period.slice(0, 4) || other.value === null) continue;
        unknowns.bound(nodeOf(fact), 0, other.value);
      }
    }
    return rows;
  }

  /** A printed rate times its denominator, a printed achievement times its plan. */
  #boundByRates(facts: readonly Fact[], unknowns: Unknowns, nodeOf: (fact: Fact) => number): void {
    const rates = [...this.facts.values()].filter(
      ({ unit, value }) => unit === 'PERCENT' && value !== null,
    );
    for (const fact of facts) {
      const [indicator, area, scheme, group, breakdown, period] = placeOf(fact.key);
      if (indicator !== 'PARTICIPANTS' || fact.value !== null || breakdown !== '') continue;
      for (const rate of rates) {
        const [of, where, ofScheme, ofGroup, , ofPeriod] = placeOf(rate.key);
        if (where !== area || ofScheme !== scheme || ofGroup !== group) continue;
        if (!period.startsWith(ofPeriod)) continue;
        const half = 0.5 / 10 ** rate.decimals;
        const wholes: number[] = [];
        if (of === 'COVERAGE_RATE') {
          for (const other of facts) {
            const [measure, place, , , , year] = placeOf(other.key);
            const isWhole = measure === denominatorOf[scheme] && place === area;
            if (isWhole && period.startsWith(year) && other.value) wholes.push(other.value);
          }
        }
        if (of === 'PLAN_ACHIEVEMENT') {
          for (const target of this.#targets) {
            const key = keyOf(placeOfNode(target));
            if (
              key === keyOf(['PARTICIPANTS', area, scheme, group, '', ofPeriod]) &&
              target.value
            ) {
              wholes.push(Number(target.value));
            }
          }
        }
        for (const whole of wholes) {
          const low = Math.ceil(((rate.value! - half) / 100) * whole);
          unknowns.bound(nodeOf(fact), low, Math.floor(((rate.value! + half) / 100) * whole));
        }
      }
    }
  }

  /**
   * In the sums of an area and breakdown are the known debtors, and nobody but its units; no debtor owes nothing,
   * and no debt has no debtor.
   */
  #boundByDebts(
    facts: readonly Fact[],
    unknowns: Unknowns,
    nodeOf: (fact: Fact) => number,
  ): Twins[] {
    const byKey = new Map(facts.map((fact) => [`${fact.key}#${fact.layer}`, fact]));
    return facts.flatMap((fact): Twins[] => {
      const which = debtIndicatorOf(fact);
      if (!which) return [];
      const place = placeOf(fact.key);
      if (fact.value === null) {
        const { count, amount } = this.#debtRanges(place);
        unknowns.bound(nodeOf(fact), ...(which === 'CONTRIBUTION_DEBT' ? amount : count));
      }
      if (which === 'CONTRIBUTION_DEBT') return [];
      const key = keyOf(place.with(0, 'CONTRIBUTION_DEBT') as unknown as Place);
      const amount = byKey.get(`${key}#${fact.layer}`);
      return amount ? [[nodeOf(fact), nodeOf(amount)]] : [];
    });
  }
}

/** The cell of a table that its breakdowns are parts of, wherever it lies. */
const wholeOf = (key: string): Place => {
  const [indicator, , scheme, group, , period] = placeOf(key);
  return [indicator, '', scheme, group, '', period];
};

/** Breakdowns that a table has somewhere, by whole and dimension: what tells the parts of a whole apart. */
function partitionsOf(facts: Iterable<Fact>): Map<string, Map<string, Set<string>>> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { key } of facts) {
    const breakdown = placeOf(key)[4];
    if (breakdown === '' || breakdown.includes(';')) continue;
    const whole = keyOf(wholeOf(key));
    const dimensions = found.get(whole) ?? new Map<string, Set<string>>();
    const [dimension = ''] = breakdown.split('=');
    found.set(whole, dimensions);
    dimensions.set(dimension, (dimensions.get(dimension) ?? new Set()).add(breakdown));
  }
  return found;
}
