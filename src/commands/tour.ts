/** `tour`: one question of coverage and one of debt, asked as each role, with why one gets less. */
import { Command } from 'commander';
import { askAs, gatewayAddress, type Answer } from './running-gateway.ts';
import { stops, words, type Language, type Stop } from './tour-stops.ts';
import { UsageError } from './usage.ts';

const agencies = ['si-dien-bien', 'labour-dien-bien', 'union-dien-bien', 'press-vn', 'audit-vn'];

interface Territory {
  readonly topic: string;
  readonly reach: string;
}

/** What the agency's grants reach of the question's topic, from the gateway itself. */
async function reachOf(
  agency: string,
  url: string,
  language: Language,
  topic: string,
): Promise<string> {
  const query = '{ viewer { role territory { topic reach } } }';
  const { data } = await askAs(agency, url, { query, language });
  const viewer = data?.['viewer'] as { role: string; territory: Territory[] } | undefined;
  const reach = viewer?.territory.find((row) => row.topic === topic)?.reach ?? 'NONE';
  return words[language].reach[reach] ?? reach;
}

async function answerLines(
  stop: Stop,
  agency: string,
  url: string,
  language: Language,
): Promise<string[]> {
  const ask = (query: string): Promise<Answer> => askAs(agency, url, { query, language });
  const first = await ask(stop.question);
  if (first.data) return stop.show(first.data, language);
  const refusal = first.errors?.[0]?.message ?? '';
  const instead = stop.otherwise && (await ask(stop.otherwise.question));
  if (!stop.otherwise || !instead?.data) return [refusal];
  return [refusal, ...stop.otherwise.show(instead.data, language)];
}

/** The whole tour as text; the same every time, as long as the demonstration data is the same. */
export async function tour(url: string, language: Language): Promise<string> {
  const lines: string[] = [];
  for (const stop of stops) {
    lines.push(stop.title[language], '');
    for (const agency of agencies) {
      const reach = await reachOf(agency, url, language, stop.topic);
      lines.push(`  ${agency}: ${reach}`);
      const answer = await answerLines(stop, agency, url, language);
      lines.push(...answer.map((line) => `    ${line}`));
    }
    lines.push('');
  }
  lines.push(words[language].recorded, `  ${words.command}`);
  return `${lines.join('\n')}\n`;
}

function parseLanguage(text: string): Language {
  if (text === 'en' || text === 'vi') return text;
  throw new UsageError(`The language "${text}" is not one of ours; write en or vi.`);
}

export function tourCommand(): Command {
  return new Command('tour')
    .description('See what each role gets of the same two questions, and why some get less.')
    .option('--lang <language>', 'en or vi', 'en')
    .option('--url <address>', 'where the gateway is; HOST and PORT when left out')
    .action(async ({ lang, url }: { lang: string; url?: string }) => {
      process.stdout.write(await tour(url ?? gatewayAddress(), parseLanguage(lang)));
    });
}
