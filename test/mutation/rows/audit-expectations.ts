/** The marked rows of the logs, their trees and findings: who meets them, and who may add to them. */
import type { Columns, MarkedTable } from './patterns.ts';

type Rows = MarkedTable['rows'];

const forReader = (reader: string, key: string, columns: Columns = {}): MarkedTable => ({
  key,
  columns,
  rows: { 'mark-kept': [{}, reader] },
});

/** What belongs to a tree is for those who read the log that it is of. */
const ofBothLogs: Rows = {
  'mark-access': [{ kind: 'ACCESS' }, 'accessLog'],
  'mark-change': [{ kind: 'CHANGE' }, 'changeLog'],
};
const treePart = (columns: Columns = {}): MarkedTable => ({
  key: 'origin',
  columns,
  rows: ofBothLogs,
});

const cosigned = (kind: string, agency: string) =>
  `insert into log_cosignature (origin, size, vkey, kind, line, agency_id, added_at)
   values ('mark-${kind.toLowerCase()}', 1, 'x', '${kind}', 'x', '${agency}', now())`;

const finding = (auditor: string) =>
  `insert into audit_finding (id, auditor_id, agency_id, title, text, records, state, opened_at)
   values ('new', '${auditor}', 'mark-bare-press', 'x', 'x', '{0}', 'OPEN', now())`;

export const auditExpectations: Readonly<Record<string, MarkedTable | 'NOBODY'>> = {
  access_record: forReader('accessLog', 'request_id', {
    outcome: 'ANSWERED',
    given: [],
    withheld: [],
  }),
  access_document: forReader('accessLog', 'hash'),
  access_salt: 'NOBODY',
  access_head: 'NOBODY',

  // Whoever acted, or whose agency did, knows it.
  change_record: {
    rows: {
      'mark-kept': [{}, 'changeLog'],
      'mark-own': [{ agency_id: 'mark-bare-press' }, 'changeLog barePress'],
    },
  },
  change_leaf: forReader('changeLog', 'change_id'),
  change_pending: 'NOBODY',

  log_tree: { ...treePart({ epoch: 901 }) },
  log_key: treePart(),
  log_checkpoint: treePart(),
  log_cosignature: {
    ...treePart(),
    alone: {
      'sign a checkpoint of the access log': [cosigned('ACCESS', 'mark-audit'), 'accessLog'],
      'sign a checkpoint of the change log': [cosigned('CHANGE', 'mark-audit'), 'changeLog'],
      'sign for another': [cosigned('ACCESS', 'mark-si'), ''],
      'sign for another in the change log': [cosigned('CHANGE', 'mark-si'), ''],
      'change a signature': [`update log_cosignature set line = 'x'`, ''],
      'take a signature away': ['delete from log_cosignature', ''],
    },
  },
  log_tile: treePart({ hashes: `\\x${'00'.repeat(32)}` }),

  audit_finding: {
    columns: {
      auditor_id: 'mark-audit',
      agency_id: 'mark-stranger',
      state: 'OPEN',
      records: [0],
    },
    rows: {
      'mark-on-stranger': [{}, 'accessLog'],
      'mark-on-press': [{ agency_id: 'mark-bare-press' }, 'accessLog barePress'],
      'mark-of-others': [{ auditor_id: 'mark-other-audit' }, 'accessLog'],
    },
    writes: {
      'open a finding': [finding('mark-audit'), 'accessLog'],
      'open one for another': [finding('mark-other-audit'), ''],
      'answer one': [
        `update audit_finding set state = 'ANSWERED', reply = 'x' where id = 'mark-on-press'`,
        'barePress',
      ],
      'close one that was not answered for long': [
        `update audit_finding set state = 'CLOSED', conclusion = 'x' where id = 'mark-on-stranger'`,
        'accessLog',
      ],
      'close one of others': [
        `update audit_finding set state = 'CLOSED', conclusion = 'x' where id = 'mark-of-others'`,
        '',
      ],
    },
    alone: {
      'open one past its steps': [finding('mark-audit'), 'accessLog'],
      'open one for another past its steps': [finding('mark-other-audit'), ''],
      // Without a condition, so that the policies for changes alone decide.
      'touch any': [`update audit_finding set state = 'OPEN'`, 'accessLog barePress'],
      'lock one': [
        `select id from audit_finding where id = 'mark-on-press' for update`,
        'accessLog barePress',
      ],
      'lock one of others': [
        `select id from audit_finding where id = 'mark-of-others' for update`,
        '',
      ],
      'write another text': [`update audit_finding set text = 'x'`, ''],
      'date one back': [`update audit_finding set opened_at = '2025-01-01'`, ''],
      'take one away': ['delete from audit_finding', ''],
    },
  },
};
