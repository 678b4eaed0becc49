/** `export`: a table of the running gateway as an SDMX-CSV file, whole or not at all. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import {
  addTableOptions,
  questionOfTable,
  tableNames,
  type LinkQuestion,
  type TableOptions,
} from './export-tables.ts';
import { startProgress, type Progress } from './progress.ts';
import { askWith, gatewayAddress, headersOf, makeToken, type Answer } from './running-gateway.ts';
import { UsageError } from './usage.ts';

export interface ExportWishes {
  readonly url: string;
  readonly token: string;
  readonly purpose?: string | undefined;
  readonly language: string;
  readonly table: LinkQuestion;
  readonly output: string;
}

function refusalOf({ errors, data }: Answer): string | null {
  const [error] = errors ?? [];
  return error?.message ?? (data ? null : 'The gateway gave no answer.');
}

/** Counts records of a CSV file as it passes: a line end inside quotes is none. */
class RecordCounter {
  #isQuoted = false;
  records = 0;

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === 0x22) this.#isQuoted = !this.#isQuoted;
      else if (byte === 0x0a && !this.#isQuoted) this.records += 1;
    }
  }
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  rows: number,
  progress: Progress,
  counter: RecordCounter,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    counter.add(chunk);
    progress.show(Math.min(counter.records, rows), rows);
    yield chunk;
  }
}

/** The rows that the file has. It has its name only when all of them are in it. */
export async function exportTable(wishes: ExportWishes, progress: Progress): Promise<number> {
  const { url, token, table, output, ...asked } = wishes;
  const { mutation, ...text } = table;
  const question = { ...text, ...asked };
  const answer = await askWith(token, url, question);
  const refusal = refusalOf(answer);
  if (refusal) throw new UsageError(refusal);
  const link = (answer.data?.[mutation] as { url: string }).url;
  const response = await fetch(`${url}${link}`, { headers: await headersOf(token, url, asked) });
  if (!response.ok || !response.body) {
    throw new UsageError(
      refusalOf((await response.json()) as Answer) ?? 'The gateway gave no file.',
    );
  }
  const rows = Number(response.headers.get('export-rows'));
  const counter = new RecordCounter();
  const temporary = `${output}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const body = watched(Readable.fromWeb(response.body as never), rows, progress, counter);
    await pipeline(Readable.from(body), createWriteStream(temporary, { flush: true })).catch(
      (cause: Error) => {
        const isNetwork = cause.message === 'terminated';
        if (!isNetwork) throw cause;
        throw new UsageError(
          `The export was broken off after ${Math.max(counter.records - 1, 0)} of ${rows} rows, and no file was written; the access record ${String(response.headers.get('access-record'))} says why. Export again.`,
        );
      },
    );
    if (counter.records !== rows + 1) {
      throw new UsageError(`The file has ${counter.records - 1} of ${rows} rows and was not kept.`);
    }
    await rename(temporary, output);
    return rows;
  } finally {
    progress.end();
    await rm(temporary, { force: true });
  }
}

interface ExportOptions extends TableOptions {
  readonly output: string;
  readonly lang: string;
  readonly url?: string;
}

export const exportCommand = () =>
  addTableOptions(
    new Command('export')
      .description(
        'Ask the running gateway for a table of figures and write it as SDMX-CSV 2.0. It is recorded like any other access.',
      )
      .argument('<table>', tableNames)
      .option('--as <agency>', 'a demonstration agency, such as press-vn')
      .option('--token <token>', 'the token of your own issuer instead')
      .option('--purpose <code>', 'the purpose; the agency’s main one when left out')
      .requiredOption('-o, --output <file>', 'the file')
      .addOption(
        new Option('--lang <language>', 'the language of errors')
          .choices(['en', 'vi'])
          .default('en'),
      )
      .option('--url <address>', 'where the gateway is; HOST and PORT when left out'),
  ).action(async (name: string, options: ExportOptions) => {
    const { as, purpose, output, lang: language, url = gatewayAddress() } = options;
    const table = questionOfTable(name, options);
    const token = options['token'] ?? (as ? await makeToken(as) : null);
    if (token === null) throw new UsageError('Say who asks: --as AGENCY or --token TOKEN.');
    const wishes = { url, token, purpose, language, table, output };
    const rows = await exportTable(wishes, startProgress('export'));
    process.stdout.write(`${output}: ${rows} rows\n`);
  });
