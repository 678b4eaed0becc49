/**
 * Debts by sector beside debts by ownership or by size, on made-up provinces: protected by the gateway's own engine, and attacked by
 * one who has looked everybody up in the business register.
 */
import { describe, expect, test } from 'vitest';
import { cellKey, type Audience } from '../../src/release/cell.ts';
import {
  besideDimensions,
  debtTable,
  type BesideDimension,
  type DebtSource,
} from '../../src/release/debt-table.ts';
import type { Decision } from '../../src/release/decisions.ts';
import type { SourceTable } from '../../src/release/prepared.ts';
import { rulesOf } from '../../src/release/rules.ts';
import { attackWhole, protectWhole } from '../../src/release/whole.ts';
import { seeded } from '../disclosure/support.ts';
import { recovered } from './attack.ts';
import { Attacker } from './attacker.ts';
import { day, fakeApi, province, registeredOf, type Owing } from './fake-api.ts';

const communes = ['03127@2025-07', '03203@2025-07', '03214@2025-07', '03290@2025-07'];
const rules = rulesOf({});
const hierarchies = {
  areas: new Map([[day, [{ parent: province, children: communes }]]]),
  series: [],
};
const ignore = () => undefined;

/** Where owners have their trades: a few foreign investors, large ones, most of them manufacturers. */
function unitsOf(seed: number): Owing[] {
  const below = seeded(seed);
  const one = <T>(choices: readonly T[]): T => choices[below(choices.length)]!;
  return Array.from({ length: 70 }, (_, nth): Owing => {
    const isForeign = below(8) === 0;
    const owes = below(3) === 0;
    return {
      unitCode: `unit-${nth}`,
      area: one(communes.slice(0, isForeign ? 2 : communes.length)),
      sector: isForeign
        ? one(['MANUFACTURING', 'MANUFACTURING', 'TRADE'])
        : one(['TRADE', 'MANUFACTURING', 'MINING']),
      ownership: isForeign ? 'FDI' : one(['PRIVATE', 'PRIVATE', 'STATE']),
      size: isForeign ? 'W200_PLUS' : one(['W1_9', 'W1_9', 'W10_49']),
      amount: owes ? 1_000_000 * (1 + below(400)) : 0,
      state: owes ? one(['LATE_UNPAID', 'HARD_TO_COLLECT']) : 'ON_TIME',
      isRead: below(6) === 0,
    };
  });
}

function sourceOf(units: readonly Owing[], dimension: BesideDimension): DebtSource {
  return {
    day,
    areasOf: new Map(communes.map((commune) => [commune, [commune, province]])),
    debtors: units
      .filter(({ amount }) => amount > 0)
      .map(({ unitCode, amount, isRead, ...unit }) => ({
        ...unit,
        beside: unit[dimension],
        enterprise: unitCode,
        amount: BigInt(amount),
        known: isRead ? 'DOUBTFUL' : null,
        listedAs: [],
      })),
    registered: registeredOf(
      units.map((unit) => ({
        ...unit,
        beside: unit[dimension],
        isUncertain: unit.amount > 0 || unit.isRead !== true,
      })),
    ),
    dimension,
  };
}

const protectedOf = (source: SourceTable) =>
  protectWhole({ source, known: [], hierarchies, rules }, ignore);

/** What an attacker makes of what is shown; of ownership or size only what the province has of it. */
async function attacked(
  units: readonly Owing[],
  decisions: readonly Decision[],
  { audience, dimension }: { readonly audience: Audience; readonly dimension: BesideDimension },
) {
  const shown = new Set(decisions.filter((one) => one.shown).map(({ cell }) => cellKey(cell)));
  const agencies = audience === 'PUBLIC' ? ['press-vn'] : ['press-vn', 'union-dien-bien'];
  const visible = audience === 'PUBLIC' ? units.map((unit) => ({ ...unit, isRead: false })) : units;
  const api = fakeApi(visible, [dimension, 'sector', 'state'], (key) => !shown.has(key));
  const attacker = new Attacker(api, agencies, units);
  await attacker.collect();
  return attacker.solve();
}

const truthsOf = (decisions: readonly Decision[], audience: Audience) =>
  new Map(
    decisions.map(({ cell, sights }) => {
      const { lower = null, upper = null } = sights[audience]?.required ?? {};
      const key = cellKey(cell);
      return [key, { key, value: cell.value, lower, upper }] as const;
    }),
  );

const seeds = Array.from({ length: 6 }, (_, nth) => nth + 1);

describe.each(besideDimensions)('a made-up province by %s', (dimension) => {
  test.each(seeds)('%i keeps everything apart, what nobody publishes included', async (seed) => {
    const units = unitsOf(seed);
    const decisions = await protectedOf(debtTable(sourceOf(units, dimension)));
    const inner = decisions.filter(({ cell }) => cell.isInner);
    expect(inner.length).toBeGreaterThan(50);
    expect(inner.filter(({ shown }) => shown)).toEqual([]);
    // Inner cells are kept apart as well.
    expect(inner.filter(({ sights }) => sights.PUBLIC?.required).length).toBeGreaterThan(10);
    for (const audience of ['PUBLIC', 'COALITION'] as const) {
      const bounds = await attacked(units, decisions, { audience, dimension });
      const truths = truthsOf(decisions, audience);
      expect(bounds.length).toBeGreaterThan(20);
      expect(bounds.some(({ key }) => key.includes(';'))).toBe(true);
      expect(recovered(bounds, truths)).toEqual([]);
    }
    const cells = decisions.map(({ cell, shown, sights }) => ({
      key: cellKey(cell),
      kind: cell.kind,
      value: cell.value,
      state: shown ? ('PUBLIC' as const) : ('HIDDEN' as const),
      sights,
    }));
    const layers = [{ name: 'decided', cells }];
    expect(await attackWhole({ layers, hierarchies, rules }, ignore)).toEqual([]);
  });
});

test('without what is inner, the same attacker finds what is behind sectors and owners', async () => {
  const dimension = 'ownership';
  const audience = 'COALITION';
  const lost: string[] = [];
  for (const seed of seeds) {
    const units = unitsOf(seed);
    const whole = debtTable(sourceOf(units, dimension));
    const truths = truthsOf(await protectedOf(whole), audience);
    const isPublished = (key: string) => !key.includes(';');
    const blind = {
      cells: whole.cells.filter(({ isInner }) => !isInner),
      contributions: new Map([...whole.contributions].filter(([key]) => isPublished(key))),
    };
    const published = new Set(blind.cells.map(cellKey));
    const contributions = new Map([...blind.contributions].filter(([key]) => published.has(key)));
    const decisions = await protectedOf({ cells: blind.cells, contributions });
    lost.push(...recovered(await attacked(units, decisions, { audience, dimension }), truths));
  }
  expect(lost.length).toBeGreaterThan(0);
});
