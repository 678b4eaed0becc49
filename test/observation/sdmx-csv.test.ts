/** Figures become lines that any reader of SDMX-CSV takes apart the same way, and that no spreadsheet computes. */
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import type { Area } from '../../src/platform/prisma/client.ts';
import { acceptedFile } from '../../src/gateway/accept-csv.ts';
import { parsePeriod } from '../../src/platform/period.ts';
import { keyChoices } from '../../src/platform/table-export.ts';
import { parseSdmxCsv, sdmxCsvHead, writeSdmxCsv } from '../../src/observation/sdmx-csv.ts';
import type { FileFigure } from '../../src/observation/sdmx-column.ts';
import { figureColumns } from '../../src/observation/sdmx-columns.ts';
import { listsUsed, structureMessage } from '../../src/observation/sdmx-structure.ts';
import { readRecords, readSdmxCsv, readStructures } from './sdmx-reader.ts';

const figure: FileFigure = {
  figureId: 'f-1',
  areaId: '15@2025-06',
  indicator: 'PARTICIPANTS',
  scheme: 'HEALTH_INSURANCE',
  schemeComponents: [],
  participantGroup: 'ALL',
  timePeriod: '2022',
  periodBasis: 'PRINTED',
  value: new Decimal('1234.50'),
  decimals: 2,
  unit: 'PERSONS',
  denominator: null,
  qualifier: null,
  obsStatus: 'A',
  confStatus: 'F',
  sourceId: 'vss-2023',
  locator: 'page 1',
};
const codes = 'PARTICIPANTS HEALTH_INSURANCE VOLUNTARY_SI ALL PERSONS A Q C F PRINTED F M _T'
  .split(' ')
  .map((code) => ({ code, nameEn: code, nameVi: null }));
const structures = readStructures(
  structureMessage(
    [{ id: 'OBSERVATIONS', nameEn: 'Observations', nameVi: 'Số liệu' }],
    listsUsed.map((id) => ({ id, codes })),
    new Date(0),
  ),
);

async function fileOf(rows: readonly FileFigure[], keys: (typeof keyChoices)[number] = 'none') {
  let text = '';
  for await (const piece of writeSdmxCsv(rows, { dataflow: 'OBSERVATIONS', keys })) text += piece;
  return text;
}

describe('a figure as SDMX-CSV', () => {
  test('the columns are those of the specification, in the order of the structure', () => {
    expect(sdmxCsvHead({ dataflow: 'OBSERVATIONS' })).toBe(
      'STRUCTURE[;],STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,BASE_INDICATOR,SCHEME,PARTICIPANT_GROUP,SEX,RESIDENCE,BREAKDOWN,SOURCE,FIGURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,UNIT_MEASURE,DECIMALS,DENOMINATOR,QUALIFIER,PERIOD_BASIS,SCHEME_COMPONENTS[],DOMAIN,CONTRIBUTOR,RELEASE,KNOWN_FROM,PUBLISHED_AT,LOCATOR,COMMENT\r\n',
    );
  });

  test('a line, byte for byte', async () => {
    const [, line] = (await fileOf([figure])).split('\r\n');
    expect(line).toBe(
      'dataflow,LIENTHONG:OBSERVATIONS(1.0.0),I,15@2025-06,PARTICIPANTS,_Z,HEALTH_INSURANCE,ALL,_Z,_Z,_Z,vss-2023,f-1,2022,1234.50,A,F,PERSONS,2,,,PRINTED,,,,,,,page 1,',
    );
  });

  test.each(['2022', '2023-05', '2022-Q1', '2022-12-31', '2016-01-01/P5Y'])(
    'the period %s is one of SDMX and stays as it is',
    async (timePeriod) => {
      expect(parsePeriod(timePeriod)).not.toBeNull();
      const [row] = readSdmxCsv(await fileOf([{ ...figure, timePeriod }]), structures);
      expect(row?.['TIME_PERIOD']).toBe(timePeriod);
    },
  );

  test('without a period it is of the structure without time, and of the same file', async () => {
    const text = await fileOf([figure, { ...figure, timePeriod: null, figureId: 'f-2' }]);
    const [, dated, undated] = readRecords(text);
    expect([dated?.[1], undated?.[1]]).toEqual([
      'LIENTHONG:OBSERVATIONS(1.0.0)',
      'LIENTHONG:OBSERVATIONS_UNDATED(1.0.0)',
    ]);
    expect(readSdmxCsv(text, structures)[1]).not.toHaveProperty('TIME_PERIOD');
  });

  test.each([
    [null, null, ''],
    [new Decimal(0), 0, '0'],
    [new Decimal('-3.10'), 2, '-3.10'],
    [new Decimal('12345678901234567890.5'), 1, '12345678901234567890.5'],
  ])('the value %s', async (value, decimals, cell) => {
    const status = value === null ? { obsStatus: 'Q', confStatus: 'C' } : {};
    const text = await fileOf([{ ...figure, value, decimals, ...status }]);
    const [head = [], line = []] = readRecords(text);
    expect(line[head.indexOf('OBS_VALUE')]).toBe(cell);
    readSdmxCsv(text, structures);
  });

  const texts = [
    '=HYPERLINK("http://x","y")',
    '+1+1',
    '-2',
    '@SUM(A1)',
    '\tx',
    '\r\nx',
    "'already",
    '＝1',
    'a "quoted", text\r\nof two lines',
    'Điện Biên, đoạn 2',
    ' blanks ',
  ];
  test.each(texts)('the text %j is no formula, and reads back as it was', async (locator) => {
    const text = await fileOf([{ ...figure, locator, comment: locator }]);
    const [head = [], line = []] = readRecords(text);
    const cell = line[head.indexOf('LOCATOR')] ?? '';
    expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    const [row] = parseSdmxCsv(text);
    expect([row?.cells['LOCATOR'], row?.cells['COMMENT']]).toEqual([locator, locator]);
  });

  test('schemes of a total are several values of one cell', async () => {
    const schemeComponents = ['HEALTH_INSURANCE', 'VOLUNTARY_SI'];
    const text = await fileOf([{ ...figure, schemeComponents }]);
    expect(readSdmxCsv(text, structures)[0]?.['SCHEME_COMPONENTS']).toEqual(schemeComponents);
    expect(parseSdmxCsv(text)[0]?.cells['SCHEME_COMPONENTS']).toEqual(schemeComponents);
  });

  test.each(keyChoices)('keys=%s', async (keys) => {
    const undated = { ...figure, timePeriod: null, figureId: 'f-2' };
    const text = await fileOf([figure, undated], keys);
    const [head = [], line = []] = readRecords(text);
    const series = '15@2025-06.PARTICIPANTS._Z.HEALTH_INSURANCE.ALL._Z._Z._Z.vss-2023.f-1';
    expect(line[head.indexOf('SERIES_KEY')]).toBe(
      keys === 'series' || keys === 'both' ? series : undefined,
    );
    expect(line[head.indexOf('OBS_KEY')]).toBe(
      keys === 'obs' || keys === 'both' ? `${series}.2022` : undefined,
    );
    expect(readSdmxCsv(text, structures)).toHaveLength(2);
  });

  test('a computed figure is of no source and no code, and is written all the same', async () => {
    const area = { id: '10@2025-06' } as Area;
    const derived = {
      ...figure,
      sourceId: null,
      source: null,
      figureId: null,
      area,
      derived: true,
    };
    const [row] = readSdmxCsv(await fileOf([derived]), structures);
    expect([row?.['SOURCE'], row?.['FIGURE']]).toEqual(['_Z', '_Z']);
  });

  test('every column has a name in two languages and a representation', () => {
    for (const { nameEn, nameVi, list, textType } of figureColumns) {
      expect([nameEn, nameVi].every(Boolean)).toBe(true);
      expect((list === null) !== (textType === undefined)).toBe(true);
    }
  });
});

