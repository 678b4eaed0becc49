/** The two jobs of a release: protecting its cells, and attacking it once more when it is published. */
import type { PrimaryRules } from '../disclosure/primary.ts';
import { DisclosureRefused } from '../disclosure/refusal.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Release } from '../platform/prisma/client.ts';
import { readDebtCells, readDebtKnowledge } from './debt-cells-data.ts';
import { dataflowOrThrow } from './dataflows.ts';
import type { Hierarchies, Layer, StatedCell } from './family.ts';
import type { Work } from './job.ts';
import { readDecidedLayer, readOtherReleases, readPublishedFigures } from './knowledge-data.ts';
import { readMovementCells, seriesBranches } from './movement-cells-data.ts';
import type { SourceTable } from './prepared.ts';
import { placeOf, type CellPlace } from './cell.ts';
import { publishRelease, readRules, writeProtection } from './step-data.ts';
import { runInWorker } from './thread.ts';
import { readTerritory, type Territory } from './territory-data.ts';

const placeOfStated = ({ key }: StatedCell) => placeOf(key);

const hierarchiesOf = (territory: Territory, places: readonly CellPlace[]): Hierarchies => ({
  areas: new Map(
    [...new Set(places.map(({ timePeriod }) => timePeriod))].map((timePeriod) => [
      timePeriod,
      territory.branches(timePeriod),
    ]),
  ),
  series: seriesBranches,
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

/** What is public beside the releases of the family: its figures, and the counts of which they are a part. */
async function readPublic(context: Context, { topic }: Release, reach: Work['reach']) {
  const layers: Layer[] = [];
  for (const one of topic === 'ENROLLMENT' ? ['POPULATION', topic] : [topic]) {
    layers.push(await reach(() => readPublishedFigures(context, one), one));
  }
  return layers;
}

/** Protects every cell of the release against all that is known or will be, and keeps the decisions. */
export async function protectWork(
  context: Context,
  release: Release,
  rules: PrimaryRules,
  { reach, report, signal }: Work,
): Promise<void> {
  report('READ', 0, 0);
  const published = await readPublic(context, release, reach);
  const { knowledge, territory, source, known } = await reach(async () => {
    // Before the debtors: what comes in between is found missing when the release is approved.
    const knowledge = await readDebtKnowledge(context, release);
    const territory = await readTerritory(context);
    return {
      knowledge,
      territory,
      source: await readSource(context, release, territory),
      known: [...published, ...(await readOtherReleases(context, release))],
    };
  });
  const places = [...source.cells, ...known.flatMap(({ cells }) => cells.map(placeOfStated))];
  const hierarchies = hierarchiesOf(territory, places);
  const decisions = await runInWorker(
    { kind: 'PROTECT', source, known, hierarchies, rules },
    { onProgress: report, signal },
  );
  report('WRITE', 0, decisions.length);
  await reach(() => writeProtection(context, release, { rules, knowledge }, decisions));
}

/** Attacks the release as it will be, with everything published or approved beside it, and publishes it if it is safe. */
export async function publishWork(
  context: Context,
  release: Release,
  { reach, report, job, signal }: Work,
): Promise<void> {
  report('READ', 0, 0);
  const published = await readPublic(context, release, reach);
  const { territory, layers, rules } = await reach(async () => ({
    territory: await readTerritory(context),
    layers: [
      ...published,
      ...(await readOtherReleases(context, release)),
      await readDecidedLayer(context, release.id),
    ],
    rules: await readRules(context, release.id),
  }));
  if (!rules) throw new PublicError('RELEASE_NOT_PROTECTED', { release: release.id });
  const places = layers.flatMap(({ cells }) => cells.map(placeOfStated));
  const hierarchies = hierarchiesOf(territory, places);
  const unsafe = await runInWorker(
    { kind: 'ATTACK', layers, hierarchies, rules },
    { onProgress: report, signal },
  );
  if (unsafe.length > 0) {
    throw new DisclosureRefused('NOT_PROTECTED', `Not safe: ${unsafe.join(', ')}.`, unsafe);
  }
  report('WRITE', 0, layers.at(-1)?.cells.length ?? 0);
  await reach(() => publishRelease(context, release.id, job));
}
