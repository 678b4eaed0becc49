/**
 * Every entry of the policy is needed, and no role is added unseen: one by one, on the tables in memory.
 * It takes a while and so runs with ALL_STORES=1, as .ci/run sets it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { acceptChange, acceptedState, parseAccepted } from '../../src/policy/accepted.ts';
import { diffPolicies, isSame } from '../../src/policy/diff.ts';
import { rootTypes } from '../../src/policy/names.ts';
import { stateOf, type PolicyState, type StateEntry } from '../../src/policy/state.ts';
import { assertComplete } from '../../src/policy/table.ts';
import { roles, type PolicyTable } from '../../src/policy/types.ts';
import { buildSchemas, policyTable } from '../../src/schema.ts';

const { full } = buildSchemas();
const names = Object.keys(policyTable).sort();
const file = path.join(import.meta.dirname, '../../schema/accepted.json');
const accepted = parseAccepted(readFileSync(file, 'utf8'));
const lastAccepted = acceptedState(accepted);

const present = stateOf(full, policyTable);

/**
 * What `policy check` says of one changed entry. Names are compared each for itself, so the others need not
 * be compared thousands of times over; a test below holds this against whole states.
 */
function checked(changes: PolicyTable) {
  const names = Object.keys(changes);
  const pick = (state: PolicyState): Record<string, StateEntry> =>
    Object.fromEntries(names.flatMap((name) => (state[name] ? [[name, state[name]]] : [])));
  const after = pick(present);
  for (const name of names) after[name] = { ...after[name], ...changes[name] } as StateEntry;
  return diffPolicies(pick(lastAccepted), after);
}

/** Those names for which a mutation goes unnoticed. */
const unnoticedOf = (mutated: readonly string[], notices: (name: string) => boolean) =>
  mutated.filter((name) => !notices(name));

describe.runIf(process.env['ALL_STORES'])('no mutation of the policy goes unnoticed', () => {
  const isRootField = (name: string) =>
    rootTypes(full).includes(name.split('.')[0] ?? '') && /^\w+\.\w+$/.test(name);

  test('unmutated it is whole and accepted', () => {
    expect(names.length).toBeGreaterThan(1_000);
    expect(() => assertComplete(full, policyTable)).not.toThrow();
    expect(isSame(diffPolicies(lastAccepted, present))).toBe(true);
  });

  test('removing any entry stops the build and names it', () => {
    const unnoticed = unnoticedOf(names, (name) => {
      const rest = Object.fromEntries(Object.entries(policyTable).filter(([key]) => key !== name));
      try {
        assertComplete(full, rest);
        return false;
      } catch (error) {
        return (error as Error).message === `The policy is not whole:\n${name} has no policy entry`;
      }
    });
    expect(unnoticed).toEqual([]);
  }, 300_000);

  test('removing what any root field needs stops the build', () => {
    const rootFields = names.filter(isRootField);
    expect(rootFields.length).toBeGreaterThan(30);
    const unnoticed = unnoticedOf(rootFields, (name) => {
      const entry = { roles: policyTable[name]?.roles ?? [] };
      try {
        assertComplete(full, { ...policyTable, [name]: entry });
        return false;
      } catch (error) {
        return (error as Error).message.includes(`root field ${name} does not say what it needs`);
      }
    });
    expect(unnoticed).toEqual([]);
  });

  test.each(roles)(
    'adding %s to any entry, or taking it away, fails the check and says so',
    (role) => {
      const unnoticed = unnoticedOf(names, (name) => {
        const entry = policyTable[name];
        if (!entry) return false;
        const has = entry.roles.includes(role);
        const changed = has
          ? entry.roles.filter((other) => other !== role)
          : [...entry.roles, role];
        const { gained, lost } = checked({ [name]: { ...entry, roles: changed } }).roles[role];
        const told = [...gained, ...lost].map(({ coordinate }) => coordinate);
        return told.length === 1 && told[0] === name && (has ? lost : gained).length === 1;
      });
      expect(unnoticed).toEqual([]);
    },
    300_000,
  );

  test('asking less of any root field fails the check', () => {
    const stricter = names.filter((name) => {
      const { needs = 'NOTHING' } = policyTable[name] ?? {};
      return needs !== 'NOTHING';
    });
    const unnoticed = unnoticedOf(stricter, (name) => {
      const entry = { roles: policyTable[name]?.roles ?? [], needs: 'NOTHING' } as const;
      return (
        checked({ [name]: entry })
          .needs.map((each) => each.coordinate)
          .join() === name
      );
    });
    expect(unnoticed).toEqual([]);
  });

  test('what is compared is what the table says', () => {
    for (const name of names.filter((_name, i) => i % 40 === 0)) {
      const { roles: allowed = [], ...rest } = policyTable[name] ?? {};
      const entry = { ...rest, roles: roles.filter((role) => !allowed.includes(role)) };
      const whole = stateOf(full, { ...policyTable, [name]: entry });
      expect(diffPolicies(lastAccepted, whole)).toEqual(checked({ [name]: entry }));
    }
  });

  test('accepted, a mutation passes', () => {
    const name = 'Query.accessRecords';
    const mutated = stateOf(full, {
      ...policyTable,
      [name]: { roles: ['PRESS'], needs: 'NOTHING' },
    });
    const next = acceptChange(accepted, mutated, { date: '2026-11-23', reason: 'For the test.' });
    expect(next && isSame(diffPolicies(acceptedState(next), mutated))).toBe(true);
  });
});
