/** Reads the steps of all reforms that an area is connected with. */
import type { Context } from '../platform/context.ts';
import { Lineage, type Step } from './lineage.ts';

/** Three editions of the register are two reforms: a line of more rounds than this is a mistake of the data. */
const roundsMax = 20;

export async function readLineage(context: Context, areaId: string): Promise<Lineage> {
  const steps = new Map<string, Step>();
  const met = new Set<string>();
  let ids = [areaId];
  for (let round = 0; ids.length > 0; round += 1) {
    if (round === roundsMax) throw new Error(`The reforms around ${areaId} have no end.`);
    for (const id of ids) met.add(id);
    const rows = await context.db.areaSuccession.findMany({
      where: { OR: [{ predecessorId: { in: ids } }, { successorId: { in: ids } }] },
      orderBy: { id: 'asc' },
    });
    for (const row of rows) steps.set(row.id, row);
    const ends = rows.flatMap(({ predecessorId, successorId }) => [predecessorId, successorId]);
    ids = [...new Set(ends)].filter((id) => !met.has(id));
  }
  return new Lineage([...steps.values()]);
}
