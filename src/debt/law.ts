/** What Social Insurance Law 41/2024/QH15 makes of dated facts: one employer, one day, one answer. Pure. */
import { allocate } from './law/allocation.ts';
import type { EmployerAssessment } from './law/assessment.ts';
import { assessDeclaration } from './law/declaration.ts';
import { setApart, sumUp } from './law/employer.ts';
import type { DebtFacts, Question } from './law/facts.ts';
import { factsOn } from './law/known.ts';
import type { LegalParameters } from './law/parameters.ts';
import { assessPayable } from './law/payable.ts';
import { assessRegistration } from './law/registration.ts';
import { Standings } from './law/standing.ts';

/**
 * The state of every item and of the employer at the end of the day asked. The answer depends on facts
 * dated until that day (payments and what relieves the debtor: until `paidUntil`) and known at `knownAt`, and on
 * nothing else: not on their order, the clock or what was asked before. Throws LawFactError for facts that are none.
 */
export function assess(
  parameters: LegalParameters,
  given: DebtFacts,
  question: Question,
): EmployerAssessment {
  const facts = factsOn(given, question);
  const { day } = question;
  const standings = new Standings(parameters, facts.suspensions);
  const ledger = allocate(parameters, standings, facts, question.paidUntil ?? day);
  const matter = { parameters, standings, facts, day };
  const payable = facts.obligations.map((fact) =>
    setApart(assessPayable(matter, fact, ledger.parts.get(fact.id) ?? []), facts.hardToCollect),
  );
  const registrations = facts.registrations.map((fact) => assessRegistration(matter, fact));
  const declarations = facts.underdeclarations.map((fact) => assessDeclaration(matter, fact));
  return sumUp(day, [...payable, ...registrations, ...declarations], ledger);
}

/**
 * What is paid of each obligation, by its id, at the end of the day: the allocation of `assess` and nothing else of it.
 * An obligation to which nothing went is not there.
 */
export function paidOf(
  parameters: LegalParameters,
  given: DebtFacts,
  question: Question,
): ReadonlyMap<string, bigint> {
  const facts = factsOn(given, question);
  const standings = new Standings(parameters, facts.suspensions);
  const { parts } = allocate(parameters, standings, facts, question.paidUntil ?? question.day);
  const sumOf = (amounts: readonly { readonly amount: bigint }[]) =>
    amounts.reduce((sum, { amount }) => sum + amount, 0n);
  return new Map([...parts].map(([id, amounts]) => [id, sumOf(amounts)]));
}
