/** `audit verify`: checks an export or a receipt offline, and says what is wrong and where. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { checkExport, type Report } from '../audit/check/export.ts';
import type { Signer } from '../audit/check/note.ts';
import { sentenceOf, type Problem } from '../audit/check/problem.ts';
import { checkProof } from '../audit/check/proof.ts';
import type { Language } from '../audit/check/reasons.ts';
import { parseIndex } from './audit-export.ts';
import { startProgress } from './progress.ts';
import { UsageError } from './usage.ts';

/** Exit codes, as the help says them. */
const unsound = 1;
const unreadable = 2;

interface VerifyOptions {
  readonly old?: readonly string[];
  readonly key?: readonly string[];
  readonly entry?: string;
  readonly from?: string;
  readonly to?: string;
  readonly lang: Language;
  readonly json?: boolean;
}

const words = {
  en: {
    sound: 'Sound',
    unsound: 'NOT SOUND',
    records: (origin: string, size: string, checked: string) =>
      `${origin}: ${size} records, of which the bytes of ${checked} were checked`,
    root: (root: string) => `root ${root}`,
    signed: 'signed by',
    cosigned: 'cosigned by',
    alone:
      'The keys came with the export: this proves only that it agrees with itself. Give a checkpoint kept earlier with --old, or the key with --key.',
    record: (index: string) => `record ${index}: `,
    proved: (index: string, origin: string, size: string) =>
      `record ${index} stands in ${origin}, under the checkpoint of ${size} records`,
    more: 'There may be more; these were found first.',
  },
  vi: {
    sound: 'Toàn vẹn',
    unsound: 'KHÔNG TOÀN VẸN',
    records: (origin: string, size: string, checked: string) =>
      `${origin}: ${size} bản ghi, đã kiểm tra nội dung của ${checked} bản ghi`,
    root: (root: string) => `gốc ${root}`,
    signed: 'ký bởi',
    cosigned: 'đồng ký bởi',
    alone:
      'Khóa nằm ngay trong bản xuất: điều này chỉ chứng minh bản xuất tự nhất quán. Hãy đưa điểm kiểm tra đã lưu trước đó bằng --old, hoặc khóa bằng --key.',
    record: (index: string) => `bản ghi ${index}: `,
    proved: (index: string, origin: string, size: string) =>
      `bản ghi ${index} nằm trong ${origin}, dưới điểm kiểm tra gồm ${size} bản ghi`,
    more: 'Có thể còn nữa; đây là những điều tìm thấy đầu tiên.',
  },
} as const;

function signerLines(title: string, signers: readonly Signer[]): string[] {
  return signers.map(({ name, id, time }) => {
    const at = time === null ? '' : `, ${new Date(Number(time) * 1000).toISOString()}`;
    return `  ${title} ${name} (${id}${at})`;
  });
}

function problemLines(problems: readonly Problem[], language: Language): string[] {
  return problems.map((problem) => {
    const where = problem.index === null ? '' : words[language].record(String(problem.index));
    return `  ${where}${problem.code}: ${sentenceOf(problem, language)}`;
  });
}

export function reportLines(report: Report, language: Language): string[] {
  const say = words[language];
  const { origin, size, root, entriesChecked, signedBy, cosignedBy, problems } = report;
  const lines = [
    `${problems.length === 0 ? say.sound : say.unsound}: ${say.records(origin ?? '?', String(size ?? '?'), String(entriesChecked))}`,
    ...(root === null ? [] : [`  ${say.root(root)}`]),
    ...signerLines(say.signed, signedBy),
    ...signerLines(say.cosigned, cosignedBy),
    ...(report.keysFromExport ? [`  ${say.alone}`] : []),
    ...problemLines(problems, language),
  ];
  return report.changes ? [...lines, ...reportLines(report.changes, language)] : lines;
}

function readGiven(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file} can’t be read: ${(error as Error).message}`, unreadable);
  }
}

/** A verifier key itself, or a file that holds one. */
const keyFrom = (text: string): string =>
  existsSync(text) ? readGiven(text).toString('utf8') : text;

const toJson = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, member: unknown) => {
      if (typeof member === 'bigint') return String(member);
      const { type, data } = (member ?? {}) as { type?: string; data?: number[] };
      return type === 'Buffer' && data ? Buffer.from(data).toString('base64') : member;
    },
    2,
  );

async function verifyExport(directory: string, options: VerifyOptions): Promise<boolean> {
  const [from, to] = [parseIndex(options.from, '--from'), parseIndex(options.to, '--to')];
  const progress = startProgress(directory);
  const report = await checkExport(directory, {
    oldCheckpoints: (options.old ?? []).map((file) => readGiven(file).toString('utf8')),
    trustedKeys: (options.key ?? []).map(keyFrom),
    ...(from === null ? {} : { firstEntry: from }),
    ...(to === null ? {} : { lastEntry: to }),
    onProgress: (done, total) => progress.show(Number(done), Number(total)),
  });
  progress.end();
  const text = options.json ? toJson(report) : reportLines(report, options.lang).join('\n');
  process.stdout.write(`${text}\n`);
  return report.sound;
}

function verifyReceipt(file: string, options: VerifyOptions): boolean {
  if (!options.key?.length) {
    throw new UsageError('A receipt is judged by the log’s key: give it with --key.', unreadable);
  }
  const report = checkProof(readGiven(file), {
    trustedKeys: options.key.map(keyFrom),
    ...(options.entry ? { entry: readGiven(options.entry) } : {}),
  });
  const say = words[options.lang];
  const { index, origin, size, signedBy, cosignedBy, problems, entry, sound } = report;
  const lines = [
    sound
      ? `${say.sound}: ${say.proved(String(index), origin ?? '?', String(size))}`
      : `${say.unsound}: ${file}`,
    ...signerLines(say.signed, signedBy),
    ...signerLines(say.cosigned, cosignedBy),
    ...problemLines(problems, options.lang),
    ...(sound && entry ? [entry.toString('utf8')] : []),
  ];
  process.stdout.write(`${options.json ? toJson(report) : lines.join('\n')}\n`);
  return sound;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Check an export or a receipt offline. Ends with 0 when it is sound, 1 when it is not, 2 when it can’t be read.',
    )
    .argument('<path>', 'a folder made by "audit export", or a .tlog-proof file')
    .option('--old <file...>', 'checkpoints kept earlier, which the log must begin with')
    .option('--key <vkey...>', 'verifier keys from elsewhere, or files that hold one')
    .option('--entry <file>', 'of a receipt: the record’s bytes, when they are not in it')
    .option('--from <number>', 'records before this one were erased or not exported')
    .option('--to <number>', 'records after this one were not exported')
    .option('--json', 'for programs')
    .addOption(
      new Option('--lang <language>', 'in which language').choices(['en', 'vi']).default('en'),
    )
    .action(async (given: string, options: VerifyOptions) => {
      if (!existsSync(given)) throw new UsageError(`There is no ${given}.`, unreadable);
      const sound = statSync(given).isDirectory()
        ? await verifyExport(given, options)
        : verifyReceipt(given, options);
      if (!sound) process.exitCode = unsound;
    });
}
