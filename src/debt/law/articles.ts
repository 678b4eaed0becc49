/** The articles on which states rest; sub-points only where the sources name them. Pure. */
import type { LegalState } from './assessment.ts';
import type { Basis } from './parameters.ts';

const lawOf = (article: string): Basis => ({
  parameter: null,
  instrument: '41/2024/QH15',
  article,
  reliability: 'TEXT',
});

/** HARD_TO_COLLECT is reported apart and has no article of its own. */
export const articles: Readonly<Record<LegalState, readonly Basis[]>> = {
  ON_TIME: [],
  LATE_UNPAID: [lawOf('Art 38')],
  LATE_UNREGISTERED: [lawOf('Art 38')],
  EVASION_UNREGISTERED: [lawOf('Art 39')],
  EVASION_UNDERDECLARED: [lawOf('Art 39')],
  EVASION_UNPAID_AFTER_REMINDER: [lawOf('Art 39'), lawOf('Art 35')],
  EXCUSED: [lawOf('Art 38(4)')],
  SUSPENDED: [lawOf('Art 37')],
  HARD_TO_COLLECT: [],
};

/** The gravest first. Hard-to-collect debt stands before all, because it is reported apart. */
export const gravest: readonly LegalState[] = [
  'HARD_TO_COLLECT',
  'EVASION_UNREGISTERED',
  'EVASION_UNDERDECLARED',
  'EVASION_UNPAID_AFTER_REMINDER',
  'LATE_UNREGISTERED',
  'LATE_UNPAID',
  'EXCUSED',
  'SUSPENDED',
  'ON_TIME',
];

export const isEvasion = (state: LegalState | null): boolean =>
  state?.startsWith('EVASION_') ?? false;

/** Late payment of Art 38, the excused cases among it. */
export const isLate = (state: LegalState | null): boolean =>
  state === 'EXCUSED' || (state?.startsWith('LATE_') ?? false);
