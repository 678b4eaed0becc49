/**
 * Protects a made-up release of debts of one province, and says how long it took and how much of it is shown. Not a test:
 *
 *     npx esbuild test/bench/debt-release.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/debt-release-bench.mjs
 *     node node_modules/.cache/debt-release-bench.mjs [communes] [employers] [ownership, size or plain]
 */
import { ownerships, sectors } from '../../src/demonstration/employers.ts';
import { chance, pickWeighted } from '../../src/demonstration/seeded.ts';
import { besideDimensionOf, debtTable, type Debtor } from '../../src/release/debt-table.ts';
import { rulesOf } from '../../src/release/rules.ts';
import { protectWhole } from '../../src/release/whole.ts';
import { registeredOf } from '../release/fake-api.ts';

const [, , communesGiven = '126', employersGiven = '30000', kind = 'ownership'] = process.argv;
const dimension = besideDimensionOf(kind);
const [communeCount, employerCount] = [Number(communesGiven), Number(employersGiven)];
const day = '2026-06-30';
const province = 'P';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Roughly normal: a sum of twelve. */
const normal = (key: string) =>
  Array.from({ length: 12 }, (_, nth) => chance(`${key} ${nth}`)).reduce((a, b) => a + b, -6);

const states = [
  ['LATE_UNPAID', 70],
  ['EVASION_UNPAID_AFTER_REMINDER', 25],
  ['HARD_TO_COLLECT', 5],
] as const;
const sizeBands = [
  ['W1_9', 70],
  ['W10_49', 20],
  ['W50_199', 7],
  ['W200_PLUS', 3],
] as const;
/** Large employers owe more. */
const timesOwed: Readonly<Record<string, number>> = { W10_49: 5, W50_199: 25, W200_PLUS: 150 };

const communes = Array.from({ length: communeCount }, (_, nth) => `C${nth}`);
const sizes = communes.map((commune) => [commune, Math.exp(normal(commune))] as const);

/** One in ten is read by a union; one in eight owes, of these four in ten for long, and most of them are on the list. */
function known(name: string, isRead: boolean): Debtor['known'] {
  if (chance(`long ${name}`) < 0.4) return chance(`listed ${name}`) < 0.8 ? 'CERTAIN' : 'DOUBTFUL';
  return isRead ? 'DOUBTFUL' : null;
}

const debtors: Debtor[] = [];
const units: Parameters<typeof registeredOf>[0][number][] = [];
for (let nth = 0; nth < employerCount; nth += 1) {
  const name = `E${nth}`;
  const area = pickWeighted(`area ${name}`, sizes);
  const sector = pickWeighted(`sector ${name}`, sectors);
  const beside = pickWeighted(`${kind} ${name}`, dimension === 'size' ? sizeBands : ownerships);
  const [owes, isRead] = [chance(`owes ${name}`) < 0.12, chance(`read ${name}`) < 0.1];
  units.push({ area, sector, beside, isUncertain: owes || !isRead });
  if (!owes) continue;
  const state = pickWeighted(`state ${name}`, states);
  debtors.push({
    enterprise: name,
    area,
    sector,
    beside,
    state,
    amount: BigInt(Math.round((timesOwed[beside] ?? 1) * Math.exp(17 + 1.3 * normal(name)))),
    known: known(name, isRead),
    listedAs: [state.startsWith('EVASION') ? 'EVADING' : 'LATE'],
  });
}

const source = debtTable({
  day,
  areasOf: new Map(communes.map((commune) => [commune, [commune, province]])),
  debtors,
  registered: registeredOf(units),
  dimension,
});
say(`${source.cells.length} cells, ${debtors.length} debtors`);
const start = performance.now();
const areas = new Map([[day, [{ parent: province, children: communes }]]]);
const hierarchies = { areas, series: [] };
const decisions = await protectWhole(
  { source, known: [], hierarchies, rules: rulesOf({}) },
  process.env['TELL']
    ? (step, done, of) => {
        say(`${((performance.now() - start) / 1000).toFixed(1)} ${step} ${done}/${of}`);
      }
    : () => undefined,
);
say(`protected in ${((performance.now() - start) / 1000).toFixed(1)} s`);

const shown = new Map<string, { all: number; shown: number; primary: number }>();
for (const { cell, shown: isShown, rules } of decisions) {
  const dimension = cell.breakdown.split('=')[0] || 'whole';
  const place = cell.areaId === province ? 'province' : 'communes';
  const name = `${cell.kind} ${dimension} ${place}${cell.value === 0n ? ', nothing owed' : ''}`;
  const before = shown.get(name) ?? { all: 0, shown: 0, primary: 0 };
  shown.set(name, {
    all: before.all + 1,
    shown: before.shown + (isShown ? 1 : 0),
    primary: before.primary + (rules.length > 0 ? 1 : 0),
  });
}
for (const [name, count] of [...shown].sort()) {
  say(`  ${name}: ${count.shown} of ${count.all} shown, ${count.primary} unsafe by themselves`);
}
say(`${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`);
