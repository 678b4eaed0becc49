/**
 * Protects a made-up national table (or a smaller one) and says how long it took. Not a test:
 *
 *     npx esbuild test/bench/disclosure.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/disclosure-bench.mjs
 *     node node_modules/.cache/disclosure-bench.mjs [stocks|flows] [provinces] [communes] [months]
 */
import { attack } from '../../src/disclosure/attack.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { protect } from '../../src/disclosure/protect.ts';
import { national, nationalTable } from './national-table.ts';

const [variant = 'stocks', ...sizes] = process.argv.slice(2);
const [provinces = national.provinces, communes = national.communes, months = national.months] =
  sizes.map(Number);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function timed<T>(name: string, run: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await run();
  say(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

const table = nationalTable({ provinces, communes, months, hasFlows: variant === 'flows' });
say(`${table.cells.length} cells, ${table.relations.length} relations`);
const primary = await timed('primary rules', () => judgePrimary(table));
say(`${primary.findings.size} primary, ${primary.requirements.length} requirements`);
const bare = await timed('attack without complementary suppression', () =>
  attack(primary.family, new Set(primary.findings.keys()), primary.requirements),
);
say(`${bare.cells.filter(({ isSafe }) => !isSafe).length} unsafe, ${bare.solved} programs`);
const start = performance.now();
let said = start;
const result = await timed('protection', () =>
  protect(primary, {
    onProgress: (step, done, of) => {
      const now = performance.now();
      if (done > 0 && done < of && now - said < 10_000) return;
      said = now;
      say(`  ${step} ${done} of ${of} at ${((now - start) / 1000).toFixed(1)} s`);
    },
  }),
);
say(`${result.secondary.size} secondary`);
say(`${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`);
