/** The thread answers what the process itself would, tells its progress, refuses by code, and ends when told to. */
import { describe, expect, test } from 'vitest';
import { attack } from '../../src/disclosure/attack.ts';
import type { Contribution } from '../../src/disclosure/primary-money.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { protect } from '../../src/disclosure/protect.ts';
import { DisclosureRefused } from '../../src/disclosure/refusal.ts';
import { sum } from '../../src/disclosure/relations.ts';
import { ProtectionStopped, runInWorker } from '../../src/release/thread.ts';
import { nationalTable } from '../bench/national-table.ts';
import { money, twoWay, withState } from './support.ts';

const table = twoWay([
  [3, 40, 30],
  [20, 25, 35],
  [50, 60, 70],
]);
const large = { provinces: 4, communes: 400, months: 4, hasFlows: true };

describe('a thread of its own', () => {
  test('protects as the process itself does, to the cell', async () => {
    const { primary, table: found } = await runInWorker({
      kind: 'PROTECT',
      family: table,
      rules: {},
    });
    const expected = judgePrimary(table);
    expect(primary).toEqual(expected);
    expect(found).toEqual(await protect(expected));
  });

  test('takes rules and contributions', async () => {
    const family = {
      cells: [money('t', 300), money('a', 100), money('b', 110), money('c', 90)],
      relations: [sum('t', 't', ['a', 'b', 'c'])],
    };
    const contributions = new Map<string, Contribution[]>([
      ['a', [{ group: 'one', amount: 100n }]],
    ]);
    const { table: found } = await runInWorker({
      kind: 'PROTECT',
      family,
      rules: { money: [{ rule: 'P_PERCENT', p: 10 }] },
      contributions,
    });
    expect([...found.primary.keys(), ...found.secondary].sort()).toEqual(['a', 'c']);
  });

  test('attacks as the process itself does, to the ends of the intervals', async () => {
    const suppressed = new Set(['r1c1', 'r1c2', 'r2c1', 'r2c2']);
    const { requirements } = judgePrimary(table);
    const options = { isExact: true };
    const found = await runInWorker({
      kind: 'ATTACK',
      family: table,
      suppressed,
      requirements,
      options,
    });
    expect(found).toEqual(await attack(table, suppressed, requirements, options));
  });

  test('tells each step from nothing to all, never back', async () => {
    const told: (readonly [step: string, done: number, of: number])[] = [];
    await runInWorker(
      { kind: 'PROTECT', family: nationalTable({ ...large, communes: 80 }), rules: {} },
      { onProgress: (...progress) => told.push(progress) },
    );
    const steps = [...new Set(told.map(([step]) => step))];
    expect(steps).toEqual(['PROTECT', 'CLEAN', 'ATTACK']);
    // One step after the other.
    expect(told.map(([step]) => steps.indexOf(step))).toEqual(
      told.map(([step]) => steps.indexOf(step)).sort((a, b) => a - b),
    );
    for (const step of steps) {
      const parts = told.filter(([name]) => name === step);
      const [, , of] = parts[0]!;
      const done = parts.map(([, part]) => part);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect([done[0], done.at(-1)]).toEqual([0, of]);
      expect(done.length).toBeGreaterThan(2);
    }
  });

  test('refuses as the process itself does, with the code and the place', async () => {
    const family = withState(table, 'PUBLIC', ['r1c', 'r1c2', 'r1c3']);
    const refusal = await runInWorker({ kind: 'PROTECT', family, rules: {} }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(DisclosureRefused);
    expect(refusal).toMatchObject({ code: 'PROTECTION_IMPOSSIBLE', places: ['r1c1'] });
  });

  test('ends when it is aborted, with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const running = runInWorker(
      { kind: 'PROTECT', family: nationalTable(large), rules: {} },
      { signal: controller.signal, onProgress: () => controller.abort(reason) },
    );
    await expect(running).rejects.toBe(reason);
    const late = runInWorker(
      { kind: 'PROTECT', family: table, rules: {} },
      { signal: controller.signal },
    );
    await expect(late).rejects.toBe(reason);
  });

  test('that runs out of memory is refused as stopped, and the process lives', async () => {
    const running = runInWorker(
      { kind: 'PROTECT', family: nationalTable(large), rules: {} },
      { megabytesMax: 24 },
    );
    const error = await running.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProtectionStopped);
    expect((error as Error).message).toBe('The protection ran out of memory.');
  });

  test('that fails otherwise says what failed', async () => {
    const broken = { kind: 'PROTECT', family: { cells: null, relations: [] } } as never;
    const error = await runInWorker(broken).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProtectionStopped);
    expect((error as Error).cause).toBeInstanceOf(Error);
  });
});
