/** Which units of another time make up the boundaries of an area, and how surely. Pure. */

/** One step of a reform, as it is recorded. */
export interface Step {
  readonly predecessorId: string;
  readonly successorId: string;
  readonly effectiveOn: Date;
  readonly exact: boolean;
  readonly kind: string;
  readonly basis: string;
}

/**
 * SAME: one unit of the same extent. EXACT: several that are proven to make it up. ESTIMATED: several that are
 * listed as its parts, without proof. REFUSED: a part of it was split. NOT_SEPARABLE: it is a part of a larger
 * unit, which nothing tells apart.
 */
export const restatements = ['SAME', 'EXACT', 'ESTIMATED', 'REFUSED', 'NOT_SEPARABLE'] as const;
export type Restatement = (typeof restatements)[number];

/** The units that were, or are, reported for the boundaries, and the step that leads to them. */
export interface Stage {
  readonly unitIds: readonly string[];
  readonly restatement: Restatement;
  readonly steps: readonly Step[];
}

/** The boundaries of one area, and how each time reported them: the area's own stage first. */
export interface Line {
  readonly areaId: string;
  readonly stages: readonly Stage[];
  /** The steps by which the first unit came about, where its extent is a new one and none is told before it. */
  readonly cameFrom: readonly Step[];
}

/** All units that lines speak of, each once, in order. */
export const unitIdsOf = (lines: readonly Line[]): string[] =>
  [...new Set(lines.flatMap(({ stages }) => stages.flatMap((stage) => stage.unitIds)))].sort();

/** From surest to least. */
const worse = (a: Restatement, b: Restatement): Restatement =>
  restatements.indexOf(a) < restatements.indexOf(b) ? b : a;

export class Lineage {
  readonly #before = new Map<string, Step[]>();
  readonly #after = new Map<string, Step[]>();

  constructor(steps: readonly Step[]) {
    for (const step of steps) {
      this.#before.set(step.successorId, [...this.before(step.successorId), step]);
      this.#after.set(step.predecessorId, [...this.after(step.predecessorId), step]);
    }
  }

  before(id: string): readonly Step[] {
    return this.#before.get(id) ?? [];
  }

  after(id: string): readonly Step[] {
    return this.#after.get(id) ?? [];
  }

  /** Whether the step leads from the whole of one unit to the whole of another. */
  #isSame(step: Step): boolean {
    const isOnly =
      this.before(step.successorId).length === 1 && this.after(step.predecessorId).length === 1;
    return step.exact && isOnly;
  }

  /** How surely the steps into a unit tell what it was made of. */
  #restatementOf(steps: readonly Step[]): Restatement {
    if (steps.every((step) => this.#isSame(step))) return 'SAME';
    if (steps.some((step) => this.after(step.predecessorId).length > 1)) return 'REFUSED';
    return steps.every(({ exact }) => exact) ? 'EXACT' : 'ESTIMATED';
  }

  /** What the area was made of, one reform after the other, backwards. */
  stagesBefore(areaId: string): Stage[] {
    const stages: Stage[] = [];
    let unitIds: readonly string[] = [areaId];
    let restatement: Restatement = 'SAME';
    for (;;) {
      const steps = unitIds.flatMap((id) => this.before(id));
      if (steps.length === 0) return stages;
      // A part that is older than the reform stays what it is.
      const kept = unitIds.filter((id) => this.before(id).length === 0);
      restatement = worse(restatement, this.#restatementOf(steps));
      unitIds = [...new Set([...kept, ...steps.map(({ predecessorId }) => predecessorId)])].sort();
      stages.push({ unitIds, restatement, steps });
    }
  }

  /** What became of the area, one reform after the other: the same, or a part of something larger. */
  stagesAfter(areaId: string): Stage[] {
    const stages: Stage[] = [];
    let unitIds: readonly string[] = [areaId];
    let restatement: Restatement = 'SAME';
    for (;;) {
      const steps = unitIds.flatMap((id) => this.after(id));
      if (steps.length === 0) return stages;
      const isSame = steps.every((step) => this.#isSame(step));
      restatement = worse(restatement, isSame ? 'SAME' : 'NOT_SEPARABLE');
      unitIds = [...new Set(steps.map(({ successorId }) => successorId))].sort();
      stages.push({ unitIds, restatement, steps });
    }
  }

  /** The last units of its line, the area itself where it goes on. */
  current(areaId: string): string[] {
    return this.#ends(areaId, (id) => this.after(id).map(({ successorId }) => successorId));
  }

  /** The first units of its line, the area itself where nothing is recorded before it. */
  original(areaId: string): string[] {
    return this.#ends(areaId, (id) => this.before(id).map(({ predecessorId }) => predecessorId));
  }

  #ends(areaId: string, next: (id: string) => readonly string[]): string[] {
    const further = next(areaId);
    return further.length === 0
      ? [areaId]
      : [...new Set(further.flatMap((id) => this.#ends(id, next)))].sort();
  }

  /** All units before and after it in its line, and itself. */
  relatives(areaId: string): string[] {
    const walk = (id: string, next: (id: string) => readonly string[]): string[] => [
      id,
      ...next(id).flatMap((other) => walk(other, next)),
    ];
    const back = walk(areaId, (id) => this.before(id).map((step) => step.predecessorId));
    const forth = walk(areaId, (id) => this.after(id).map((step) => step.successorId));
    return [...new Set([...back, ...forth])].sort();
  }

  /** The units of one extent that follow each other, the last of them first, and what came before. */
  #chain(areaId: string): Line {
    const before = this.stagesBefore(areaId);
    const changed = before.findIndex(({ restatement }) => restatement !== 'SAME');
    const stages = changed < 0 ? before : before.slice(0, changed);
    return { areaId, stages: [own(areaId), ...stages], cameFrom: before[changed]?.steps ?? [] };
  }

  /** Each extent that was reported, in its own boundaries. */
  asReported(areaId: string): Line[] {
    const relatives = this.relatives(areaId);
    const isSameAfter = (id: string) =>
      this.after(id).length > 0 && this.after(id).every((step) => this.#isSame(step));
    return relatives.filter((id) => !isSameAfter(id)).map((id) => this.#chain(id));
  }

  inCurrent(areaId: string): Line[] {
    return this.current(areaId).map((id) => {
      return { areaId: id, stages: [own(id), ...this.stagesBefore(id)], cameFrom: [] };
    });
  }

  inOriginal(areaId: string): Line[] {
    return this.original(areaId).map((id) => {
      return { areaId: id, stages: [own(id), ...this.stagesAfter(id)], cameFrom: [] };
    });
  }
}

const own = (id: string): Stage => ({ unitIds: [id], restatement: 'SAME', steps: [] });
