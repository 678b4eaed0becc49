/** The tour's last act: the log is exported and verified, a record is edited as superuser, and that is caught. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { checkExport, type Report } from '../audit/check/export.ts';
import { openEmbeddedStore } from '../platform/store.ts';
import { exportLogs } from './audit-export.ts';
import { reportLines } from './audit-verify.ts';
import { databaseSource, gatewaySource, type LogSource } from './log-source.ts';
import { silentProgress } from './progress.ts';
import { makeToken } from './running-gateway.ts';
import { dataOf, type Act, type Ask } from './tour-acts.ts';
import { UsageError } from './usage.ts';

const auditor = 'audit-vn';
const asker = 'press-vn';
const operation = 'AskedOnTheTour';
const pollMillis = 300;
const pollsMax = 100;

const words = {
  en: {
    asked: (number: string) => `${asker} asks something: record ${number} of the access log`,
    exported: `${auditor} keeps the checkpoint, exports the log and verifies it offline: `,
    edited: (number: string) =>
      `A superuser of the database edits record ${number} (in a copy of it): not ${asker} asked, but union-vn.`,
    again: `${auditor} exports again and verifies it with the checkpoint that was kept: `,
    sound: 'sound',
    unsound: 'NOT SOUND',
    offline: 'Anybody can do that with the files alone, and with programs that are not ours:',
  },
  vi: {
    asked: (number: string) => `${asker} hỏi một câu: bản ghi ${number} của nhật ký truy cập`,
    exported: `${auditor} giữ điểm kiểm tra, xuất nhật ký và kiểm tra ngoại tuyến: `,
    edited: (number: string) =>
      `Siêu người dùng của cơ sở dữ liệu sửa bản ghi ${number} (trong một bản sao): không phải ${asker} hỏi mà là union-vn.`,
    again: `${auditor} xuất lại và kiểm tra với điểm kiểm tra đã giữ: `,
    sound: 'toàn vẹn',
    unsound: 'KHÔNG TOÀN VẸN',
    offline:
      'Ai cũng làm được điều này chỉ với các tệp, bằng chương trình không phải của chúng tôi:',
  },
} as const;

/** The number of the newest record of the tour's question, once it is under a checkpoint. */
async function numberOfQuestion(ask: Ask): Promise<string> {
  const query = `{ accessRecords(first: 1, where: { operationName: "${operation}" }) { nodes { number proof { index } } } }`;
  for (let i = 0; i < pollsMax; i += 1) {
    const { accessRecords } = dataOf(await ask(auditor, query)) as {
      accessRecords: { nodes: { number: string; proof: object | null }[] };
    };
    const [record] = accessRecords.nodes;
    if (record?.proof) return record.number;
    await wait(pollMillis);
  }
  throw new UsageError('The record of the question did not come under a checkpoint.');
}

/** Edits the record in a copy of the database, past every trigger, and gives the copy to read. */
async function tamperedSource(directory: string, copy: string, number: string): Promise<LogSource> {
  mkdirSync(copy);
  cpSync(path.join(directory, 'database'), path.join(copy, 'database'), { recursive: true });
  const store = await openEmbeddedStore(copy, async (superuser) => {
    await superuser.query('set session_replication_role = replica');
    await superuser.query(
      `update access_record set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"${asker}"', '"union-vn"'), 'UTF8')
        where number = $1`,
      [number],
    );
    await superuser.query('set session_replication_role = origin');
  });
  return databaseSource(store);
}

async function exportAndCheck(
  source: LogSource,
  directory: string,
  kept: string | null,
): Promise<{ report: Report; checkpoint: string }> {
  try {
    const checkpoint = kept ?? (await source.read('checkpoint'))?.toString('utf8') ?? '';
    await exportLogs(source, directory, { progress: silentProgress });
    return { report: await checkExport(directory, { oldCheckpoints: [checkpoint] }), checkpoint };
  } finally {
    await source.close();
  }
}

export const logAct: Act = {
  title: {
    en: '5. The access log is exported, verified, tampered with, and that is caught.',
    vi: '5. Xuất nhật ký truy cập, kiểm tra, sửa trộm, và bị phát hiện.',
  },
  async play(ask, language, { address, dataDirectory }) {
    const say = words[language];
    const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-tour-'));
    try {
      dataOf(await ask(asker, `query ${operation} { viewer { role } }`));
      const number = await numberOfQuestion(ask);
      const running = gatewaySource(
        address,
        await makeToken(auditor, { directory: dataDirectory }),
      );
      const first = await exportAndCheck(running, path.join(folder, 'first'), null);
      const copy = await tamperedSource(dataDirectory, path.join(folder, 'copy'), number);
      const second = await exportAndCheck(copy, path.join(folder, 'second'), first.checkpoint);
      const verdict = ({ sound }: Report) => (sound ? say.sound : say.unsound);
      // Without the file, whose name says how long the log is: the tour is the same every time.
      const named = reportLines(second.report, language)
        .filter((line) => /ENTRY_/.test(line))
        .map((line) => line.replace(/ \S+ tile\/\S+/, ''));
      return [
        say.asked(number),
        say.exported + verdict(first.report),
        say.edited(number),
        say.again + verdict(second.report),
        ...named,
        say.offline,
        '  npx lienthong audit export DIR && npx lienthong audit verify DIR --old CHECKPOINT',
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
