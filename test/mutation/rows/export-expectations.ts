/** The marked export links: each is of one program of one agency, holds for minutes and is cleared after a day. */
import type { MarkedTable } from './patterns.ts';
import { after, instant } from './readers.ts';

const making = (span: string) =>
  `insert into export_link (id, agency_id, application_id, source, filter, expires_at)
   values ('new-link-of-mine-00000', 'mark-export', 'mark-program', 'observations', '{}', scope_instant() + interval '${span}')`;

const dayBefore = new Date(new Date(instant).getTime() - 86_400_000).toISOString();

// Their ids have the 22 characters that the table asks for.
export const exportExpectations: Readonly<Record<string, MarkedTable>> = {
  export_link: {
    columns: {
      agency_id: 'mark-export',
      application_id: 'mark-program',
      source: 'observations',
      expires_at: after,
    },
    rows: {
      'mark-own-link-of-press': [{}, 'exporter'],
      'mark-old-link-of-press': [{ expires_at: '2026-01-01T00:00:00Z' }, 'exporter'],
      'mark-day-old-of-press1': [{ expires_at: dayBefore }, 'exporter'],
      'mark-another-program-1': [{ application_id: 'mark-other-program' }, 'exporterOther'],
      'mark-of-another-agency': [{ agency_id: 'mark-export-2' }, 'exporterElsewhere'],
    },
    alone: {
      'make a link': [making('10 minutes'), 'exporter'],
      'make one that lasts': [making('10 minutes 1 second'), ''],
      // Without a condition, so that the policy for deletion alone decides.
      'clear links': ['delete from export_link', 'exporter'],
      'clear one of a day': [`delete from export_link where id = 'mark-day-old-of-press1'`, ''],
      'change a link': [`update export_link set source = 'series'`, ''],
    },
  },
};
