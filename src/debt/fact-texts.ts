/** The facts of many employers as they leave the database in one text a table, for a thread that judges them. Pure. */
import { group } from '../platform/group.ts';
import { cellReader, type Cell } from './fact-contents.ts';
import { factsOf, type FactVersions, type Version } from './fact-rows.ts';
import type { DebtFacts } from './law/facts.ts';

/** Lists of rows in JSON, each row a list: the employer and the fact's id, and the columns of `columnNames`, all as texts. */
export interface FactTexts {
  readonly obligations: string;
  readonly payments: string;
  readonly events: string;
  readonly registrations: string;
  readonly underdeclarations: string;
}

type Cells = readonly Cell[];

/** Every row of a text was known at the instant for which it was read, so each counts as known always. */
const always = { knownFrom: new Date(0), knownTo: null };

function versionsOf<Row>(text: string, read: (cells: Cells) => Row): Map<string, Version<Row>[]> {
  const rows = JSON.parse(text) as [employer: string, id: string, ...cells: Cells][];
  const versions = rows.map(([employer, id, ...cells]) => ({
    employer,
    version: { id, row: read(cells), ...always },
  }));
  return new Map(
    [...group(versions, ({ employer }) => employer)].map(([employer, list]) => [
      employer,
      list.map(({ version }) => version),
    ]),
  );
}

/** The facts of each of the employers, in their order. */
export function factsOfTexts(texts: FactTexts, employers: readonly string[]): DebtFacts[] {
  const obligations = versionsOf(texts.obligations, cellReader('obligation'));
  const payments = versionsOf(texts.payments, cellReader('payment'));
  const events = versionsOf(texts.events, cellReader('debt_event'));
  const registrations = versionsOf(texts.registrations, cellReader('registration_duty'));
  const underdeclarations = versionsOf(texts.underdeclarations, cellReader('underdeclaration'));
  return employers.map((id): DebtFacts => {
    const versions: FactVersions = {
      obligations: obligations.get(id) ?? [],
      payments: payments.get(id) ?? [],
      events: events.get(id) ?? [],
      registrations: registrations.get(id) ?? [],
      underdeclarations: underdeclarations.get(id) ?? [],
    };
    return factsOf(versions);
  });
}
