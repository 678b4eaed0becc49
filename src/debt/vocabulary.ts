/** The words of contribution debt in the schema: legal states, events, and how an employer is listed. */
import { builder } from '../platform/builder.ts';

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
  } as const,
});

export const ListedAs = builder.enumType('ListedAs', {
  description: 'As what the statutory list names an employer (Law 41/2024/QH15 Art 35).',
  values: {
    LATE: { description: 'Late payment (Art 38).' },
    EVADING: { description: 'Evasion (Art 39).' },
  } as const,
});
