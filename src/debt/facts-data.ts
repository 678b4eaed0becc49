/** Reads the facts on which the law judges employers; which of them there are is the database's to decide. */
import DataLoader from 'dataloader';
import { perRequest, type Context } from '../platform/context.ts';
import { group } from '../platform/group.ts';
import { keptReader, type FactRow, type FactTable } from './fact-contents.ts';
import { factsOf, type FactVersions, type Version } from './fact-rows.ts';
import { pairId } from './fields.ts';
import type { DebtFacts } from './law/facts.ts';

type Own<Row> = Row & { readonly employerId: string; readonly knownFrom: Date };

/** What is known now, and what was before where that is asked; by employer. */
async function readVersions(
  { db }: Context,
  employerIds: readonly string[],
  hasHistory: boolean,
): Promise<Map<string, FactVersions>> {
  const where = { employerId: { in: [...employerIds] } };
  const [obligations, payments, events, registrations, underdeclarations, before] =
    await Promise.all([
      db.obligation.findMany({ where }),
      db.payment.findMany({ where }),
      db.debtEvent.findMany({ where }),
      db.registrationDuty.findMany({ where }),
      db.underdeclaration.findMany({ where }),
      hasHistory ? db.debtFactVersion.findMany({ where }) : [],
    ]);

  /** Rows of one table with what they said before, by employer. */
  function versionsOf<Table extends FactTable, Row extends Own<FactRow<Table>>>(
    table: Table,
    now: readonly Row[],
    idOf: (row: Row) => string,
  ): Map<string, [Version<FactRow<Table>>, ...Version<FactRow<Table>>[]]> {
    const read = keptReader(table);
    const known = now.map((row) => {
      const { employerId, knownFrom } = row;
      return { employerId, id: idOf(row), row, knownFrom, knownTo: null };
    });
    const was = before
      .filter(({ fact }) => fact === table)
      .map(({ employerId, factId, knownFrom, knownTo, content }) => {
        return { employerId, id: factId, row: read(content), knownFrom, knownTo };
      });
    return group([...known, ...was], ({ employerId }) => employerId);
  }

  const ofId = ({ id }: { readonly id: string }) => id;
  const tables = {
    obligations: versionsOf('obligation', obligations, (row) =>
      pairId(row.employerId, row.timePeriod),
    ),
    payments: versionsOf('payment', payments, ofId),
    events: versionsOf('debt_event', events, ofId),
    registrations: versionsOf('registration_duty', registrations, ofId),
    underdeclarations: versionsOf('underdeclaration', underdeclarations, ofId),
  };
  return new Map(
    employerIds.map((id) => [
      id,
      {
        obligations: tables.obligations.get(id) ?? [],
        payments: tables.payments.get(id) ?? [],
        events: tables.events.get(id) ?? [],
        registrations: tables.registrations.get(id) ?? [],
        underdeclarations: tables.underdeclarations.get(id) ?? [],
      },
    ]),
  );
}

const loaderOf = (name: string, hasHistory: boolean) =>
  perRequest(
    name,
    (context) =>
      new DataLoader<string, DebtFacts>(async (ids) => {
        const versions = await readVersions(context, ids, hasHistory);
        return ids.map((id) => factsOf(versions.get(id)!));
      }),
  );

/** The facts of an employer as they are known now. */
export const currentFacts = loaderOf('debt facts', false);

/** Each with what it said before. */
export const factsWithHistory = loaderOf('debt facts with history', true);
