/** The ways by which a figure enters or leaves what a reader meets between two marks, each asked by an index. */
import type { Mark, Run } from './changes-cursor.ts';
import type { RunStep } from './changes-run.ts';

type Where = Record<string, unknown>;

export interface Step extends RunStep {
  readonly table: 'observation' | 'observationWithdrawal';
}

const day = (mark: Mark) => new Date(mark.instant);
const all = (...conditions: Where[]): Where => ({ AND: conditions });
const any = (...conditions: Where[]): Where => ({ OR: conditions });
const between = (column: string, from: Mark, to: Mark): Where => ({
  [column]: { gt: day(from), lte: day(to) },
});
const within = (column: string, from: Mark, to: Mark): Where => ({
  [column]: { gte: from.number, lt: to.number },
});

/** Rows that are there as of a mark, but for those withdrawn: a published one since everybody may read it. */
const thereAt = (mark: Mark): Where =>
  all(
    { addedIn: { lt: mark.number } },
    any({ publishedAt: null }, { publishedAt: { lte: day(mark) } }),
    any({ audience: 'PUBLISHED' }, { knownFrom: { lte: day(mark) } }),
  );

const step = (
  table: Step['table'],
  column: string,
  kind: Step['kind'],
  ...where: Where[]
): Step => ({ table, column, kind, where: all(...where) });

/** What had been there, and was withdrawn since: by a transaction, or by an instant that came. */
function withdrawals(from: Mark, to: Mark): Step[] {
  const wasMet = { visibleFrom: { lte: day(from) } };
  const hasCome = { withdrawnAt: { lte: day(to) } };
  const before = { withdrawnIn: { lt: from.number } };
  return [
    step(
      'observationWithdrawal',
      'withdrawnIn',
      'NUMBER',
      wasMet,
      within('withdrawnIn', from, to),
      hasCome,
    ),
    step(
      'observationWithdrawal',
      'withdrawnAt',
      'INSTANT',
      wasMet,
      before,
      between('withdrawnAt', from, to),
    ),
  ];
}

/**
 * An event counts as of a mark when its transaction is below the number and its instant has come. So each kind has two
 * steps: those of later transactions whose instant has come, and those of earlier ones whose instant came since. Where
 * nothing was told before, all that is there is told, in the order in which `observations` lists it.
 */
export function stepsOf({ from, to }: Run): readonly Step[] {
  if (!from) return [step('observation', 'figureId', 'TEXT', thereAt(to))];
  const wasThere = thereAt(from);
  const before = { addedIn: { lt: from.number } };
  return [
    step('observation', 'addedIn', 'NUMBER', { addedIn: { gte: from.number } }, thereAt(to)),
    step(
      'observation',
      'publishedAt',
      'INSTANT',
      before,
      between('publishedAt', from, to),
      thereAt(to),
    ),
    step(
      'observation',
      'knownFrom',
      'INSTANT',
      before,
      { audience: 'INTERNAL' },
      between('knownFrom', from, to),
      thereAt(to),
    ),
    step(
      'observation',
      'closedIn',
      'NUMBER',
      wasThere,
      within('closedIn', from, to),
      // A closing that is to come is nobody's; one that was taken back after it had come is told.
      any({ knownTo: { lte: day(to) } }, { reopenedAt: { lte: day(from) } }),
    ),
    step(
      'observation',
      'knownTo',
      'INSTANT',
      wasThere,
      between('knownTo', from, to),
      any({ closedIn: null }, { closedIn: { lt: from.number } }),
    ),
    ...withdrawals(from, to),
  ];
}
