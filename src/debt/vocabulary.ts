/** The words of contribution debt in the schema: legal states, events, and how an employer is listed. */
import { builder } from '../platform/builder.ts';
import type { ListState } from './list-state.ts';

export const DebtState = builder.enumType('DebtState', {
  description:
    'The legal state of an employer’s contributions under Social Insurance Law 41/2024/QH15. Late payment and evasion are different states.',
  values: {
    ON_TIME: { description: 'Nothing that is due is unpaid (Art 34).' },
    LATE_UNPAID: {
      description: 'Late payment: registered amounts unpaid after the due date (Art 38).',
    },
    LATE_UNREGISTERED: {
      description:
        'Late payment: workers not registered, or too few, within 60 days after the registration deadline (Art 38).',
    },
    EVASION_UNREGISTERED: {
      description:
        'Evasion: workers still not registered 60 days after the registration deadline (Art 39).',
    },
    EVASION_UNDERDECLARED: {
      description: 'Evasion: a registered salary below the legal base (Art 39).',
    },
    EVASION_UNPAID_AFTER_REMINDER: {
      description:
        'Evasion: registered amounts unpaid 60 days after the due date, and a written reminder sent (Art 39 with Art 35).',
    },
    EXCUSED: {
      description: 'Evasion for a recognised reason, which counts as late payment (Art 38(4)).',
    },
    SUSPENDED: {
      description:
        'The retirement fund is suspended for up to 12 months, which is no debt (Art 37).',
    },
    HARD_TO_COLLECT: {
      description:
        'Owed by an employer that is bankrupt, dissolved or absconded; reported apart, no state of Art 38 or 39.',
    },
  } as const,
});

export const DebtEventKind = builder.enumType('DebtEventKind', {
  description: 'What was done about a debt.',
  values: {
    REMINDER: {
      description: 'A written reminder of the insurance agency (Law 41/2024/QH15 Art 35).',
    },
    JOINT_SESSION: {
      description:
        'A working session of insurance agency, inspectorate and debtor, with what was agreed (Art 35).',
    },
    INSPECTION: { description: 'An inspection (Law 84/2025/QH15).' },
    SANCTION: { description: 'An administrative fine for late payment or evasion (Art 40, 41).' },
    REFERRAL: { description: 'The case was handed to another authority (Art 41).' },
    SETTLEMENT: { description: 'All that was owed was paid (Art 40, 41).' },
    SUSPENSION: { description: 'Suspension of the retirement fund was granted (Art 37).' },
    FORCE_MAJEURE: { description: 'A reason that excuses was recognised (Art 38(4)).' },
    HARD_TO_COLLECT: { description: 'The debtor was found bankrupt, dissolved or absconded.' },
  } as const,
});

export const DebtEventStage = builder.enumType('DebtEventStage', {
  description: 'How far something has come. Unions are shown what is done, and what they proposed.',
  values: {
    PROPOSED: { description: 'An inspection that somebody has asked for.' },
    PLANNED: { description: 'An inspection or a session that is still to be held.' },
    DRAFT: { description: 'A sanction that is not imposed yet.' },
    DONE: { description: 'It took place, and counts in law.' },
    TAKEN_UP: { description: 'A proposal that led to an inspection which was carried out.' },
    DECLINED: { description: 'A proposal that the labour authority declined, with a reason.' },
    REVOKED: {
      description:
        'Taken back by the agency that had recorded it, with a reason. It counts for nothing, and its promise is gone.',
    },
  } as const,
});

export const ListedAs = builder.enumType('ListedAs', {
  description: 'As what the statutory list names an employer (Law 41/2024/QH15 Art 35).',
  values: {
    LATE: { description: 'Late payment (Art 38).' },
    EVADING: { description: 'Evasion (Art 39).' },
  } as const,
});

export const StatutoryListState = builder.enumType('StatutoryListState', {
  description:
    'Where a version of a statutory list is in its life, which follows from its instants.',
  values: {
    DRAFT: { description: 'Drawn up; seen by the insurance agencies of its territory only.' },
    TRANSMITTED: {
      description: 'Sent to the state bodies: the labour authority of its territory reads it too.',
    },
    APPROVED: { description: 'Approved by a second person; public from `publishedAt` on.' },
    PUBLISHED: { description: 'Public.' },
    CORRECTED: {
      description:
        'A later version has taken its place. It is still shown, without the employers that were removed.',
    },
    WITHDRAWN: { description: 'Taken back.' },
  } satisfies Record<ListState, object>,
});

export const StatutoryListNoticeKind = builder.enumType('StatutoryListNoticeKind', {
  description: 'What a correction or a withdrawal of a public statutory list did.',
  values: {
    REMOVED: { description: 'Employers were taken off; no version names them any more.' },
    ADDED: { description: 'Employers were added.' },
    AMOUNT_CORRECTED: { description: 'Amounts, months or workers were corrected.' },
    ENTRY_CORRECTED: {
      description: 'Names, addresses, offices, or what employers are listed as, were corrected.',
    },
    WITHDRAWN: { description: 'The whole list was taken back.' },
  } as const,
});

export const UnionPresenceState = builder.enumType('UnionPresenceState', {
  description: 'Where a union’s claim to have members at an employer stands.',
  values: {
    CLAIMED: { description: 'Said by the union; the insurance agency has not answered.' },
    CONFIRMED: { description: 'Confirmed: the union reads the employer’s debt.' },
    REFUSED: { description: 'Refused, with a reason.' },
    ENDED: { description: 'Its last day is past.' },
  } as const,
});
