/** Loads the seed files: everything is read and checked, then written in one transaction. */
import { agencyFiles, loadRegister, readRegister } from './agency/load.ts';
import { areaFiles, loadAreas, readAreas } from './area/load.ts';
import { campaignFiles, loadCampaigns, readCampaigns } from './campaign/load.ts';
import { lawFiles, loadLaw, readLaw } from './debt/load.ts';
import { enrollmentFiles, loadTargets, readTargets } from './enrollment/load.ts';
import { loadCodes, readCodes } from './observation/load-codes.ts';
import { loadConflicts, readConflicts } from './observation/load-conflicts.ts';
import { reportedFiles } from './observation/load-figures.ts';
import { loadMappings, mappingFiles, readMappings } from './observation/load-mappings.ts';
import { loadStatistics, readStatistics, statisticsFiles } from './observation/load-statistics.ts';
import {
  loadObservations,
  loadProvenance,
  observationFiles,
  readObservations,
  readProvenance,
} from './observation/load.ts';
import { loadPartners, partnerFiles, readPartners } from './partner/load.ts';
import { CsvFiles } from './platform/csv.ts';
import { seedDirectory } from './platform/paths.ts';
import { chooseInstant, SeedWriter, type LoadReport, type SeedClient } from './platform/seed.ts';

export { ImportRefused, type Problem, type ProblemCode } from './platform/csv.ts';
export type { LoadReport, SeedClient, TableCounts } from './platform/seed.ts';

const seedFiles = [
  ...new Set([
    ...areaFiles,
    ...observationFiles,
    ...statisticsFiles,
    ...mappingFiles,
    ...agencyFiles,
    ...enrollmentFiles,
    ...lawFiles,
    ...partnerFiles,
    ...campaignFiles,
    ...reportedFiles,
  ]),
];

const publishedFile = 'published_observations.csv';

/** Two loads at once would both find the same figures to correct. */
const loadLock = 710_041_2024;

async function readSeed(directory: string) {
  const files = await CsvFiles.read(directory, seedFiles);
  files.checkUnique(reportedFiles, ['id']);
  const areas = await readAreas(files);
  const codes = readCodes(files);
  const register = readRegister(files, areas, codes);
  const ctx = { files, areas, codes, contributorOf: register.contributorOf };
  const provenance = readProvenance(ctx);
  const observations = readObservations(ctx);
  const published = readObservations(ctx, publishedFile);
  const statistics = readStatistics(ctx);
  const mappings = readMappings(files, codes);
  const law = readLaw(files, codes);
  const targets = readTargets(ctx);
  const partners = readPartners(ctx);
  const campaigns = readCampaigns(ctx);
  const reported = [provenance, observations, published, statistics, targets, partners, campaigns];
  const topics = new Map(reported.flatMap((read) => ('topics' in read ? [...read.topics] : [])));
  const marked = reported.flatMap((read) => read.marked);
  const conflicts = readConflicts(ctx, topics, marked);
  files.refuseProblems();
  const figures = {
    observations,
    published,
    statistics,
    targets,
    topics,
    conflicts,
    mappings,
    law,
  };
  return { files, areas, codes, register, provenance, partners, campaigns, ...figures };
}

async function writeSeed(
  client: SeedClient,
  seed: Awaited<ReturnType<typeof readSeed>>,
): Promise<LoadReport> {
  const instant = await chooseInstant(
    client,
    ['observation', 'target', 'campaign_output'],
    [...seed.topics.keys()],
  );
  const writer = new SeedWriter(client, seed.files, instant);
  await loadAreas(writer, seed.areas);
  await loadCodes(writer, seed.codes);
  await loadMappings(writer, seed.mappings);
  await loadLaw(writer, seed.law);
  await loadRegister(writer, seed.register);
  await loadProvenance(writer, seed.provenance);
  // Before what refers to them.
  await loadPartners(writer, seed.partners);
  await loadObservations(writer, seed.observations);
  await loadObservations(writer, seed.published, publishedFile);
  await loadStatistics(writer, seed.statistics);
  await loadTargets(writer, seed.targets);
  await loadCampaigns(writer, seed.campaigns);
  await loadConflicts(writer, seed.conflicts);
  return writer.report;
}

/**
 * Loads a directory of seed files in one transaction of its own.
 *
 * Loading the same files again changes nothing. Changed figures become new versions, other changed
 * rows are updated, and rows that are missing from the files stay.
 *
 * @throws ImportRefused with every problem, before anything is written.
 */
export async function loadSeed(
  client: SeedClient,
  options: { readonly directory?: string } = {},
): Promise<LoadReport> {
  const seed = await readSeed(options.directory ?? seedDirectory);
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [loadLock]);
    const report = await writeSeed(client, seed);
    await client.query('commit');
    return report;
  } catch (error) {
    // The first error is the one to tell; a lost connection rolls back by itself.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
