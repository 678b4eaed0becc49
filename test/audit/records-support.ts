/** Records of the access log as tests need them: of any time, agency and content. */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  canonicalBytes,
  listIds,
  recordVersion,
  type AccessRecordFields,
} from '../../src/audit/record.ts';

export type Said = Partial<Omit<AccessRecordFields, 'employers' | 'areas'>> & {
  readonly time: string;
  readonly employers?: readonly string[];
  /** For counts beyond what a record lists. */
  readonly employerCount?: number;
  readonly areas?: readonly string[];
};

const manyEmployers = (count: number) =>
  Array.from({ length: count }, (_, i) => `employer-${String(i)}`);

export function fieldsOf(said: Said): AccessRecordFields {
  const { employers = [], employerCount, areas = [], ...more } = said;
  return {
    version: recordVersion,
    nonce: randomBytes(16).toString('base64'),
    agency: null,
    application: more.agency ? `${more.agency}-app` : null,
    role: null,
    purpose: null,
    caseReference: null,
    grants: [],
    requestId: randomUUID(),
    operationName: null,
    operationType: 'query',
    documentHash: null,
    topics: [],
    given: [],
    withheld: [],
    subjectHmac: null,
    variablesHmac: null,
    responseHmac: null,
    policyVersion: 'p',
    schemaVersion: 's',
    outcome: 'ANSWERED',
    errorCode: null,
    rowsMax: null,
    intent: null,
    requestCount: 1,
    sourcePrefix: null,
    durationMicros: 1,
    ...more,
    areas: listIds(areas),
    employers: listIds(employerCount ? manyEmployers(employerCount) : employers),
  };
}

type Query = (text: string, values: unknown[]) => Promise<unknown>;

/** Appends them as the tables' owner, each recorded at its own time; the numbers go on from the last. */
export async function insertRecords(
  owner: { query: Query },
  records: readonly Said[],
): Promise<void> {
  for (const said of records) {
    const leaf = canonicalBytes(fieldsOf(said));
    await owner.query('select ensure_log_partition($1::timestamptz)', [said.time]);
    await owner.query(
      `with head as (update access_head set next = next + 1 where id = 1 returning next - 1 as number)
       insert into access_record
       select c.* from head, lateral access_columns(head.number, $1::timestamptz, $2::bytea) c`,
      [said.time, leaf],
    );
  }
}
