/** What the README shows is what the gateway answers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { greeting, readyQuestions } from '../src/greeting.ts';
import { openGateway, type TestGateway } from './support/gateway.ts';

const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8');
const question = /--as si-tua-chua '([^']+)'/.exec(readme)?.[1] ?? '';
const answers = [...readme.matchAll(/^\| `([a-z-]+)` +\| [^|]+ \| `(.+)` +\|$/gm)].map(
  ([, agency = '', answer = '']) => ({ agency, answer }),
);

describe('the README', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ demonstration: true });
  });
  afterAll(() => gateway.close());

  test('asks as three roles', () => {
    expect(answers.map(({ agency }) => agency)).toEqual(['si-tua-chua', 'press-vn', 'audit-vn']);
  });

  test.each(answers)('shows the answer of $agency', async ({ agency, answer }) => {
    const { data, errors } = await gateway.ask(agency, question);
    if (errors[0]) expect(errors[0].message).toContain(answer);
    else expect(JSON.stringify(data.observations.nodes)).toBe(`[${answer}]`);
  });

  test('names the settings that there are', () => {
    const config = readFileSync(path.join(import.meta.dirname, '..', 'src/config.ts'), 'utf8');
    const settings = [...config.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
    const missing = settings.filter(
      (name) => name !== 'NODE_ENV' && !readme.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });

  test.each(readyQuestions)('the greeting’s question as $agency is answered', async (ready) => {
    const { errors, data } = await gateway.ask(ready.agency, ready.question);
    expect(errors).toEqual([]);
    expect(JSON.stringify(data).length).toBeGreaterThan(50);
    expect(greeting('http://localhost:4000', true)).toContain(`--as ${ready.agency} '`);
  });
});
