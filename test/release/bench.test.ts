import { test } from 'vitest';
import { Attacker } from './attacker.ts';
import { cellsOf, fakeApi, type Owing } from './fake-api.ts';
const chance = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};
const sectors =
  'TRADE SERVICES MINING TRANSPORT EDUCATION_HEALTH CONSTRUCTION MANUFACTURING AGRICULTURE ACCOMMODATION'.split(
    ' ',
  );
const ownerships = ['PRIVATE', 'PRIVATE', 'STATE', 'COOPERATIVE', 'FDI', 'HOUSEHOLD_BUSINESS'];
const states = ['LATE_UNPAID', 'EXCUSED', 'HARD_TO_COLLECT'];
test.each([0, 1, 2])(
  'bench %s',
  async (mode) => {
    const next = chance(7);
    const units = Array.from({ length: 300 }, (_, n): Owing => {
      const place = {
        unitCode: `u${n}`,
        area: `${10_000 + next(45)}@2025-07`,
        sector: sectors[next(9)]!,
        ownership: ownerships[next(6)]!,
        isRead: next(12) === 0,
      };
      return next(5) < 2
        ? { ...place, amount: 1 + next(9e8), state: states[next(3)]! }
        : { ...place, amount: 0, state: 'ON_TIME' };
    });
    const dims = ['sector', 'ownership', 'state'] as const;
    const cells = cellsOf(units, dims);
    const isHidden = (key: string) => {
      const count = cells.get(key.replace('CONTRIBUTION_DEBT', 'EMPLOYERS_IN_DEBT'))!;
      if (mode === 2) return !key.includes('11@');
      if (mode === 1) return count < 5;
      return (count > 0 && count < 5) || (count === 0 && key.length % 3 === 0);
    };
    const attacker = new Attacker(fakeApi(units, dims, isHidden), ['union-x'], units);
    await attacker.collect();
    const t = Date.now();
    const bounds = await attacker.solve();
    const wrong = bounds.filter(
      ({ key, low, high }) => (cells.get(key) ?? 0) < low || (cells.get(key) ?? 0) > high,
    );
    process.stdout.write(
      `mode ${mode}: ${Date.now() - t} ms, bounds ${bounds.length}, wrong ${wrong.length}, exact ${bounds.filter((b) => b.low === b.high).length}\n`,
    );
  },
  500_000,
);
