/** The two jobs of a release: protecting its cells, and attacking it once more when it is published. */
import { attack } from '../disclosure/attack.ts';
import { protect } from '../disclosure/protect.ts';
import type { PrimaryRules } from '../disclosure/primary.ts';
import { DisclosureRefused } from '../disclosure/refusal.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Release } from '../platform/prisma/client.ts';
import { readDebtCells, sectorBranches } from './debt-cells-data.ts';
import { dataflowOrThrow } from './dataflows.ts';
import type { Hierarchies, Layer } from './family.ts';
import type { Work } from './job.ts';
import { readDecidedLayer, readOtherReleases, readPublishedFigures } from './knowledge-data.ts';
import { readMovementCells, seriesBranches } from './movement-cells-data.ts';
import { decide, prepare, prepareAttack, type SourceTable } from './protection.ts';
import { cellKey, placeOf, type SourceCell } from './cell.ts';
import { publishRelease, readRules, writeProtection } from './step-data.ts';
import { readTerritory, type Territory } from './territory-data.ts';

const hierarchiesOf = (territory: Territory, layers: readonly Layer[]): Hierarchies => ({
  areas: (timePeriod) => territory.branches(timePeriod),
  series: seriesBranches,
  breakdowns: sectorBranches(layers.flatMap(({ cells }) => cells.map(({ key }) => placeOf(key)))),
});

const asStated = (cell: SourceCell): Layer['cells'][number] => ({
  key: cellKey(cell),
  kind: cell.kind,
  value: cell.value,
  state: 'OPEN',
});

async function readSource(
  context: Context,
  release: Release,
  territory: Territory,
): Promise<SourceTable> {
  if (dataflowOrThrow(release.dataflow).from === 'DEBT') {
    return readDebtCells(context, release, territory);
  }
  return { cells: await readMovementCells(context, release, territory), contributions: new Map() };
}

/** Protects every cell of the release against all that is known or will be, and keeps the decisions. */
export async function protectWork(
  context: Context,
  release: Release,
  rules: PrimaryRules,
  { reach, report }: Work,
): Promise<void> {
  report('READ', 0, 0);
  const { territory, source, known } = await reach(async () => {
    const territory = await readTerritory(context);
    return {
      territory,
      source: await readSource(context, release, territory),
      known: [
        await readPublishedFigures(context, release.topic),
        ...(await readOtherReleases(context, release)),
      ],
    };
  });
  const own = { name: 'own', cells: source.cells.map(asStated) };
  const hierarchies = hierarchiesOf(territory, [...known, own]);
  const prepared = prepare(source, known, hierarchies, rules);
  const table = await protect(prepared.primary, { onProgress: report });
  const decisions = decide(source, prepared, table);
  report('WRITE', 0, decisions.length);
  await reach(() => writeProtection(context, release, rules, decisions));
}

/** Attacks the release as it will be, with everything published or approved beside it, and publishes it if it is safe. */
export async function publishWork(
  context: Context,
  release: Release,
  { reach, report, job }: Work,
): Promise<void> {
  report('READ', 0, 0);
  const { territory, layers, rules } = await reach(async () => ({
    territory: await readTerritory(context),
    layers: [
      await readPublishedFigures(context, release.topic),
      ...(await readOtherReleases(context, release)),
      await readDecidedLayer(context, release.id),
    ],
    rules: await readRules(context, release.id),
  }));
  if (!rules) throw new PublicError('RELEASE_NOT_PROTECTED', { release: release.id });
  const primary = prepareAttack(layers, hierarchiesOf(territory, layers), rules);
  const result = await attack(primary.family, new Set(), primary.requirements, {
    onProgress: (done, of) => report('ATTACK', done, of),
  });
  const unsafe = result.cells.filter(({ isSafe }) => !isSafe).map(({ key }) => key);
  if (unsafe.length > 0) {
    throw new DisclosureRefused('NOT_PROTECTED', `Not safe: ${unsafe.join(', ')}.`, unsafe);
  }
  report('WRITE', 0, layers.at(-1)?.cells.length ?? 0);
  await reach(() => publishRelease(context, release.id, job));
}
