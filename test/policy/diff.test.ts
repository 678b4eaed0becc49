/** A change of the policy shows for each role what it opens and closes, and counts once accepted. */
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import {
  acceptChange,
  acceptedState,
  parseAccepted,
  printAccepted,
  type Accepted,
} from '../../src/policy/accepted.ts';
import { describeDiff } from '../../src/policy/describe-diff.ts';
import { diffPolicies, isSame, type PolicyDiff } from '../../src/policy/diff.ts';
import {
  digestOf,
  parseState,
  printState,
  stateOf,
  type PolicyState,
} from '../../src/policy/state.ts';
import { roles, type PolicyTable, type Role } from '../../src/policy/types.ts';

const schema = buildSchema(`
  type Query { figures(unit: Unit): [Figure!] }
  type Figure { value: String }
  enum Unit { PERSONS }
  input Filter { area: String }
`);
const table: PolicyTable = {
  Query: { roles: ['PRESS', 'SI'] },
  'Query.figures': { roles: ['PRESS', 'SI'], needs: ['DEBT', 'ENROLLMENT'] },
  'Query.figures(unit:)': { roles: ['SI'] },
  Figure: { roles: ['SI', 'PRESS'] },
  'Figure.value': { roles: ['SI'] },
  Unit: { roles: ['SI'] },
  'Unit.PERSONS': { roles: ['SI'] },
  Filter: { roles: ['SI'] },
  'Filter.area': { roles: ['SI'] },
};
const before = stateOf(schema, table);
const changed = (entries: PolicyTable) => stateOf(schema, { ...table, ...entries });
const without = (state: PolicyState, name: string): PolicyState =>
  Object.fromEntries(Object.entries(state).filter(([key]) => key !== name));

/** The coordinates alone; roles that gain and lose nothing are left out. */
function brief({ roles: byRole, needs, schema: names }: PolicyDiff) {
  const list = (parts: readonly { coordinate: string }[]) => parts.map((part) => part.coordinate);
  const touched = roles.flatMap((role): [Role, { gained: string[]; lost: string[] }][] => {
    const { gained, lost } = byRole[role];
    return gained.length + lost.length > 0
      ? [[role, { gained: list(gained), lost: list(lost) }]]
      : [];
  });
  return {
    roles: Object.fromEntries(touched),
    needs: list(needs),
    added: list(names.added),
    removed: list(names.removed),
    retyped: list(names.retyped),
  };
}

const nothing: ReturnType<typeof brief> = {
  roles: {},
  needs: [],
  added: [],
  removed: [],
  retyped: [],
};

