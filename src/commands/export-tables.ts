/** Which tables the running gateway gives as files, and how each is asked for on the command line. */
import { Option, type Command } from 'commander';
import { parseObject } from './running-gateway.ts';
import { UsageError } from './usage.ts';

/** The mutation that makes the link, and what it is asked with. */
export interface LinkQuestion {
  readonly mutation: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Of a table with a filter. */
export function filteredQuestion(
  [mutation, filterType]: readonly [mutation: string, filterType: string],
  where: Readonly<Record<string, unknown>>,
  asOf?: string,
): LinkQuestion {
  return {
    mutation,
    query: `mutation Export($where: ${filterType}, $asOf: DateTime) {
  ${mutation}(where: $where, asOf: $asOf) { url expiresAt } }`,
    variables: { where, ...(asOf === undefined ? {} : { asOf }) },
  };
}

const observations = ['exportObservations', 'ObservationFilter'] as const;
const targets = ['exportTargets', 'TargetFilter'] as const;

export const observationsQuestion = (where: Readonly<Record<string, unknown>>): LinkQuestion =>
  filteredQuestion(observations, where);

/** Arguments of `series` but its area: the option of each, its type in the schema, and what it says. */
const seriesOptions = [
  ['indicator', 'String!', 'a code of list INDICATOR, such as PARTICIPANTS'],
  ['scheme', 'String', 'a code of list SCHEME; all when left out'],
  ['participantGroup', 'String', 'a code of list PARTICIPANT_GROUP; all when left out'],
  ['sex', 'String', 'F or M; both when left out'],
  ['residence', 'String', 'URBAN or RURAL; both when left out'],
  ['from', 'String', 'periods that end on or after the start of this one'],
  ['to', 'String', 'periods that begin on or before the end of this one'],
  ['boundaries', 'SeriesBoundaries', 'AS_REPORTED, CURRENT or ORIGINAL'],
  ['asOf', 'DateTime', 'what was known at this instant, such as 2026-01-01T00:00:00+07:00'],
] as const;

const flagOf = (name: string) =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export type TableOptions = Readonly<Record<string, string | undefined>>;

export function seriesQuestion(options: TableOptions): LinkQuestion {
  const { area, indicator } = options;
  if (!area || !indicator) {
    throw new UsageError('Say which series: --area CODE@VINTAGE --indicator CODE.');
  }
  const [code, vintage] = area.split('@');
  const given = seriesOptions.filter(([name]) => options[name] !== undefined);
  const parameters = given.map(([name, type]) => `, $${name}: ${type}`).join('');
  const args = given.map(([name]) => `, ${name}: $${name}`).join('');
  return {
    mutation: 'exportSeries',
    query: `mutation Export($area: AreaKey!${parameters}) {
  exportSeries(area: $area${args}) { url expiresAt } }`,
    variables: {
      area: { code, ...(vintage === undefined ? {} : { vintage }) },
      ...Object.fromEntries(given.map(([name]) => [name, options[name]])),
    },
  };
}

const ofAll = 'asOf';
const ofSeries = ['area', ...seriesOptions.map(([name]) => name).filter((name) => name !== ofAll)];

/** An option of another table is a mistake, not to be passed over. */
function refuse(table: string, names: readonly string[], options: TableOptions): void {
  const [name] = names.filter((one) => options[one] !== undefined);
  if (name) throw new UsageError(`${flagOf(name)} is not for ${table}.`);
}

const filtered =
  (table: string, names: readonly [mutation: string, filterType: string]) =>
  (options: TableOptions): LinkQuestion => {
    refuse(table, ofSeries, options);
    return filteredQuestion(names, parseObject('--where', options['where']), options[ofAll]);
  };

const tables: Readonly<Record<string, (options: TableOptions) => LinkQuestion>> = {
  observations: filtered('observations', observations),
  targets: filtered('targets', targets),
  series(options) {
    refuse('series', ['where'], options);
    return seriesQuestion(options);
  },
};

export const tableNames = new Intl.ListFormat('en', { type: 'disjunction' }).format(
  Object.keys(tables),
);

export function questionOfTable(table: string, options: TableOptions): LinkQuestion {
  const question = Object.hasOwn(tables, table) ? tables[table] : undefined;
  if (!question) throw new UsageError(`There is no table "${table}"; write ${tableNames}.`);
  return question(options);
}

/** The options of all tables, each under its table's name in the help. */
export function addTableOptions(command: Command): Command {
  command.option(
    '--where <json>',
    'of observations and targets: an ObservationFilter or TargetFilter, such as {"scheme":"HEALTH_INSURANCE"}',
  );
  command.option('--area <code@vintage>', 'of series: where, such as 15@2025-07');
  for (const [name, , says] of seriesOptions) {
    const option = new Option(
      `${flagOf(name)} <value>`,
      name === ofAll ? says : `of series: ${says}`,
    );
    command.addOption(name === 'boundaries' ? option.choices(boundaries) : option);
  }
  return command;
}

const boundaries = ['AS_REPORTED', 'CURRENT', 'ORIGINAL'];
