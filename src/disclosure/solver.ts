/** The linear programs, solved by HiGHS (WebAssembly, single-threaded, synchronous): one model at a time, with limits. */
import highsModule, { type Highs, type Model } from 'highs';

/** Columns with bounds and a cost; rows are sums that must be what is given, zero if nothing is. */
export interface LinearProgram {
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly rowCount: number;
  readonly sums?: Float64Array;
  /** By column: offsets into rows and coefficients. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly coefficients: Float64Array;
}

/** NONE: no solution or no end, which of the two the caller knows; FAILED: a limit or a fault, nothing is known. */
export type SolverStatus = 'OPTIMAL' | 'NONE' | 'FAILED';

export interface Solution {
  readonly status: SolverStatus;
  readonly objective: number;
  readonly values: Float64Array;
}

export interface SolverLimits {
  /** The program stands still for so long at most: a solve can't be interrupted otherwise. */
  readonly secondsPerSolve: number;
  /** Stops the same way on every machine; the seconds are the net below it. */
  readonly iterationsPerSolve: number;
}

export const limitsDefault: SolverLimits = { secondsPerSolve: 20, iterationsPerSolve: 200_000 };

const failed: Solution = { status: 'FAILED', objective: Number.NaN, values: new Float64Array() };

// Node takes the package's ES module, whose default export is the loader; its types describe the CommonJS one.
const loadHighs = highsModule as unknown as typeof highsModule.default;

let runtime: Promise<Highs> | undefined;

/** Loaded once; the WebAssembly file lies in the package, nothing is downloaded. */
async function load(): Promise<Highs> {
  runtime ??= loadHighs();
  return runtime;
}

/** Solves program after program. MUST be disposed of: its memory is not collected. */
export class Solver {
  private readonly highs: Highs;
  private readonly limits: SolverLimits;
  private model: Model | undefined;
  solved = 0;

  private constructor(highs: Highs, limits: SolverLimits) {
    this.highs = highs;
    this.limits = limits;
  }

  static async open(limits: SolverLimits = limitsDefault): Promise<Solver> {
    return new Solver(await load(), limits);
  }

  private fresh(): Model {
    const model = this.highs.createModel();
    model.options.set({
      output_flag: false,
      time_limit: this.limits.secondsPerSolve,
      simplex_iteration_limit: this.limits.iterationsPerSolve,
      mip_max_nodes: 2_000,
      random_seed: 0,
      primal_feasibility_tolerance: 1e-9,
      dual_feasibility_tolerance: 1e-9,
    });
    return model;
  }

  /** Minimises. Whatever is not proven has failed; a failure never throws. */
  solve(program: LinearProgram, integral = false): Solution {
    this.solved += 1;
    try {
      return this.run(program, integral);
    } catch {
      // After an abort inside WebAssembly neither the model nor the runtime can be trusted.
      this.model = undefined;
      runtime = undefined;
      return failed;
    }
  }

  private run(program: LinearProgram, integral: boolean): Solution {
    const { constants } = this.highs;
    const model = (this.model ??= this.fresh());
    const columnCount = program.cost.length;
    const sums = program.sums ?? new Float64Array(program.rowCount);
    const integer = constants.variableType.integer;
    model.passModel({
      numCols: columnCount,
      numRows: program.rowCount,
      colCost: program.cost,
      colLower: program.lower,
      colUpper: program.upper,
      rowLower: sums,
      rowUpper: sums,
      matrix: {
        format: 'csc',
        numRows: program.rowCount,
        numCols: columnCount,
        starts: program.starts,
        indices: program.rows,
        values: program.coefficients,
      },
      ...(integral && { integrality: new Int32Array(columnCount).fill(integer) }),
    });
    // The time limit counts over all runs of a model.
    model.zeroAllClocks();
    model.run();
    const status = model.getModelStatus();
    const { optimal, infeasible, unbounded, unboundedOrInfeasible } = constants.modelStatus;
    if (status === optimal) {
      const values = Float64Array.from(model.getSolution().colValue);
      return { status: 'OPTIMAL', objective: model.getObjectiveValue(), values };
    }
    const isNone = [infeasible, unbounded, unboundedOrInfeasible].some((none) => none === status);
    return isNone ? { ...failed, status: 'NONE' } : failed;
  }

  dispose(): void {
    this.model?.dispose();
    this.model = undefined;
  }
}
