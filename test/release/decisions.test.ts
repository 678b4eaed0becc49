/** A correction of a release of debts, when the audience has come to know more than it did. */
import { describe, expect, test } from 'vitest';
import type { Contribution } from '../../src/disclosure/primary-money.ts';
import { cellKey, type SourceCell } from '../../src/release/cell.ts';
import type { Decision } from '../../src/release/decisions.ts';
import type { Hierarchies, Layer } from '../../src/release/family.ts';
import type { SourceTable } from '../../src/release/prepared.ts';
import { rulesOf } from '../../src/release/rules.ts';
import { attackWhole, protectWhole } from '../../src/release/whole.ts';

const day = '2026-03-31';
type Standing = 'LISTED' | 'ORGANISED' | 'UNKNOWN';
type Debtor = readonly [name: string, millions: number, standing?: Standing];

const communes: Readonly<Record<string, readonly Debtor[]>> = {
  many: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 900]),
  few: ['g', 'h', 'i'].map((name) => [name, 300]),
  listed: ['j', 'k'].map((name) => [name, 200, 'LISTED']),
  others: ['l', 'm', 'n', 'o', 'p', 'q', 'r'].map((name) => [name, 700]),
};
const hierarchies: Hierarchies = {
  areas: new Map([[day, [{ parent: 'province', children: Object.keys(communes) }]]]),
  series: [],
};

/** Those whom a union can read stand for what is known now and was not known before. */
function tableOf(organised: readonly string[]): SourceTable {
  const contributions = new Map<string, Contribution[]>();
  const cells = [...Object.keys(communes), 'province'].flatMap((areaId) => {
    const debtors = areaId === 'province' ? Object.values(communes).flat() : communes[areaId]!;
    return (['MONEY', 'EMPLOYERS'] as const).map((kind): SourceCell => {
      const given = debtors.map(([group, millions, standing]) => ({
        group,
        amount: kind === 'MONEY' ? BigInt(millions) * 1_000_000n : 1n,
        isKnown: standing === 'LISTED',
        isDoubtful: organised.includes(group),
      }));
      const cell = {
        indicator: kind === 'MONEY' ? 'CONTRIBUTION_DEBT' : 'EMPLOYERS_IN_DEBT',
        areaId,
        scheme: null,
        participantGroup: 'EMPLOYERS',
        breakdown: '',
        timePeriod: day,
        periodStart: day,
        periodEnd: day,
        unit: kind === 'MONEY' ? 'VND' : 'EMPLOYERS',
        kind,
        value: given.reduce((sum, { amount }) => sum + amount, 0n),
      };
      contributions.set(cellKey(cell), given);
      return cell;
    });
  });
  return { cells, contributions };
}

const decided = (name: string, decisions: readonly Decision[]): Layer => ({
  name,
  cells: decisions.map(({ cell, shown, sights }) => ({
    key: cellKey(cell),
    kind: cell.kind,
    value: cell.value,
    state: shown ? 'PUBLIC' : 'HIDDEN',
    ...(shown ? {} : { sights }),
  })),
});

const rules = rulesOf({});
const ignore = () => undefined;
const protectOn = (known: readonly Layer[], organised: readonly string[]) =>
  protectWhole({ source: tableOf(organised), known, hierarchies, rules }, ignore);

describe('a correction of what is published', () => {
  test.each([
    ['nothing more is known', []],
    ['a debtor in a small cell may be known', ['g']],
    ['all debtors of a small cell may be known', ['g', 'h', 'i']],
    ['a debtor in a cell that is shown may be known', ['a']],
  ] as const)('is protected and safe where %s', async (_, organised) => {
    const first = await protectOn([], []);
    const places = ({ shown }: Decision) => shown;
    const shown = first.filter(places).map(({ cell }) => `${cell.areaId} ${cell.kind}`);
    // Two debtors, whom everybody knows from the list.
    expect(shown).toContain('listed EMPLOYERS');
    expect(shown).not.toContain('few EMPLOYERS');
    expect(shown).not.toContain('few MONEY');
    const before = decided('first', first);
    const second = await protectOn([before], organised);
    expect(second.filter(places)).toHaveLength(shown.length);
    const layers = [before, decided('second', second)];
    expect(await attackWhole({ layers, hierarchies, rules }, ignore)).toEqual([]);
  });
});
