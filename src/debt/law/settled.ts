/** Tells without the engine whom an identification need not tell anything of: who has paid all that was due, in whatever order. Pure. */
import { later, type Day } from './days.ts';
import { dueOf } from './due.ts';
import type { DebtFacts } from './facts.ts';
import { arisesOn } from './known.ts';
import type { LegalParameters } from './parameters.ts';

/**
 * True only where `assess` of the same facts (all known) gives the state ON_TIME, no amount and no workers. False
 * says nothing.
 *
 * Without suspensions money goes to the open obligation with the oldest due date among those that exist, so nothing
 * reaches what is not late yet while something late is open, unless the late one came to be known afterwards. Where
 * none did, late obligations are all paid once as much money has come as they are together. Where one did, once as
 * much has come as everything together.
 */
export function isPlainlyOnTime(
  parameters: LegalParameters,
  { obligations, payments, suspensions, registrations, underdeclarations }: DebtFacts,
  day: Day,
): boolean {
  if ([suspensions, registrations, underdeclarations].some((list) => (list?.length ?? 0) > 0)) {
    return false;
  }
  let late = 0n;
  let rest = 0n;
  let lateUntil: Day = '';
  let restFrom: Day = '9999-12-31';
  for (const fact of obligations) {
    const arises = arisesOn(fact);
    if (arises > day) continue;
    const { dueOn, nominal } = dueOf(parameters, fact);
    if ((dueOn ?? nominal) < day) {
      late += fact.amount;
      lateUntil = later(lateUntil, arises);
    } else {
      rest += fact.amount;
      if (arises < restFrom) restFrom = arises;
    }
  }
  let paid = 0n;
  for (const { receivedOn, reversedOn, amount } of payments) {
    if (receivedOn <= day && (reversedOn == null || reversedOn > day)) paid += amount;
  }
  return paid >= late + rest || (paid >= late && lateUntil <= restFrom);
}
