/** A gateway whose releases are made by the people who make them, and its tables as their owner sees them. */
import pg from 'pg';
import { nobody, withScope, type Scope } from '../../src/platform/scope.ts';
import { openGateway, type Reply, type StoreKind, type TestGateway } from '../support/gateway.ts';

export interface ReleaseBench {
  readonly gateway: TestGateway;
  /** As the owner of the tables. */
  readonly owner: pg.Pool;
  close(): Promise<void>;
}

/** A server's gateway, with the demonstration data unless told otherwise, and a pool of the tables' owner beside it. */
export async function openBench(
  prepare: (owner: pg.Pool) => Promise<void> = async () => undefined,
  demonstration = true,
): Promise<ReleaseBench> {
  let address = '';
  const gateway = await openGateway({
    kind: 'SERVER' satisfies StoreKind,
    demonstration,
    prepare: async (pool) => {
      const { rows } = await pool.query<{ user: string; port: number; name: string }>(
        `select current_user as user, inet_server_port() as port, current_database() as name`,
      );
      const [{ user, port, name }] = rows as [(typeof rows)[number]];
      address = `postgresql://${user}@127.0.0.1:${port}/${name}`;
      await prepare(pool);
    },
  });
  const owner = new pg.Pool({ connectionString: address, max: 2 });
  // The database is dropped with its sessions; an idle one may notice that first.
  owner.on('error', () => undefined);
  return {
    gateway,
    owner,
    close: async () => {
      await owner.end();
      await gateway.close();
    },
  };
}

export interface ReleaseOf {
  readonly code: string;
  readonly dataflow?: string;
  readonly breakdown?: string;
  readonly timePeriod?: string;
  readonly area?: string;
  readonly agency?: string;
}

export const errorCode = ({ errors }: Reply): string | undefined => errors[0]?.extensions.code;

export function accepted(reply: Reply): Reply {
  if (reply.errors.length > 0) throw new Error(reply.text);
  return reply;
}

/** Drafts it, as its provider. */
export function draftRelease(
  { gateway }: Pick<ReleaseBench, 'gateway'>,
  { code, dataflow = 'ENROLMENT_QUARTERLY', timePeriod = '2026-Q2', ...more }: ReleaseOf,
): Promise<Reply> {
  const { area = '11', agency = 'si-dien-bien', breakdown } = more;
  const by = breakdown === undefined ? '' : `breakdown: "${breakdown}",`;
  // The country has no vintage.
  const vintage = area === 'VN' ? '' : ', vintage: "2025-07"';
  return gateway.ask(
    agency,
    `mutation { draftRelease(input: { code: "${code}", dataflow: "${dataflow}", ${by}
      area: { code: "${area}"${vintage} }, timePeriod: "${timePeriod}", titleVi: "Thử",
      titleEn: "Trial", exceptional: true }) { code breakdown } }`,
  );
}

/** Drafts and protects it, as its provider. */
export async function makeProtected(
  { gateway }: Pick<ReleaseBench, 'gateway'>,
  release: ReleaseOf,
): Promise<void> {
  accepted(await draftRelease({ gateway }, release));
  await protectAgain({ gateway }, release.code, release.agency);
}

export async function protectAgain(
  { gateway }: Pick<ReleaseBench, 'gateway'>,
  code: string,
  agency = 'si-dien-bien',
): Promise<void> {
  accepted(await gateway.ask(agency, `mutation { protectRelease(code: "${code}") { state } }`));
  const job = await endedJob(gateway, agency, code);
  if (job.state === 'FAILED') throw new Error(job.errorCode ?? 'FAILED');
}

/** The last job of a release when it has ended: it may outlast its answer, as on a slow machine. */
async function endedJob(
  gateway: TestGateway,
  agency: string,
  code: string,
): Promise<{ state: string; errorCode: string | null }> {
  const text = '{ releases(first: 200) { nodes { code job { state errorCode } } } }';
  for (;;) {
    const { nodes } = accepted(await gateway.ask(agency, text)).data.releases;
    const { job } = nodes.find((node: { code: string }) => node.code === code);
    if (job.state !== 'RUNNING') return job;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Announces it, as the steward's first post. */
export const schedule = ({ gateway }: ReleaseBench, code: string, instant: Date) =>
  gateway.ask(
    'steward-vn',
    `mutation { scheduleRelease(code: "${code}", scheduledAt: "${instant.toISOString()}") { state } }`,
  );

/** Publishes it, as the steward's second post, and waits for the end. */
export async function approve(
  { gateway }: Pick<ReleaseBench, 'gateway'>,
  code: string,
): Promise<Reply> {
  const text = `mutation { approveRelease(code: "${code}") { state } }`;
  const reply = await gateway.ask('steward-vn', text, { subject: 'second' });
  if (reply.data?.approveRelease?.state !== 'RUNNING') return reply;
  const job = await endedJob(gateway, 'steward-vn', code);
  reply.data.approveRelease.state = job.state;
  if (job.state !== 'FAILED') return reply;
  const message = 'The job has failed after its answer.';
  return { ...reply, errors: [{ message, extensions: { code: job.errorCode ?? 'INTERNAL' } }] };
}

/** Publishes what no attack has found safe: what the gateway refuses to do. */
export async function publishUnattacked({ gateway }: ReleaseBench, code: string): Promise<void> {
  const scope: Scope = {
    ...nobody,
    instant: new Date().toISOString(),
    agency: 'steward-vn',
    subject: 'second',
    topics: ['REGISTER'],
    // As in a job: what the audience knows of debts is compared once more.
    engine: 'FINANCE',
  };
  await withScope(scope, async () => {
    const { gateway: pool } = gateway.store;
    await pool.query(`select begin_release_job('by hand ${code}', '${code}', 'PUBLISH')::text`);
    await pool.query(`select publish_release('${code}', 'by hand ${code}')::text`);
    await pool.query(
      `update release_job set state = 'DONE', ended_at = clock_timestamp() where id = 'by hand ${code}'`,
    );
  });
}
