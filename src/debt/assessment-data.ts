/** Applies the law to an employer’s facts, as they were known and on the day that is asked. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Employer } from '../platform/prisma/client.ts';
import { dayIn, formatDay } from '../platform/scalars.ts';
import { currentFacts, factsWithHistory } from './facts-data.ts';
import { legalFineRows, legalParametersOf } from './law-data.ts';
import { assessFines, type AssessedFine } from './law/assessed-fines.ts';
import type { EmployerAssessment } from './law/assessment.ts';
import { assess } from './law.ts';

/** With what the access log records of a row. */
export interface Assessment extends EmployerAssessment {
  readonly id: string;
  readonly employerId: string;
  readonly topic: string;
  readonly areaId: string;
  readonly contributorId: string;
  readonly paidUntil: string;
  readonly knownAt: Date;
  /** As the employer is registered now. */
  readonly isNaturalPerson: boolean;
}

export interface AssessmentQuestion {
  readonly on?: Date | null | undefined;
  readonly paidUntil?: Date | null | undefined;
  readonly knownAt?: Date | null | undefined;
}

/** The first year of the law before the law before; the tables of law reach no further in either direction. */
const firstDay = '1995-01-01';
const yearsAhead = 5;

function assertBetween(day: string, min: string, max: string): void {
  if (day < min || day > max) throw new PublicError('DAY_OUT_OF_RANGE', { day, min, max });
}

export async function assessEmployer(
  context: Context,
  employer: Employer,
  question: AssessmentQuestion,
): Promise<Assessment> {
  const now = new Date(context.principal.scope.instant);
  const today = dayIn(now);
  const lastDay = `${Number(today.slice(0, 4)) + yearsAhead}-12-31`;
  const day = question.on ? formatDay(question.on) : today;
  assertBetween(day, firstDay, lastDay);
  const paidUntil = question.paidUntil ? formatDay(question.paidUntil) : day;
  assertBetween(paidUntil, day, lastDay);
  const { knownAt } = question;
  if (knownAt && knownAt > now) {
    throw new PublicError('AS_OF_IN_FUTURE', { asOf: knownAt.toISOString(), field: 'knownAt' });
  }
  const facts = await (knownAt ? factsWithHistory : currentFacts)(context).load(employer.id);
  const parameters = await legalParametersOf(context);
  const found = assess(parameters, facts, {
    day,
    paidUntil,
    knownAt: knownAt?.toISOString() ?? null,
  });
  const { id: employerId, topic, areaId, contributorId, isNaturalPerson } = employer;
  const known = knownAt ?? now;
  const id = [employerId, day, paidUntil, known.toISOString()].join('|');
  const of = { id, employerId, topic, areaId, contributorId, isNaturalPerson };
  return { ...found, ...of, paidUntil, knownAt: known };
}

/** The fines that it faces for what the assessment finds, by the whole tables of law. */
export async function finesOf(
  context: Context,
  assessment: Assessment,
): Promise<readonly AssessedFine[]> {
  const [parameters, rows] = await Promise.all([
    legalParametersOf(context),
    legalFineRows(context),
  ]);
  const isOrganisation = !assessment.isNaturalPerson;
  return assessFines({ parameters, rows, isOrganisation }, assessment);
}
