/** Which tables can be released: what each is made of, and for which periods. Pure. */
import { PublicError } from '../platform/errors.ts';
import { parsePeriodOrThrow, type Period } from '../platform/period.ts';

export interface Dataflow {
  readonly topic: 'ENROLLMENT' | 'FINANCE';
  /** Whether the gateway can make it from its own rows. */
  readonly from: 'MOVEMENTS' | 'DEBT';
  /** Whether what moved between two stocks is released too. */
  readonly hasFlows: boolean;
  /** The last days of the months that a release of this period holds. */
  monthEnds(period: Period): readonly string[];
}

const isoDay = (date: Date) => date.toISOString().slice(0, 10);

function monthEnds({ start, end }: Period): string[] {
  const ends: string[] = [];
  for (let year = start.getUTCFullYear(), month = start.getUTCMonth(); ; month += 1) {
    const last = new Date(Date.UTC(year, month + 1, 0));
    if (last > end) return ends;
    ends.push(isoDay(last));
  }
}
const lastMonthEnd = (period: Period) => monthEnds(period).slice(-1);
/**
 * What is more than 60 days late at the end of a quarter need not have been late at the end of the one before, so that tables
 * by state do not bound each other. Those of each month's end would.
 */
const lastQuarterEnd = (period: Period) =>
  lastMonthEnd(period).filter((day) => /-(03-31|06-30|09-30|12-31)$/.test(day));

/** By code of list DATAFLOW. */
export const dataflows: Readonly<Record<string, Dataflow>> = {
  ENROLMENT_QUARTERLY: {
    topic: 'ENROLLMENT',
    from: 'MOVEMENTS',
    hasFlows: false,
    monthEnds: lastMonthEnd,
  },
  ENROLMENT_MONTHLY: { topic: 'ENROLLMENT', from: 'MOVEMENTS', hasFlows: false, monthEnds },
  ENROLMENT_FLOWS: { topic: 'ENROLLMENT', from: 'MOVEMENTS', hasFlows: true, monthEnds },
  DEBT_QUARTERLY: { topic: 'FINANCE', from: 'DEBT', hasFlows: false, monthEnds: lastQuarterEnd },
};

export function dataflowOrThrow(code: string): Dataflow {
  const found = dataflows[code];
  if (found) return found;
  const choices = Object.keys(dataflows).join(', ');
  throw new PublicError('DATAFLOW_NOT_RELEASABLE', { field: 'dataflow', dataflow: code, choices });
}

/** Refuses a period that ends no month, or no quarter where the table is of quarters: it would be empty. */
export function monthEndsOrThrow(dataflow: Dataflow, timePeriod: string): readonly string[] {
  const ends = dataflow.monthEnds(parsePeriodOrThrow(timePeriod));
  if (ends.length === 0) {
    throw new PublicError('PERIOD_NOT_RELEASABLE', { period: timePeriod, field: 'timePeriod' });
  }
  return ends;
}
