/**
 * Protects a made-up province (or more of them) and says how long it took. Not a test:
 *
 *     npx esbuild test/bench/disclosure.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/disclosure-bench.mjs
 *     node node_modules/.cache/disclosure-bench.mjs [provinces] [communes of each] [periods]
 */
import { attack } from '../../src/disclosure/attack.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { protect } from '../../src/disclosure/protect.ts';
import { stockFlow, tableSums, type Axis } from '../../src/disclosure/relations.ts';
import type { Cell, Family, Relation } from '../../src/disclosure/table.ts';

const [provinceCount = 1, communeCount = 130, periodCount = 4] = process.argv.slice(2).map(Number);
const schemes = ['SI', 'UI', 'OA'];
const measures = ['CLOSING', 'JOINED', 'LEFT'];

/** mulberry32: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function areas(): Axis {
  const provinces = Array.from({ length: provinceCount }, (_, at) => `P${at}`);
  const branches = provinces.map((parent) => ({
    parent,
    children: Array.from({ length: communeCount }, (_, at) => `${parent}C${at}`),
  }));
  const country = provinceCount > 1 ? [{ parent: 'VN', children: provinces }] : [];
  const members = [...country, ...branches].flatMap(({ parent }) => parent);
  return {
    name: 'area',
    members: [...members, ...branches.flatMap(({ children }) => children)],
    branches: [...country, ...branches],
  };
}

/** Persons at the end of each month, and who joined and left in it, by area and scheme. */
function family(): Family {
  const random = seeded(1);
  const area = areas();
  const scheme: Axis = {
    name: 'scheme',
    members: ['ALL', ...schemes],
    branches: [{ parent: 'ALL', children: schemes }],
  };
  const values = new Map<string, bigint>();
  const parents = new Map<string, string[]>();
  for (const { parent, children } of area.branches) {
    for (const child of children) {
      parents.set(child, [parent, ...(provinceCount > 1 && parent !== 'VN' ? ['VN'] : [])]);
    }
  }
  const communes = area.members.filter((member) => member.includes('C'));
  for (const commune of communes) {
    for (const name of schemes) {
      // Skewed, as communes are: most are small, few are large.
      let stock = Math.floor(Math.exp(random() * 7));
      for (let period = 0; period < periodCount; period += 1) {
        const joined = Math.floor(random() * random() * stock * 0.2);
        const left = Math.floor(random() * random() * (stock + joined) * 0.15);
        stock += joined - left;
        for (const [measure, value] of [stock, joined, left].entries()) {
          for (const place of [commune, ...parents.get(commune)!]) {
            for (const column of [name, 'ALL']) {
              const key = `${measures[measure]}/${period}/${place}/${column}`;
              values.set(key, (values.get(key) ?? 0n) + BigInt(value));
            }
          }
        }
      }
    }
  }
  const cells = [...values].map(([key, value]): Cell => ({
    key,
    value,
    kind: 'PERSONS',
    state: 'OPEN',
  }));
  const relations: Relation[] = [];
  for (let period = 0; period < periodCount; period += 1) {
    for (const measure of measures) {
      relations.push(...tableSums([area, scheme], ([a, s]) => `${measure}/${period}/${a}/${s}`));
    }
    for (const a of period === 0 ? [] : area.members) {
      for (const s of scheme.members) {
        const at = (measure: string, when: number) => `${measure}/${when}/${a}/${s}`;
        relations.push(
          stockFlow(
            at('CLOSING', period - 1),
            [at('JOINED', period)],
            [at('LEFT', period)],
            at('CLOSING', period),
          ),
        );
      }
    }
  }
  return { cells, relations };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function timed<T>(name: string, run: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await run();
  say(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

const table = family();
say(`${table.cells.length} cells, ${table.relations.length} relations`);
const primary = await timed('primary rules', () => judgePrimary(table));
say(`${primary.findings.size} primary, ${primary.requirements.length} requirements`);
const bare = await timed('attack without complementary suppression', () =>
  attack(primary.family, new Set(primary.findings.keys()), primary.requirements),
);
say(`${bare.cells.filter(({ isSafe }) => !isSafe).length} unsafe, ${bare.solved} programs`);
let step = '';
let since = performance.now();
const result = await timed('protection', () =>
  protect(primary, {
    onProgress: (name, _done, of) => {
      if (name === step) return;
      say(`  ${name} of ${of} from ${((performance.now() - since) / 1000).toFixed(1)} s`);
      step = name;
      if (name === 'PROTECT') since = performance.now();
    },
  }),
);
say(`${result.secondary.size} secondary`);
