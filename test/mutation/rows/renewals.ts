/** Areas that a reform ended, and what territory_renewal() must say of grants that name them, by hand. */
import type pg from 'pg';
import { gatewayRole } from '../../../src/platform/database.ts';
import { undone } from './attempts.ts';
import type { Answer } from './questions.ts';

const areaOf = (name: string, more: Readonly<Record<string, unknown>> = {}) => {
  const [code = '', vintage = ''] = name.split('@');
  return { code, vintage, ...more };
};
const firstReform = { valid_to: '2025-06-30' };
const secondReform = { valid_to: '2026-03-31' };

export const reformedAreas = [
  // Two became one, which with others became one again.
  areaOf('who-merged@2025-06', firstReform),
  areaOf('who-other-part@2025-06', firstReform),
  areaOf('who-larger@2025-07', { ...secondReform, province_id: 'who-parent@2025-07' }),
  areaOf('who-largest@2026-04'),
  // One went on alone; another did too, and its successor did not.
  areaOf('who-kept@2025-06', firstReform),
  areaOf('who-keeps@2025-07'),
  areaOf('who-chain@2025-06', firstReform),
  areaOf('who-chained@2025-07', secondReform),
  // One has ended as nothing, one ends on a day of its own, and one does not end.
  areaOf('who-vanished@2025-06', { ...firstReform, province_id: 'who-parent@2025-07' }),
  areaOf('who-lasting@2025-07', { valid_to: '2026-05-01' }),
  areaOf('who-stays@2025-07'),
  areaOf('who-cluster@2025-07', { kind: 'OFFICE_CLUSTER' }),
  areaOf('who-parent@2025-07', { kind: 'PROVINCE' }),
  areaOf('who-country@2025-07', { kind: 'COUNTRY' }),
  // Before the heir a group of areas, whose member went on as another.
  areaOf('who-estate@2025-06', { ...firstReform, kind: 'OFFICE_CLUSTER' }),
  areaOf('who-field@2025-06', firstReform),
  areaOf('who-farm@2025-07', secondReform),
  areaOf('who-heir@2025-07'),
];

export const reformedMembers = [
  { group_id: 'who-cluster@2025-07', member_id: 'who-merged@2025-06' },
  { group_id: 'who-estate@2025-06', member_id: 'who-field@2025-06' },
];

export const reformedSuccessions = [
  ['who-merged@2025-06', 'who-larger@2025-07'],
  ['who-other-part@2025-06', 'who-larger@2025-07'],
  ['who-larger@2025-07', 'who-largest@2026-04'],
  ['who-kept@2025-06', 'who-keeps@2025-07'],
  ['who-chain@2025-06', 'who-chained@2025-07'],
  ['who-chained@2025-07', 'who-largest@2026-04'],
  ['who-estate@2025-06', 'who-heir@2025-07'],
  ['who-field@2025-06', 'who-farm@2025-07'],
  ['who-farm@2025-07', 'who-largest@2026-04'],
] as const;

const later = '2026-10-01';
const renewal = (areaIds: readonly string[], successorIds: readonly string[]) => ({
  areaIds,
  successorIds,
});
const merged = renewal(['who-merged@2025-06'], ['who-larger@2025-07']);
const vanished = renewal(['who-vanished@2025-06'], []);

/** The areas that a grant names, the day, and what must be renewed. */
const questions: readonly (readonly [named: readonly string[], day: string, said: unknown])[] = [
  // What ended and what it became, no further; from the day after its last.
  [['who-merged@2025-06'], later, merged],
  [['who-merged@2025-06'], '2025-07-01', merged],
  [['who-merged@2025-06'], '2025-06-30', null],
  [['who-merged@2025-06', 'who-stays@2025-07'], later, merged],
  [['who-cluster@2025-07'], later, merged],
  // Nothing is lost where all of it is held: the parts, the successor, its province, the country.
  [['who-kept@2025-06'], later, null],
  [['who-merged@2025-06', 'who-larger@2025-07', 'who-largest@2026-04'], later, null],
  [['who-merged@2025-06', 'who-parent@2025-07'], later, null],
  [['who-merged@2025-06', 'who-country@2025-07'], later, null],
  [['who-stays@2025-07'], later, null],
  // Along the line that the grant itself follows.
  [['who-chain@2025-06'], '2026-03-31', null],
  [['who-chain@2025-06'], later, renewal(['who-chained@2025-07'], ['who-largest@2026-04'])],
  // A history that is held is not followed to elsewhere.
  [['who-heir@2025-07', 'who-kept@2025-06'], later, null],
  [['who-vanished@2025-06'], later, vanished],
  [['who-vanished@2025-06', 'who-parent@2025-07'], later, null],
  [['who-kept@2025-06', 'who-lasting@2025-07'], '2026-05-01', null],
  [['who-kept@2025-06', 'who-lasting@2025-07'], '2026-05-02', renewal(['who-lasting@2025-07'], [])],
];

/** What the database says must be renewed, and what it must. */
export async function askRenewals(client: pg.Client): Promise<Answer[]> {
  return undone(client, async () => {
    await client.query(`set local role ${gatewayRole}`);
    const answers: Answer[] = [];
    for (const [named, day, expected] of questions) {
      const { rows } = await client.query<{ said: unknown }>(
        'select territory_renewal($1, $2) as said',
        [named, day],
      );
      answers.push({
        asked: `renewal of ${named.join(' ')} on ${day}`,
        told: rows[0]?.said,
        expected,
      });
    }
    return answers;
  });
}
