/** Loads the demonstration data after the seed: generated, marked SYNTHETIC, in one transaction. */
import { createHash } from 'node:crypto';
import { listedSuccessors } from '../area/load-communes.ts';
import { CsvFiles } from '../platform/csv.ts';
import { seedDirectory } from '../platform/paths.ts';
import { chooseInstant, SeedWriter, type LoadReport, type SeedClient } from '../platform/seed.ts';
import { StoreError } from '../platform/store.ts';
import { generate, type Demonstration } from './generate.ts';
import { parameterFile, readParameters } from './parameters.ts';
import { targetFile, Targets } from './targets.ts';
import { territoryOf, type Territory } from './territory.ts';

/** Goes up when a generator changes what it makes; test/demonstration.test.ts pins what that is. */
export const demonstrationVersion = 7;

/** The same lock as the seed's: the one builds on the other. */
export const loadLock = 710_041_2024;

async function readTerritory(client: SeedClient): Promise<Territory> {
  const { rows } = await client.query(
    `select id, code, vintage, kind, name_vi, province_id from area
      where kind in ('COMMUNE', 'WARD', 'TOWNSHIP')`,
  );
  const territory = territoryOf(rows as never, await listedSuccessors());
  if (territory.current.length === 0) {
    throw new StoreError(
      'NOT_IMPORTED',
      'Run "lienthong import" first: there are no communes yet.',
    );
  }
  return territory;
}

/** The registered agencies that reported partners are. */
async function readAgencies(client: SeedClient): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query(
    'select id, agency_id from partner where agency_id is not null',
  );
  return new Map(rows.map((row) => [String(row['id']), String(row['agency_id'])]));
}

/** The hash of a generated origin: of the generators' version and of what they are calibrated to. */
function originsOf(files: CsvFiles) {
  const made = [demonstrationVersion, files.sha256(targetFile), files.sha256(parameterFile)];
  const sha256 = createHash('sha256')
    .update(`demonstration ${made.join('\0')}`)
    .digest('hex');
  return { sha256: (name: string) => (name === targetFile ? files.sha256(name) : sha256) };
}

const id = ['id'];

/** Table, rows and key, each table after those that it refers to. */
function tablesOf(data: Demonstration): (readonly [string, Iterable<object>, readonly string[]])[] {
  return [
    ['enrolment_movement', data.enrolment.rows(), id],
    ['employer', data.employers, id],
    ['obligation', data.obligations(), ['employer_id', 'time_period']],
    ['payment', data.payments(), id],
    ['registration_duty', data.registrationDuties, id],
    ['underdeclaration', data.underdeclarations, id],
    ['debt_position', data.positions, id],
    ['debt_event', data.events, id],
    ['union_presence', data.presences, ['employer_id', 'agency_id']],
    ['statutory_list', data.lists, id],
    ['statutory_list_entry', data.entries, id],
    ['collection_estimate', data.estimates, id],
    ['agent_point', data.points, id],
    ['agent_task', data.tasks, id],
    ['coordination_instrument', data.instruments, id],
    ['coordination_party', data.instrumentParties, ['instrument_id', 'partner_id']],
    ['coordination_term', data.terms, ['instrument_id', 'position']],
    ['campaign', data.campaigns, id],
    ['campaign_party', data.campaignParties, ['campaign_id', 'partner_id']],
    ['activity', data.activities, id],
    ['campaign_cost', data.costs, id],
  ];
}

async function write(client: SeedClient, files: CsvFiles, targets: Targets): Promise<LoadReport> {
  const parameters = readParameters(files);
  const territory = await readTerritory(client);
  const data = generate(territory, targets, await readAgencies(client), parameters);
  const figures = [...data.figures, ...data.outputs].map((row) => row.figure_id);
  const instant = await chooseInstant(client, ['observation', 'campaign_output'], figures);
  const writer = new SeedWriter(client, originsOf(files), instant);
  const from = ['demonstration', targetFile];
  await writer.upsert('source', data.sources, { key: id, from });
  await writer.upsert('partner', data.partners, { key: id, from });
  await writer.upsert('release', data.releases, { key: id, from });
  await writer.versions('observation', data.figures, 'demonstration');
  for (const [table, rows, key] of tablesOf(data)) await writer.upsert(table, rows, { key, from });
  await writer.versions('campaign_output', data.outputs, 'demonstration');
  return writer.report;
}

/**
 * Loads the demonstration data in one transaction of its own, into a database that holds the seed.
 *
 * Every row is from a source of nature SYNTHETIC. Loading again changes nothing.
 */
export async function loadDemonstration(client: SeedClient): Promise<LoadReport> {
  const files = await CsvFiles.read(seedDirectory, [targetFile, parameterFile]);
  const targets = new Targets(files);
  files.refuseProblems();
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [loadLock]);
    const report = await write(client, files, targets);
    await client.query('commit');
    return report;
  } catch (error) {
    // The first error is the one to tell; a lost connection rolls back by itself.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
