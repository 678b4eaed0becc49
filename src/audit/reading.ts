/** What a record says of a list that auditors read as a whole and everyone else for itself. */
import type { Context } from '../platform/context.ts';

/**
 * Whoever may read all of the log reads all of it, on the grant that the record then names; anyone else meets what
 * concerns its own agency, for which no grant is needed.
 */
export function noteWhole({ draft }: Context, topic: 'ACCESS_LOG' | 'CHANGE_LOG'): void {
  draft.asked.add(topic);
}