describe('what the strict reader refuses', () => {
  const line = (cells: Record<string, string>) => async () => {
    const [head = [], first = []] = readRecords(await fileOf([figure]));
    const changed = first.map((cell, i) => cells[head[i] ?? ''] ?? cell);
    return readSdmxCsv(`${head.join(',')}\r\n${changed.join(',')}\r\n`, structures);
  };
  test.each([
    [{ SCHEME: '' }, /without SCHEME/],
    [{ TIME_PERIOD: '' }, /without TIME_PERIOD/],
    [{ OBS_VALUE: '1,5' }, /differ in width/],
    [{ OBS_VALUE: 'NaN' }, /does not fit/],
    [{ SCHEME: 'NO_SUCH' }, /does not fit/],
    [{ REF_AREA: '15' }, /does not fit/],
    [{ STRUCTURE_ID: 'LIENTHONG:OTHER(1.0.0)' }, /Unknown dataflow/],
    [{ STRUCTURE_ID: 'LIENTHONG:OBSERVATIONS_UNDATED(1.0.0)' }, /TIME_PERIOD is not of/],
    [{ ACTION: 'X' }, /Action/],
  ])('%j', async (cells, message) => {
    await expect(line(cells)()).rejects.toThrow(message);
  });

  test('two observations of one key', async () => {
    const text = await fileOf([figure, figure]);
    expect(() => readSdmxCsv(text, structures)).toThrow(/one key/);
  });
});

describe('Accept', () => {
  test.each([
    [null, 'none'],
    ['*/*', 'none'],
    ['application/json;q=0.9, application/vnd.sdmx.data+csv;version=2.0.0;keys=obs', 'obs'],
    ['application/vnd.sdmx.data+csv; version=2.0.0; key="series"', 'series'],
    ['application/vnd.sdmx.data+csv;labels=name, text/csv;q=0.1', 'none'],
  ])('%s', (accept, keys) => {
    expect(acceptedFile(accept).keys).toBe(keys);
  });

  test.each([
    'application/vnd.sdmx.data+csv; labels=both',
    'application/vnd.sdmx.data+csv; version=1.0.0',
    'application/vnd.sdmx.data+csv; timeFormat=normalized',
    'application/vnd.sdmx.data+csv; keys=all',
    'text/csv;q=0',
    'text/html',
  ])('%s is refused', (accept) => {
    expect(() => acceptedFile(accept)).toThrow(expect.objectContaining({ code: 'NOT_ACCEPTABLE' }));
  });
});
