/** The facts as they were on a day and as they were known at an instant; whatever came later is not there. Pure. */
import { earlier, firstDayOf, type Day } from './days.ts';
import type { DebtFacts, Known, ObligationFact, Question } from './facts.ts';
import { assertFacts, assertQuestion } from './validate.ts';

export type KnownFacts = Required<DebtFacts>;

/** Since when an obligation is registered. */
export const arisesOn = ({ registeredOn, month }: ObligationFact): Day =>
  registeredOn ?? firstDayOf(month);

function wasKnown({ knownFrom, knownTo }: Known, knownAt: string | null): boolean {
  if (knownAt === null) return knownTo == null;
  return (knownFrom == null || knownFrom <= knownAt) && (knownTo == null || knownAt < knownTo);
}

/** A date that lies after the day has not come yet. */
const reached = (date: Day | null | undefined, day: Day): Day | null =>
  date != null && date <= day ? date : null;

export function factsOn(facts: DebtFacts, question: Question): KnownFacts {
  assertQuestion(question);
  const { day, knownAt = null, paidUntil = null } = question;
  const known = <Fact extends Known>(list: readonly Fact[] | undefined): readonly Fact[] =>
    (list ?? []).filter((fact) => wasKnown(fact, knownAt));
  const paid = paidUntil ?? day;
  const found: KnownFacts = {
    obligations: known(facts.obligations),
    payments: known(facts.payments),
    reminders: known(facts.reminders),
    suspensions: known(facts.suspensions),
    forceMajeure: known(facts.forceMajeure),
    registrations: known(facts.registrations),
    underdeclarations: known(facts.underdeclarations),
    hardToCollect: known(facts.hardToCollect),
  };
  assertFacts(found);
  return {
    obligations: found.obligations.filter((fact) => arisesOn(fact) <= day),
    payments: found.payments.filter(
      ({ receivedOn, reversedOn }) => receivedOn <= paid && reached(reversedOn, paid) === null,
    ),
    reminders: found.reminders.filter(({ sentOn }) => sentOn <= day),
    // What relieves the debtor and was decided by the cut-off counts as decided on the day.
    suspensions: found.suspensions
      .filter(({ decidedOn }) => decidedOn <= paid)
      .map((fact) => ({
        ...fact,
        decidedOn: earlier(fact.decidedOn, day),
        endedOn: reached(fact.endedOn, day),
      })),
    forceMajeure: found.forceMajeure
      .filter(({ from, recognisedOn }) => from <= day && recognisedOn <= paid)
      .map((fact) => ({ ...fact, recognisedOn: earlier(fact.recognisedOn, day) })),
    registrations: found.registrations
      .filter(({ dutyFrom }) => dutyFrom <= day)
      .map((fact) => ({ ...fact, registeredOn: reached(fact.registeredOn, day) })),
    underdeclarations: found.underdeclarations
      .filter(({ month }) => firstDayOf(month) <= day)
      .map((fact) => ({ ...fact, correctedOn: reached(fact.correctedOn, day) })),
    hardToCollect: found.hardToCollect
      .filter(
        ({ foundOn, from, to }) => foundOn <= paid && from <= day && (to == null || day <= to),
      )
      .map((fact) => ({ ...fact, foundOn: earlier(fact.foundOn, day) })),
  };
}
