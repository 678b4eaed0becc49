/** Reads a whole list, page after page by key: nothing is held between two pages but the last row's key. */
import {
  laterThan,
  orderBy,
  type CursorValue,
  type Order,
  type OrderColumn,
  type PageQuery,
} from './connection.ts';

export interface WholeList<Row> {
  readonly order: Order<Row>;
  readonly where: Record<string, unknown>;
  /** Runs the query in a transaction of its own; what it is given fits any model's findMany. */
  find(query: PageQuery): Promise<Row[]>;
}

/**
 * An index finds where to go on only by a plain bound of its first column: alternatives alone would make it
 * read all that went before.
 */
function restOf<Row>(
  { order, where }: WholeList<Row>,
  values: readonly CursorValue[],
): Record<string, unknown> {
  const [first] = order.columns;
  return { AND: [where, ...(first ? [boundOf(first, values[0])] : []), laterThan(order, values)] };
}

/** Nulls come last. */
function boundOf<Row>(
  { column, direction, nullable, parse }: OrderColumn<Row>,
  text: CursorValue | undefined,
): Record<string, unknown> {
  if (text == null) return { [column]: null };
  const value = parse ? parse(text) : text;
  const bound = { [column]: { [direction === 'asc' ? 'gte' : 'lte']: value } };
  return nullable ? { OR: [bound, { [column]: null }] } : bound;
}

export async function* eachPage<Row>(
  list: WholeList<Row>,
  rowsPerPage: number,
): AsyncGenerator<readonly Row[]> {
  const { order, where } = list;
  let rest: Record<string, unknown> = where;
  for (;;) {
    const rows = await list.find({
      where: rest as never,
      orderBy: orderBy(order) as never,
      take: rowsPerPage,
    });
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    if (rows.length < rowsPerPage) return;
    rest = restOf(
      list,
      order.columns.map((column) => column.read(last)),
    );
  }
}
