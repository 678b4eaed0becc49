/** `tour`: two questions asked as each role, with why one gets less; a table attacked; an agreement suspended; the log tampered with. */
import { Command, Option } from 'commander';
import { readConfig } from '../config.ts';
import { askAs, gatewayAddress } from './running-gateway.ts';
import { acts, type Ask, type House } from './tour-acts.ts';
import { logAct } from './tour-log.ts';
import { stops, words, type Stop } from './tour-stops.ts';
import type { Language } from '../platform/errors.ts';

const agencies = ['si-dien-bien', 'labour-dien-bien', 'union-dien-bien', 'press-vn', 'audit-vn'];

interface Territory {
  readonly topic: string;
  readonly reach: string;
}

/** What the agency's grants reach of a topic, from the gateway itself. */
async function reachOf(agency: string, topic: string, ask: Ask): Promise<string> {
  const { data } = await ask(agency, '{ viewer { territory { topic reach } } }');
  const viewer = data?.['viewer'] as { territory: Territory[] } | undefined;
  return viewer?.territory.find((row) => row.topic === topic)?.reach ?? 'NONE';
}

async function answerLines(
  stop: Stop,
  agency: string,
  language: Language,
  ask: Ask,
): Promise<string[]> {
  const first = await ask(agency, stop.question);
  if (first.data) return stop.show(first.data, language);
  const refusal = first.errors?.[0]?.message ?? '';
  const instead = stop.otherwise && (await ask(agency, stop.otherwise.question));
  if (!stop.otherwise || !instead?.data) return [refusal];
  return [refusal, ...stop.otherwise.show(instead.data, language)];
}

/** The whole tour as text; the same every time, as long as the demonstration data is the same. */
export async function tour(ask: Ask, language: Language, house: House): Promise<string> {
  const { reach, recorded } = words[language];
  const lines: string[] = [];
  for (const stop of stops) {
    lines.push(stop.title[language], '');
    for (const agency of agencies) {
      const found = await reachOf(agency, stop.topic, ask);
      lines.push(`  ${agency}: ${reach[found] ?? found}`);
      const answer = await answerLines(stop, agency, language, ask);
      lines.push(...answer.map((line) => `    ${line}`));
    }
    lines.push('');
  }
  for (const act of [...acts, logAct]) {
    lines.push(act.title[language], '');
    lines.push(...(await act.play(ask, language, house)).map((line) => `  ${line}`), '');
  }
  lines.push(recorded, `  ${words.command}`);
  return `${lines.join('\n')}\n`;
}

export function tourCommand(): Command {
  return new Command('tour')
    .description(
      'See what each role gets of two questions, a suppressed cell attacked, an agreement suspended, and the log tampered with and caught.',
    )
    .addOption(
      new Option('--lang <language>', 'in which language').choices(['en', 'vi']).default('en'),
    )
    .option('--url <address>', 'where the gateway is; HOST and PORT when left out')
    .action(async ({ lang: language, url }: { lang: Language; url?: string }) => {
      const address = url ?? gatewayAddress();
      const ask: Ask = (agency, query, options) =>
        askAs(agency, address, { query, language, ...options });
      const { dataDirectory } = readConfig();
      process.stdout.write(await tour(ask, language, { address, dataDirectory }));
    });
}
