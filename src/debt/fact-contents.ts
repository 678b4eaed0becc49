/** The columns of facts that the law asks for, read from texts: as `debt_fact_version` keeps them, and as they are read for a thread. Pure. */
import { z } from 'zod';

export type Cell = string | null;
type Column = readonly [name: string, read: (cell: Cell) => unknown];

function text(cell: Cell | undefined): string {
  if (cell == null) throw new TypeError('A column of a fact is not there.');
  return cell;
}
const orNull =
  <Value>(read: (cell: Cell) => Value) =>
  (cell: Cell): Value | null =>
    cell === null ? null : read(cell);

const day = (cell: Cell) => new Date(`${text(cell)}T00:00:00Z`);
const dong = (cell: Cell) => BigInt(text(cell));
const count = (cell: Cell) => Number(text(cell));
const months = (cell: Cell) => z.array(z.string()).parse(JSON.parse(text(cell)));

/** By table and by the name of each in its rows. */
const contents = {
  obligation: {
    timePeriod: ['time_period', text],
    dueRetirement: ['due_retirement', dong],
    dueSickness: ['due_sickness', dong],
    dueAccident: ['due_accident', dong],
    dueUnemployment: ['due_unemployment', dong],
    dueHealth: ['due_health', dong],
    workers: ['workers', count],
    paymentCycle: ['payment_cycle', text],
    registeredOn: ['registered_on', orNull(day)],
  },
  payment: {
    receivedOn: ['received_on', day],
    amount: ['amount', dong],
    reversedOn: ['reversed_on', orNull(day)],
  },
  debt_event: {
    kind: ['kind', text],
    stage: ['stage', text],
    occurredOn: ['occurred_on', day],
    cause: ['cause', orNull(text)],
    fromOn: ['from_on', orNull(day)],
    untilOn: ['until_on', orNull(day)],
    timePeriods: ['time_periods', months],
  },
  registration_duty: {
    dutyFrom: ['duty_from', day],
    registeredOn: ['registered_on', orNull(day)],
    workers: ['workers', count],
    amount: ['amount', orNull(dong)],
  },
  underdeclaration: {
    timePeriod: ['time_period', text],
    registeredBase: ['registered_base', dong],
    legalBase: ['legal_base', dong],
    workers: ['workers', count],
    correctedOn: ['corrected_on', orNull(day)],
    amount: ['amount', orNull(dong)],
  },
} as const satisfies Record<string, Record<string, Column>>;

export type FactTable = keyof typeof contents;

/** What the law asks of a row of the table. */
export type FactRow<Table extends FactTable> = {
  readonly [
    Name in keyof (typeof contents)[Table]
  ]: (typeof contents)[Table][Name] extends readonly [string, (cell: Cell) => infer Value]
    ? Value
    : never;
};

const columnsOf = (table: FactTable): readonly Column[] => Object.values<Column>(contents[table]);

/** In the order in which `cellReader` takes them. */
export const columnNames = (table: FactTable): string[] => columnsOf(table).map(([name]) => name);

/** Reads a row from its cells. A province has a million, so that its names are looked up once. */
export function cellReader<Table extends FactTable>(
  table: Table,
): (cells: readonly Cell[]) => FactRow<Table> {
  const names = Object.keys(contents[table]);
  const columns = columnsOf(table);
  return (cells) => {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i += 1) row[names[i]!] = columns[i]![1](cells[i]!);
    return row as FactRow<Table>;
  };
}

const keptShape = z.record(z.string(), z.string().nullable());

/** Reads what a row said before; throws where it lacks a column. */
export function keptReader<Table extends FactTable>(
  table: Table,
): (content: unknown) => FactRow<Table> {
  const names = columnNames(table);
  const read = cellReader(table);
  return (content) => {
    const kept = keptShape.parse(content);
    return read(
      names.map((name) => {
        const cell = kept[name];
        if (cell === undefined) throw new TypeError(`A fact that was kept has no ${name}.`);
        return cell;
      }),
    );
  };
}
