/** The templates that hold the demonstration data too: made once, by the first test that asks. */
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadDemonstration } from '../../src/demonstration/load.ts';
import { openEmbeddedStore, withOwner, type OwnerWork } from '../../src/platform/store.ts';
import { runSql } from './postgres.ts';

const load: OwnerWork = async (pool) => {
  const client = await pool.connect();
  try {
    await loadDemonstration(client);
  } finally {
    client.release();
  }
};

/** Test files run in processes of their own: whoever makes the folder does the work, the others wait. */
async function once(directory: string, name: string, work: () => Promise<void>): Promise<void> {
  const [claim, done, failed] = ['claimed', 'done', 'failed'].map((state) =>
    path.join(directory, `${name}-${state}`),
  ) as [string, string, string];
  try {
    mkdirSync(claim);
  } catch {
    while (!existsSync(done)) {
      if (existsSync(failed)) throw new Error(`The template ${name} could not be made.`);
      await sleep(100);
    }
    return;
  }
  try {
    await work();
    writeFileSync(done, '');
  } catch (error) {
    writeFileSync(failed, '');
    throw error;
  }
}

/** A data folder to copy. */
export async function embeddedDemonstration(directory: string, seed: string): Promise<string> {
  const template = path.join(directory, 'embedded');
  await once(directory, 'embedded', async () => {
    const unfinished = `${template}-unfinished`;
    cpSync(seed, unfinished, { recursive: true });
    const store = await openEmbeddedStore(unfinished, load);
    await store.close();
    renameSync(unfinished, template);
  });
  return template;
}

/** The name of a database to make others from. */
export async function serverDemonstration(directory: string, adminUrl: string): Promise<string> {
  const template = 'lienthong_demonstration';
  await once(directory, 'server', async () => {
    await runSql(
      adminUrl,
      `create database ${template} template lienthong_template owner lt_owner`,
    );
    const owner = new URL(adminUrl);
    owner.username = 'lt_owner';
    owner.pathname = `/${template}`;
    await withOwner(owner.href, load);
  });
  return template;
}
