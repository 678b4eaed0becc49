/** The texts of a caller in the record: readable, clean and cut, whatever was sent. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AccessDraft } from '../../src/audit/draft.ts';
import { AccessLog } from '../../src/audit/access-log.ts';
import { cleanCallerText, makeEntry } from '../../src/audit/record.ts';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';

describe.each(storeKinds)('the case reference on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  async function readReference(number: string): Promise<string> {
    const query = `{ accessRecord(number: "${number}") { caseReference } }`;
    return (await gateway.ask('audit-vn', query)).data.accessRecord.caseReference as string;
  }

  test('a case reference may be Vietnamese, in UTF-8 as in Latin-1', async () => {
    for (const encoding of ['utf8', 'latin1'] as const) {
      const text = encoding === 'utf8' ? 'Vụ việc 12/2026 😀' : 'Hà 12';
      const response = await fetch(`${gateway.gateway.address}/schema`, {
        headers: {
          authorization: `Bearer ${await gateway.token('press-vn')}`,
          'case-reference': Buffer.from(text, encoding).toString('latin1'),
        },
      });
      const number = response.headers.get('access-record') ?? '';
      expect(await readReference(number)).toBe(text);
    }
  });

  test('the texts of a caller reach the log clean, whatever they hold', async () => {
    const draft = new AccessDraft();
    draft.caseReference = `\0${'😀\ud800'.repeat(500)}\u009f`;
    const log = new AccessLog(gateway.store.callLog);
    const ending = {
      outcome: 'ANSWERED',
      body: '\ud800',
      policyVersion: 'x',
      now: new Date(),
    } as const;
    const number = await log.append(makeEntry(draft, ending));
    expect(await readReference(String(number))).toBe('😀\ufffd'.repeat(100));
  });
});

describe('a caller’s text is cleaned and cut between characters', () => {
  test.each<[string | null, string | null]>([
    [null, null],
    ['', null],
    [' \0\t\u0085 ', null],
    ['a\0b\r\nc', 'a b  c'],
    ['\ud800x\udc00', '\ufffdx\ufffd'],
    ['x'.repeat(1_000), 'x'.repeat(200)],
    ['😀'.repeat(300), '😀'.repeat(200)],
    ['Hồ sơ số 12', 'Hồ sơ số 12'],
  ])('%j', (given, kept) => {
    expect(cleanCallerText(given)).toBe(kept);
  });
});
