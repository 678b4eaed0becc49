/** `lienthong export` writes a whole file or none, and says what to do when there is none. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportTable } from '../src/commands/export.ts';
import { silentProgress } from '../src/commands/progress.ts';
import { sentence } from '../src/platform/errors.ts';
import { readRecords } from './observation/sdmx-reader.ts';
import { openGateway, type TestGateway } from './support/gateway.ts';

let gateway: TestGateway;
let directory: string;
beforeAll(async () => {
  gateway = await openGateway();
  directory = mkdtempSync(path.join(tmpdir(), 'lienthong-export-'));
});
afterAll(async () => {
  await gateway.close();
  rmSync(directory, { recursive: true, force: true });
});

const wishes = async (name: string, where: Record<string, unknown> = {}) => ({
  url: gateway.gateway.address,
  token: await gateway.token('press-vn'),
  language: 'vi',
  where,
  output: path.join(directory, name),
});

describe('lienthong export', () => {
  test('writes all rows, and tells how many', async () => {
    const asked = await wishes('whole.csv', { scheme: 'HEALTH_INSURANCE' });
    const shown: string[] = [];
    const progress = {
      show: (done: number, total: number) => void shown.push(`${done}/${total}`),
      end: () => undefined,
    };
    const rows = await exportTable(asked, progress);
    expect(rows).toBeGreaterThan(5);
    expect(readRecords(readFileSync(asked.output, 'utf8'))).toHaveLength(rows + 1);
    expect(shown.at(-1)).toBe(`${rows}/${rows}`);
  });

  test('what the gateway refuses is said in its words, and there is no file', async () => {
    const asked = await wishes('refused.csv', { scheme: 'NO_SUCH' });
    await expect(exportTable(asked, silentProgress())).rejects.toThrow(
      sentence('CODE_UNKNOWN', { list: 'SCHEME', code: 'NO_SUCH' }, 'vi'),
    );
    expect(readdirSync(directory).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  test.each([
    ['is broken off', true, /broken off after 1 of 3 rows/],
    ['ends too soon behind a proxy', false, /has 1 of 3 rows/],
  ])('a download that %s leaves no file', async (_how, isBroken, message) => {
    const server = await half(isBroken);
    const { port } = server.address() as AddressInfo;
    const asked = { ...(await wishes('half.csv')), url: `http://127.0.0.1:${port}` };
    await expect(exportTable(asked, silentProgress())).rejects.toThrow(message);
    expect(readdirSync(directory).filter((name) => name.startsWith('half'))).toEqual([]);
    server.close();
  });
});

/** A gateway that promises three rows and gives one. */
async function half(isBroken: boolean): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.method === 'POST') {
      res.end(
        JSON.stringify({
          data: { viewer: { purposes: [] }, exportObservations: { url: '/export/x' } },
        }),
      );
      return;
    }
    res.writeHead(200, { 'export-rows': '3', 'access-record': '7' });
    res.write('A,B\r\n1,"a\nline"\r\n', () => {
      if (isBroken) setTimeout(() => res.destroy(), 100);
      else res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
