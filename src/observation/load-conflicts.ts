/** Loads the conflicts between figures; each carries the topics of the rows that it tells of. */
import { z } from 'zod';
import { listOf, optional, text } from '../platform/csv-cells.ts';
import type { SeedWriter } from '../platform/seed.ts';
import { listed } from './load-codes.ts';
import { aliasedArea, idIn, rowId, type FigureContext } from './load-figures.ts';

/** A loaded row and the conflicts that it names. */
export interface Marked {
  readonly file: string;
  readonly line: number;
  readonly id: string;
  readonly conflict_ids: readonly string[];
}

export interface Conflicts {
  readonly conflicts: readonly object[];
  readonly rows: readonly object[];
}

function conflictShape(ctx: FigureContext) {
  return z
    .object({
      id: text,
      area: aliasedArea(ctx),
      kind: listed(ctx.codes, 'CONFLICT_KIND'),
      certainty: listed(ctx.codes, 'CERTAINTY'),
      statement: text,
      row_ids: listOf(rowId(ctx)),
      evidence_row_ids: listOf(rowId(ctx)),
      computed_evidence: optional(text),
      external_evidence: optional(text),
      external_url: optional(text),
      handling: text,
      source: listOf(idIn(ctx, 'sources.csv')),
      locator: text,
    })
    .refine((row) => !row.evidence_row_ids.some((id) => row.row_ids.includes(id)), {
      path: ['evidence_row_ids'],
      params: { code: 'ID_DUPLICATE' },
      error: 'Name a row once: as marked, or as evidence only.',
    });
}

/** The topics of the rows; instruments and sources have none. */
function topicsOf(ids: readonly string[], topics: ReadonlyMap<string, string>) {
  const found = [...new Set(ids.flatMap((id) => topics.get(id) ?? []))].sort();
  return found.length > 0 ? found : ['ENROLLMENT'];
}

/** `topics` are those of the loaded figures, by id. */
export function readConflicts(
  ctx: FigureContext,
  topics: ReadonlyMap<string, string>,
  marked: readonly Marked[],
): Conflicts {
  const listedRows = ctx.files.rows('conflicts.csv', conflictShape(ctx));
  const marks = new Map(listedRows.map((row) => [row.id, row.row_ids]));
  for (const { file, line, id, conflict_ids } of marked) {
    for (const conflict of conflict_ids) {
      if (marks.get(conflict)?.includes(id) ?? true) continue;
      const message = `Add ${id} to the row_ids of ${conflict}, or remove the conflict here.`;
      ctx.files.report(file, line, 'conflict_ids', 'REFERENCE_UNKNOWN', message);
    }
  }
  const complete = listedRows.map((row) => {
    const { line: _, area, source, row_ids, evidence_row_ids, ...rest } = row;
    const ids = [...row_ids, ...evidence_row_ids];
    const conflict = { ...rest, area_id: area.id, source_ids: source };
    return { row, ids, conflict: { ...conflict, topics: topicsOf(ids, topics) } };
  });
  return {
    conflicts: complete.map(({ conflict }) => conflict),
    rows: complete.flatMap(({ row, ids, conflict }) =>
      ids.map((id, position) => ({
        conflict_id: conflict.id,
        row_id: id,
        part: row.row_ids.includes(id) ? 'MARK' : 'EVIDENCE',
        position,
        topics: conflict.topics,
      })),
    ),
  };
}

export async function loadConflicts(writer: SeedWriter, read: Conflicts): Promise<void> {
  const from = ['conflicts.csv'];
  await writer.upsert('conflict', read.conflicts, { key: ['id'], from });
  await writer.upsert('conflict_row', read.rows, { key: ['conflict_id', 'row_id'], from });
}
