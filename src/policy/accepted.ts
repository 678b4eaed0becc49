/**
 * accepted.json: the policy that was accepted first, and every change accepted since, with its reason.
 * The accepted policy is what they add up to; each step is sealed by the digest of its result.
 */
import { z } from 'zod';
import {
  digestOf,
  namesShape,
  parseWith,
  printLines,
  stateEntryShape,
  type PolicyState,
  type StateEntry,
} from './state.ts';

const step = {
  /** The day, in Viet Nam. */
  date: z.iso.date(),
  /** Why: one sentence by whoever accepted it. */
  reason: z.string().trim().min(1),
  /** Of schema/policy.json as it then was. */
  sha256: z.hash('sha256'),
};

const changedNames = z.record(
  z.string(),
  z.strictObject({ before: stateEntryShape.nullable(), after: stateEntryShape.nullable() }),
);

const acceptedShape = z.strictObject({
  first: z.strictObject({ ...step, names: namesShape }),
  changes: z.array(z.strictObject({ ...step, names: changedNames })),
});

export type Accepted = z.output<typeof acceptedShape>;
type ChangedNames = z.output<typeof changedNames>;

export function parseAccepted(text: string): Accepted {
  return parseWith(acceptedShape, text);
}

export function printAccepted({ first, changes }: Accepted): string {
  const print = ({
    date,
    reason,
    sha256,
    names,
  }: Accepted['first'] | Accepted['changes'][number]) =>
    [
      `"date": ${JSON.stringify(date)}`,
      `"reason": ${JSON.stringify(reason)}`,
      `"sha256": ${JSON.stringify(sha256)}`,
      `"names": ${printLines(names, '    ')}`,
    ].join(',\n    ');
  const list = changes.map((change) => `  {\n    ${print(change)}\n  }`).join(',\n');
  return `{\n  "first": {\n    ${print(first)}\n  },\n  "changes": [${list && `\n${list}\n  `}]\n}\n`;
}

const isEqual = (one: StateEntry | undefined, other: StateEntry | null) =>
  JSON.stringify(one ?? null) === JSON.stringify(other);

function applyChange(state: PolicyState, names: ChangedNames, date: string): PolicyState {
  const next = new Map(Object.entries(state));
  for (const [name, { before, after }] of Object.entries(names)) {
    if (!isEqual(state[name], before)) {
      throw new Error(`The change of ${date} does not follow from what stands before it: ${name}.`);
    }
    if (after) next.set(name, after);
    else next.delete(name);
  }
  return Object.fromEntries(next);
}

function assertSealed(state: PolicyState, sha256: string, date: string): void {
  if (digestOf(state) === sha256) return;
  throw new Error(`The policy accepted on ${date} is not the one of its digest.`);
}

/** What the steps add up to; throws when one does not follow from the one before. */
export function acceptedState({ first, changes }: Accepted): PolicyState {
  let state: PolicyState = first.names;
  assertSealed(state, first.sha256, first.date);
  for (const { names, sha256, date } of changes) {
    state = applyChange(state, names, date);
    assertSealed(state, sha256, date);
  }
  return state;
}

function changesBetween(before: PolicyState, after: PolicyState): ChangedNames {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names
      .filter((name) => !isEqual(before[name], after[name] ?? null))
      .map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }]),
  );
}

/** Adds the step that leads to the present policy; null when there is nothing to accept. */
export function acceptChange(
  accepted: Accepted | null,
  present: PolicyState,
  { date, reason }: { readonly date: string; readonly reason: string },
): Accepted | null {
  const sealed = { date, reason, sha256: digestOf(present) };
  if (!accepted) return { first: { ...sealed, names: { ...present } }, changes: [] };
  const names = changesBetween(acceptedState(accepted), present);
  if (Object.keys(names).length === 0) return null;
  return { ...accepted, changes: [...accepted.changes, { ...sealed, names }] };
}