describe('the difference of two policies', () => {
  test('the same policy is no difference, in whatever order its table is written', () => {
    const turned = Object.fromEntries(
      Object.entries(table)
        .reverse()
        .map(([name, { roles: allowed, needs }]) => [
          name,
          {
            roles: [...allowed].reverse(),
            ...(needs ? { needs: Array.isArray(needs) ? [...needs].reverse() : needs } : {}),
          },
        ]),
    ) as PolicyTable;
    const after = stateOf(schema, turned);
    expect(isSame(diffPolicies(before, after))).toBe(true);
    expect(printState(after)).toBe(printState(before));
    expect(parseState(printState(before))).toEqual(before);
  });

  const cases: [string, PolicyState, Partial<ReturnType<typeof brief>>][] = [
    [
      'a field opened to a role',
      changed({ 'Figure.value': { roles: ['SI', 'PRESS'] } }),
      { roles: { PRESS: { gained: ['Figure.value'], lost: [] } } },
    ],
    [
      'an argument, an input field and an enum value opened',
      changed({
        'Query.figures(unit:)': { roles: ['SI', 'UNION'] },
        'Filter.area': { roles: ['SI', 'UNION'] },
        'Unit.PERSONS': { roles: ['SI', 'UNION'] },
      }),
      {
        roles: {
          UNION: { gained: ['Filter.area', 'Query.figures(unit:)', 'Unit.PERSONS'], lost: [] },
        },
      },
    ],
    [
      'a type closed to a role',
      changed({ Figure: { roles: ['SI'] } }),
      { roles: { PRESS: { gained: [], lost: ['Figure'] } } },
    ],
    [
      'one role instead of another',
      changed({ Unit: { roles: ['LABOUR'] } }),
      {
        roles: { SI: { gained: [], lost: ['Unit'] }, LABOUR: { gained: ['Unit'], lost: [] } },
      },
    ],
    [
      'a need that asks for less',
      changed({ 'Query.figures': { roles: ['PRESS', 'SI'], needs: 'NOTHING' } }),
      { needs: ['Query.figures'] },
    ],
    [
      'one topic more',
      changed({
        'Query.figures': { roles: ['PRESS', 'SI'], needs: ['ENROLLMENT', 'FINANCE', 'DEBT'] },
      }),
      { needs: ['Query.figures'] },
    ],
    [
      'a name that is gone',
      without(before, 'Figure.value'),
      { roles: { SI: { gained: [], lost: ['Figure.value'] } }, removed: ['Figure.value'] },
    ],
    [
      'a name that nobody has',
      { ...before, 'Figure.secret': { kind: 'FIELD', type: 'String', roles: [] } },
      { added: ['Figure.secret'] },
    ],
    [
      'a field that now leads elsewhere',
      { ...before, 'Figure.value': { kind: 'FIELD', type: 'Unit', roles: ['SI'] } },
      { retyped: ['Figure.value'] },
    ],
    [
      'a name that is now another kind of name',
      { ...before, 'Unit.PERSONS': { kind: 'FIELD', type: 'Int', roles: ['SI'] } },
      {
        roles: { SI: { gained: ['Unit.PERSONS'], lost: ['Unit.PERSONS'] } },
        added: ['Unit.PERSONS'],
        removed: ['Unit.PERSONS'],
      },
    ],
  ];
  test.each(cases)('%s', (_name, after, expected) => {
    expect(brief(diffPolicies(before, after))).toEqual({ ...nothing, ...expected });
    expect(isSame(diffPolicies(before, after))).toBe(false);
  });

  test.each(cases)('backwards it is the opposite: %s', (_name, after) => {
    const [forth, back] = [diffPolicies(before, after), diffPolicies(after, before)];
    for (const role of roles) {
      expect(back.roles[role].gained).toEqual(forth.roles[role].lost);
      expect(back.roles[role].lost).toEqual(forth.roles[role].gained);
    }
    expect(back.schema.added).toEqual(forth.schema.removed);
    expect(back.schema.removed).toEqual(forth.schema.added);
  });

  test('is told in both languages, role by role', () => {
    const after = changed({
      'Query.figures': { roles: ['PRESS', 'SI', 'UNION'], needs: 'ANY_GRANT' },
      Unit: { roles: [] },
    });
    expect(describeDiff(diffPolicies(before, after), 'en')).toBe(
      [
        'SI can no longer learn:',
        '  type Unit',
        '',
        'UNION can now learn:',
        '  field Query.figures; needs a purpose and any grant for it',
        '',
        'Root fields that need something else of the request:',
        '  Query.figures: a purpose and a grant for it of ENROLLMENT or DEBT -> a purpose and any grant for it',
        '',
      ].join('\n'),
    );
    const vietnamese = describeDiff(diffPolicies(before, after), 'vi');
    expect(vietnamese).toContain('UNION nay biết thêm:\n  trường Query.figures; cần mục đích');
    expect(vietnamese).not.toMatch(/learn|needs|field|grant/);
    expect(describeDiff(diffPolicies(before, before), 'en')).toBe(
      'The two policies are the same.\n',
    );
  });

  test.each([
    ['no JSON', 'names', 'It is no JSON.'],
    ['an unknown role', '{"names":{"A":{"kind":"TYPE","roles":["KING"]}}}', 'names.A.roles'],
    ['an unknown topic', '{"names":{"A":{"kind":"TYPE","roles":[],"needs":["GOLD"]}}}', 'needs'],
    ['another file', '{"first":{}}', 'names'],
  ])('a file that is no policy is refused: %s', (_name, text, complaint) => {
    expect(() => parseState(text)).toThrow(complaint);
  });
});

describe('the accepted policy', () => {
  const first = acceptChange(null, before, { date: '2026-11-23', reason: 'First.' }) as Accepted;
  const opened = changed({ 'Figure.value': { roles: ['SI', 'PRESS'] } });
  const why = { date: '2026-11-24', reason: 'The press may read values.' };
  const second = acceptChange(first, opened, why) as Accepted;
  const third = acceptChange(second, without(opened, 'Filter.area'), {
    date: '2026-11-25',
    reason: 'Nobody used it.',
  }) as Accepted;

  test('is what the accepted changes add up to', () => {
    expect(acceptedState(first)).toEqual(before);
    expect(acceptedState(second)).toEqual(opened);
    expect(acceptedState(third)).toEqual(without(opened, 'Filter.area'));
    expect(second.changes).toEqual([
      {
        ...why,
        sha256: digestOf(opened),
        names: {
          'Figure.value': { before: before['Figure.value'], after: opened['Figure.value'] },
        },
      },
    ]);
  });

  test('is read back from its print', () => {
    for (const accepted of [first, second, third]) {
      expect(parseAccepted(printAccepted(accepted))).toEqual(accepted);
    }
  });

  test('nothing is accepted where nothing changed', () => {
    expect(acceptChange(second, opened, why)).toBeNull();
  });

  test.each<[string, Accepted]>([
    [
      'a change that was edited afterwards',
      { ...third, changes: [{ ...third.changes[0]!, names: {} }, third.changes[1]!] },
    ],
    ['a change that was taken out', { ...third, changes: third.changes.slice(1) }],
    ['changes in another order', { ...third, changes: [...third.changes].reverse() }],
    [
      'a first policy that was edited',
      { ...first, first: { ...first.first, names: { ...opened } } },
    ],
  ])('is refused after %s', (_name, accepted) => {
    expect(() => acceptedState(accepted)).toThrow(/of its digest|does not follow/);
  });

  test.each([
    ['no reason', { reason: ' ' }],
    ['no day', { date: 'soon' }],
    ['no digest', { sha256: 'abc' }],
  ])('is refused with %s', (_name, part) => {
    const broken = { ...second, first: { ...second.first, ...part } };
    expect(() => parseAccepted(JSON.stringify(broken))).toThrow();
  });
});
