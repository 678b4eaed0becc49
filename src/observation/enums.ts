/** The SDMX code lists of statuses, and how a period is known, as enums. */
import { builder } from '../platform/builder.ts';

export const ObsStatus = builder.enumType('ObsStatus', {
  description: 'Status of an observation: SDMX CL_OBS_STATUS 2.2.',
  values: {
    A: { description: 'Normal value.' },
    B: { description: 'Time series break.' },
    D: { description: 'Definition differs.' },
    E: { description: 'Estimated value.' },
    F: { description: 'Forecast value.' },
    G: { description: 'Experimental value.' },
    H: { description: 'Missing value; holiday or weekend.' },
    I: { description: 'Value imputed by a receiving agency.' },
    J: { description: 'Derogation.' },
    K: { description: 'Data included in another category.' },
    L: { description: 'Missing value; the figure exists but was not collected or printed.' },
    M: { description: 'Missing value; there can be none.' },
    N: { description: 'Not significant.' },
    O: { description: 'Missing value.' },
    P: { description: 'Provisional value.' },
    Q: { description: 'Missing value; suppressed.' },
    S: { description: 'Strike and other special events.' },
    U: { description: 'Low reliability: show only with its mark, never in sums.' },
    V: { description: 'Unvalidated value.' },
    W: { description: 'Includes data from another category.' },
  } as const,
});

export const ConfStatus = builder.enumType('ConfStatus', {
  description:
    'Confidentiality of an observation: SDMX CL_CONF_STATUS 1.3. What is published is F or C; why a cell is confidential stays with the agencies that hold it.',
  values: {
    F: { description: 'Free for publication.' },
    C: { description: 'Confidential statistical information.' },
    N: { description: 'Restricted for internal use.' },
    E: { description: 'For internal use until its embargo elapses, free afterwards.' },
    A: { description: 'Primary confidentiality: small count.' },
    O: { description: 'Primary confidentiality: dominance by one unit.' },
    T: { description: 'Primary confidentiality: dominance by two units.' },
    G: { description: 'Primary confidentiality: dominance by one or two units.' },
    M: { description: 'Primary confidentiality: another measure of concentration.' },
    D: { description: 'Secondary confidentiality set by the sender.' },
    S: { description: 'Secondary confidentiality set by the receiver.' },
  } as const,
});

export const PeriodBasis = builder.enumType('PeriodBasis', {
  description: 'How the period of a figure is known.',
  values: {
    PRINTED: { description: 'It stands beside the figure.' },
    INFERRED: { description: 'It was taken from the context.' },
    NOT_STATED: { description: 'There is none.' },
  } as const,
});
