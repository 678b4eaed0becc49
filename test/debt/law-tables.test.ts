/** The tables of law over HTTP: every row of the files, what was in force on a day, and who may ask. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { fineRows, parameterRows } from './law-table.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

const parameterFields = 'code value unit validFrom validTo instrument article reliability note';
const fineFields = `instrument article violation basis headcountMin headcountMax fineMin fineMax percentMin
  percentMax validFrom reliability`;

async function nodes(agency: string, field: string, selection: string) {
  const { data, errors } = await gateway.ask(agency, `{ ${field} { nodes { ${selection} } } }`);
  expect(errors).toEqual([]);
  return data[field.split('(')[0]!].nodes as Record<string, unknown>[];
}

const byText = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();
const blank = <Row extends object>(row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      value === '' ? null : typeof value === 'bigint' ? String(value) : (value as unknown),
    ]),
  );

describe.each(['si-lao-cai', 'labour-vn', 'union-nghe-an', 'press-vn'])('%s', (agency) => {
  test('reads every parameter as the file has it', async () => {
    const found = await nodes(agency, 'legalParameters(first: 200)', parameterFields);
    expect(byText(found)).toEqual(byText(parameterRows.map(blank)));
  });

  test('reads every fine as the file has it', async () => {
    const found = await nodes(agency, 'legalFines(first: 200)', fineFields);
    expect(byText(found)).toEqual(byText(fineRows.map(blank)));
  });
});

describe('in force on a day', () => {
  test.each([
    ['2024-06-30', []],
    ['2024-07-01', ['2340000']],
    ['2026-06-30', ['2340000']],
    ['2026-07-01', ['2530000']],
  ])('the base salary on %s', async (day, values) => {
    const field = `legalParameters(code: "BASE_SALARY", on: "${day}")`;
    const found = await nodes('press-vn', field, 'value');
    expect(found.map(({ value }) => value)).toEqual(values);
  });

  test.each([
    ['2026-09-09', 0],
    ['2026-09-10', 8],
  ])('fines for late registration on %s', async (day, count) => {
    const field = `legalFines(violation: "LATE_REGISTRATION", on: "${day}", first: 50)`;
    expect(await nodes('press-vn', field, 'instrument')).toHaveLength(count);
  });

  test('each parameter and violation has a name in both languages', async () => {
    const { data } = await gateway.ask(
      'press-vn',
      `{ parameters: codeList(id: "LEGAL_PARAMETER") { codes(first: 200) { code nameEn nameVi } }
         violations: codeList(id: "LEGAL_VIOLATION") { codes(first: 200) { code nameEn nameVi } } }`,
    );
    const named = (list: { codes: { code: string; nameVi: string | null }[] }) =>
      new Set(list.codes.flatMap(({ code, nameVi }) => (nameVi ? [code] : [])));
    const parameters = named(data.parameters);
    expect(parameterRows.filter(({ code }) => !parameters.has(code))).toEqual([]);
    const violations = named(data.violations);
    expect(fineRows.filter(({ violation }) => !violations.has(violation))).toEqual([]);
  });
});
