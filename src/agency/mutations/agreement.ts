/** What the mutations of agreements have in common: the argument `code`, and the row that they answer. */
import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '../../platform/builder.ts';
import type { Context } from '../../platform/context.ts';
import { lookAhead } from '../../platform/look-ahead.ts';
import { readAgreement, stepAgreement } from '../agreement-data.ts';
import { checkedText } from '../../platform/checked.ts';

export const codeArgs = () =>
  builder.args((t) => ({
    code: t.string({
      required: true,
      description: 'Code of the agreement. Errors: AGREEMENT_UNKNOWN, AGREEMENT_WRONG_STATE.',
    }),
  }));

export const reasonArgs = () =>
  builder.args((t) => ({
    reason: t.string({
      required: true,
      description: 'Why, as both parties will read it. Errors: FIELD_EMPTY, TEXT_TOO_LONG.',
    }),
  }));

/** The agreement as it is after the change, with what was asked of it. */
export const changed = (context: Context, code: string, info: GraphQLResolveInfo) =>
  readAgreement(context, code, lookAhead(context, info, 'Grant')) as never;

interface Step {
  readonly from: readonly string[];
  readonly to: string;
}

/** Takes one step and answers the agreement; a reason is checked where the step has one. */
export async function takeStep(
  context: Context,
  { code, reason }: { readonly code: string; readonly reason?: string },
  step: Step,
  info: GraphQLResolveInfo,
): Promise<never> {
  const said = reason === undefined ? {} : { reason: checkedText('reason', reason) };
  await stepAgreement(context, code, { ...step, ...said });
  return changed(context, code, info);
}
