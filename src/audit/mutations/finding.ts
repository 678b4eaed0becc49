/** What the steps of a finding have in common: which finding, and how it stands afterwards. */
import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '../../platform/builder.ts';
import type { Context } from '../../platform/context.ts';
import { lookAhead } from '../../platform/look-ahead.ts';
import { readFinding } from '../finding-data.ts';

export const textMax = 8_000;

export const findingArgs = () =>
  builder.args((t) => ({
    finding: t.string({
      required: true,
      description:
        'Code of the finding. Errors: FINDING_UNKNOWN, FINDING_WRONG_STATE, FINDING_STEP_OF_OTHERS.',
    }),
  }));

/** The finding as it is after the change, with what was asked of it. */
export const changed = (context: Context, code: string, info: GraphQLResolveInfo) =>
  readFinding(context, code, lookAhead(context, info, 'AuditFinding')) as never;
