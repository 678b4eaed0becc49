/** The tour says what the gateway answers, and the README shows it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ask } from '../src/commands/tour-acts.ts';
import { tour } from '../src/commands/tour.ts';
import { openGateway, type TestGateway } from './support/gateway.ts';

describe('the tour', () => {
  let gateway: TestGateway;
  const play = (language: 'en' | 'vi') =>
    tour(askIn(language), language, {
      address: gateway.gateway.address,
      dataDirectory: gateway.dataDirectory,
    });
  const askIn =
    (language: string): Ask =>
    (agency, query, options) =>
      gateway.ask(agency, query, { headers: { 'accept-language': language }, ...options });
  beforeAll(async () => {
    gateway = await openGateway({ demonstration: true });
  });
  afterAll(() => gateway.close());

  test('stands in the README as it is', async () => {
    const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8');
    const shown = /<!-- tour: [^>]*-->\s*```text\n([\s\S]*?)```/.exec(readme)?.[1];
    // Which record it is depends on how often the tour had to ask after a job: on the machine.
    const anyRecord = (text = '') => text.replace(/\brecord (number )?\d+/gi, 'record $1N');
    expect(anyRecord(shown)).toBe(anyRecord(await play('en')));
  });

  test('is whole in Vietnamese', async () => {
    const text = await play('vi');
    expect(text).toMatch(/Độ bao phủ[\s\S]*Nợ đóng[\s\S]*nhật ký truy cập/);
    expect(text).not.toMatch(/persons|months|workers|in reach|undefined|null/);
  });

  test('gives each role what is its own', async () => {
    const text = await play('en');
    const [coverage = '', debt = ''] = text.split('\n2. ');
    const partOf = (section: string, agency: string) =>
      new RegExp(`  ${agency}: .*\n((?:    .*\n)+)`).exec(section)?.[1] ?? '';
    const insiders = ['si-dien-bien', 'labour-dien-bien'];
    for (const agency of insiders) {
      expect(partOf(coverage, agency)).toMatch(/commune of Tủa Chùa: [\d ]+ persons/);
    }
    for (const agency of ['union-dien-bien', 'press-vn']) {
      expect(partOf(coverage, agency)).toMatch(/Điện Biên: [\d ]+ persons/);
      expect(partOf(coverage, agency)).toContain('commune of Tủa Chùa: no row in reach');
    }
    const count = (agency: string) => Number(/(\d+) debts/.exec(partOf(debt, agency))?.[1]);
    expect(count('si-dien-bien')).toBe(count('labour-dien-bien'));
    expect(count('union-dien-bien')).toBeGreaterThan(0);
    expect(count('union-dien-bien')).toBeLessThan(count('si-dien-bien'));
    expect(partOf(debt, 'press-vn')).toMatch(
      /Cannot query field "debtPositions"[\s\S]*LATE|EVADING/,
    );
    for (const section of [coverage, debt]) {
      expect(partOf(section, 'audit-vn')).toMatch(
        /^ {4}The document does not fit .*Cannot query field.*\n$/,
      );
    }
  });
});
