/** The thread answers what the process itself would, tells its progress, refuses by code, and ends when told to. */
import { describe, expect, test } from 'vitest';
import { DisclosureRefused } from '../../src/disclosure/refusal.ts';
import { cellKey, type SourceCell } from '../../src/release/cell.ts';
import type { Layer } from '../../src/release/family.ts';
import { ProtectionStopped, runInWorker, type ProtectTask } from '../../src/release/thread.ts';
import { attackWhole, protectWhole } from '../../src/release/whole.ts';

const day = '2026-06-30';

const cellOf = (areaId: string, value: number): SourceCell => ({
  indicator: 'PARTICIPANTS',
  areaId,
  scheme: 'VOLUNTARY_SI',
  participantGroup: 'ALL',
  breakdown: '',
  timePeriod: day,
  periodStart: day,
  periodEnd: day,
  unit: 'PERSONS',
  kind: 'PERSONS',
  value: BigInt(value),
});

/** Provinces with so many communes each, every seventh of them small, and another sum over each five of them. */
function task(provinceCount: number, communeCount: number): ProtectTask {
  const provinces = Array.from({ length: provinceCount }, (_, at) => `P${at}`);
  const communesOf = (province: string) =>
    Array.from({ length: communeCount }, (_, at) => `${province}C${at}`);
  const values = new Map<string, number>();
  for (const province of provinces) {
    for (const [at, commune] of communesOf(province).entries()) {
      values.set(commune, at % 7 === 0 ? 1 + (at % 4) : 20 + ((at * 37) % 400));
    }
  }
  const offices = provinces.flatMap((province) =>
    Array.from({ length: Math.floor(communeCount / 5) }, (_, at) => ({
      parent: `${province}O${at}`,
      children: communesOf(province).slice(at * 5, at * 5 + 5),
    })),
  );
  const branches = [
    ...offices,
    ...provinces.map((parent) => ({ parent, children: communesOf(parent) })),
    { parent: 'VN', children: provinces },
  ];
  for (const { parent, children } of branches) {
    values.set(
      parent,
      children.reduce((sum, child) => sum + values.get(child)!, 0),
    );
  }
  const cells = [...values].map(([area, value]) => cellOf(area, value));
  return {
    kind: 'PROTECT',
    source: { cells, contributions: new Map() },
    known: [],
    hierarchies: { areas: new Map([[day, branches]]), series: [] },
    rules: { threshold: 5 },
  };
}

const silent = () => undefined;
const small = task(2, 20);
const large = task(10, 600);

/** The release of a task as it would be published. */
async function decidedLayer(
  release: ProtectTask,
  isShown: (key: string) => boolean,
): Promise<Layer> {
  const decisions = await protectWhole(release, silent);
  return {
    name: 'own',
    cells: decisions.map(({ cell, shown, sights }) => {
      const state = shown || isShown(cellKey(cell)) ? 'PUBLIC' : 'HIDDEN';
      return { key: cellKey(cell), kind: cell.kind, value: cell.value, state, sights };
    }),
  };
}

describe('a thread of its own', () => {
  test('protects as the process itself does, to the cell', async () => {
    const decisions = await runInWorker(small);
    expect(decisions).toEqual(await protectWhole(small, silent));
    expect(decisions.some(({ confStatus }) => confStatus === 'A')).toBe(true);
    expect(decisions.some(({ confStatus }) => confStatus === 'D')).toBe(true);
  });

  test('attacks as the process itself does: a whole release is safe, an opened cell is not', async () => {
    const { hierarchies, rules } = small;
    const attacked = async (isShown: (key: string) => boolean) => {
      const input = { layers: [await decidedLayer(small, isShown)], hierarchies, rules };
      const found = await runInWorker({ kind: 'ATTACK', ...input });
      expect(found).toEqual(await attackWhole(input, silent));
      return found;
    };
    expect(await attacked(() => false)).toEqual([]);
    const opened = cellKey(cellOf('P0C0', 0));
    expect(await attacked((key) => key === opened)).toContain(opened);
  });

  test('tells each step from nothing to all, never back', async () => {
    const told: (readonly [step: string, done: number, of: number])[] = [];
    await runInWorker(large, { onProgress: (...progress) => told.push(progress) });
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
    const shown: Layer = {
      name: 'published',
      cells: small.source.cells.map((cell) => ({
        key: cellKey(cell),
        kind: cell.kind,
        value: cell.value,
        state: 'PUBLIC',
      })),
    };
    const refusal = await runInWorker({ ...small, known: [shown] }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(DisclosureRefused);
    const place = cellKey(cellOf('P0C0', 0));
    expect(refusal).toMatchObject({
      code: 'ALREADY_PUBLIC',
      places: expect.arrayContaining([place]) as string[],
    });
  });

  test('ends when it is aborted, with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const running = runInWorker(large, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(running).rejects.toBe(reason);
    await expect(runInWorker(small, { signal: controller.signal })).rejects.toBe(reason);
  });

  test('that runs out of memory is refused as stopped, and the process lives', async () => {
    const error = await runInWorker(large, { megabytesMax: 12 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProtectionStopped);
    expect((error as Error).message).toBe('The protection ran out of memory.');
  });

  test('that fails otherwise says what failed', async () => {
    const broken = { kind: 'PROTECT', source: { cells: null } } as never;
    const error = await runInWorker(broken).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProtectionStopped);
    expect((error as Error).cause).toBeInstanceOf(Error);
  });
});
