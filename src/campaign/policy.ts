/** Who may use what of this domain. */
import type { PolicyTable } from '../policy/types.ts';

export const policy: PolicyTable = {};
