/** When one obligation is due on a given day: by its cycle, or after a suspension of its fund. Pure. */
import type { Reason } from './reason.ts';
import { lastDayOf, later, type Day } from './days.ts';
import { dueOf, type Due } from './due.ts';
import type { ObligationFact, SuspensionFact } from './facts.ts';
import type { Basis, LegalParameters } from './parameters.ts';
import { catchUpDue, releasedOn, runOf, runsOn, type Run } from './suspension.ts';

export interface Standing extends Due {
  /** The run in which it is suspended on the day; not there when it is not. */
  readonly suspendedIn?: Run | null;
  /** The first day after a run in which it was suspended; not there where none is over. */
  readonly releasedOn?: Day;
}

/** Whether and until when obligations are suspended, remembered by day. */
export class Standings {
  private readonly runs = new Map<Day, readonly Run[]>();
  private readonly parameters: LegalParameters;
  private readonly suspensions: readonly SuspensionFact[];

  constructor(parameters: LegalParameters, suspensions: readonly SuspensionFact[]) {
    this.parameters = parameters;
    this.suspensions = suspensions;
  }

  private runsOn(day: Day): readonly Run[] {
    const known = this.runs.get(day) ?? runsOn(this.parameters, this.suspensions, day);
    this.runs.set(day, known);
    return known;
  }

  of(fact: ObligationFact, day: Day): Standing {
    const due = dueOf(this.parameters, fact);
    const suspendable = fact.fund === 'RETIREMENT' && this.suspensions.length > 0;
    const run = suspendable ? runOf(this.runsOn(day), fact.month) : null;
    if (run === null) return due;
    const catchUp = catchUpDue(this.parameters, run);
    const nominal = later(due.nominal, catchUp.candidate);
    const end = releasedOn(run);
    const suspension = day < end ? { suspendedIn: run } : { releasedOn: end };
    if (catchUp.isOld) {
      // Over under the law before: due as it is without a suspension, and in time for as long as it was suspended.
      const inTimeUntil = later(due.inTimeUntil, lastDayOf(run.to));
      return { ...due, nominal, inTimeUntil, basis: [run.basis, ...due.basis], ...suspension };
    }
    const basis: Basis[] = [run.basis, ...catchUp.basis];
    const missing: Reason = {
      code: 'PARAMETER_NOT_VERIFIED',
      parameter: 'SUSPENSION_CATCH_UP_DUE',
    };
    const dueOn = catchUp.dueOn && later(due.dueOn ?? catchUp.dueOn, catchUp.dueOn);
    return {
      ...due,
      dueOn,
      nominal,
      inTimeUntil: dueOn ?? lastDayOf(run.to),
      basis,
      reasons: catchUp.dueOn === null ? [missing] : [],
      // What falls due after the law's start is judged by the law, whatever its month.
      isOld: false,
      ...suspension,
    };
  }
}
