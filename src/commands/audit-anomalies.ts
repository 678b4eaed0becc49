/** `audit anomalies`: what the rules find on the access log, as a report for people. */
import { Command, Option } from 'commander';
import { askAs, gatewayAddress } from './running-gateway.ts';
import { UsageError } from './usage.ts';

interface Options {
  readonly as: string;
  readonly from?: string;
  readonly to?: string;
  readonly agency?: string;
  readonly lang: 'en' | 'vi';
  readonly url?: string;
}

interface Rule {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly thresholds: readonly { readonly name: string; readonly value: number }[];
}

interface Anomaly {
  readonly rule: string;
  readonly sentence: string;
  readonly firstRecord: string;
  readonly lastRecord: string;
  readonly records: string;
}

const words = {
  en: {
    nothing: 'nothing found',
    thresholds: 'thresholds',
    records: ({ firstRecord, lastRecord, records }: Anomaly) =>
      firstRecord === lastRecord
        ? `record ${firstRecord}`
        : `${records} records from ${firstRecord} to ${lastRecord}`,
  },
  vi: {
    nothing: 'không phát hiện gì',
    thresholds: 'ngưỡng',
    records: ({ firstRecord, lastRecord, records }: Anomaly) =>
      firstRecord === lastRecord
        ? `bản ghi ${firstRecord}`
        : `${records} bản ghi từ ${firstRecord} đến ${lastRecord}`,
  },
} as const;

const query = `query Anomalies($where: AnomalyFilter) {
  anomalyRules { id title explanation thresholds { name value } }
  anomalies(where: $where) { rule sentence firstRecord lastRecord records } }`;

/** Rule by rule: what it looks for, on which numbers it decides, and what it found. */
export function printReport(
  rules: readonly Rule[],
  anomalies: readonly Anomaly[],
  language: Options['lang'],
): string {
  const { nothing, thresholds, records } = words[language];
  const sections = rules.map(({ id, title, explanation, thresholds: numbers }) => {
    const found = anomalies.filter(({ rule }) => rule === id);
    const lines = found.map((anomaly) => `  - ${anomaly.sentence} (${records(anomaly)})`);
    return [
      `${title} (${id})`,
      `  ${explanation}`,
      `  ${thresholds}: ${numbers.map(({ name, value }) => `${name} ${String(value)}`).join(', ')}`,
      ...(lines.length > 0 ? lines : [`  - ${nothing}`]),
    ].join('\n');
  });
  return `${sections.join('\n\n')}\n`;
}

export function anomaliesCommand(): Command {
  return new Command('anomalies')
    .description('Print what is unusual on the access log, rule by rule, with the records.')
    .option('--as <agency>', 'an auditor', 'audit-vn')
    .option('--from <day>', 'first day, as 2026-11-01; 30 days before the last one when left out')
    .option('--to <day>', 'last day; today when left out')
    .option('--agency <code>', 'look at this agency alone')
    .addOption(
      new Option('--lang <language>', 'the language of the report')
        .choices(['en', 'vi'])
        .default('en'),
    )
    .option('--url <address>', 'where the gateway is; HOST and PORT when left out')
    .action(async ({ as, from, to, agency, lang, url }: Options) => {
      const variables = { where: { from, to, agency } };
      const question = { query, variables, language: lang };
      const { data, errors } = await askAs(as, url ?? gatewayAddress(), question);
      const [error] = errors ?? [];
      if (error || !data) throw new UsageError(error?.message ?? 'The gateway gave no answer.');
      const { anomalyRules, anomalies } = data as {
        anomalyRules: Rule[];
        anomalies: Anomaly[];
      };
      process.stdout.write(printReport(anomalyRules, anomalies, lang));
    });
}
