/** A union says that it has members at an employer. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { formatDay } from '../../platform/scalars.ts';
import { claimPresence, presenceByCode } from '../presence-step-data.ts';
import { pairId } from '../fields.ts';
import { UnionPresenceRef } from '../types.ts';

const codeMax = 80;

builder.mutationField('claimUnionPresence', (t) =>
  t.field({
    type: UnionPresenceRef,
    nullable: true,
    description:
      'Claims members at an employer of the caller’s territory, by its number and its name together, as members’ insurance books have them; one of the two is not enough. It opens nothing before the insurance agency confirms it. Errors: EMPLOYER_NOT_FOUND, PRESENCE_EXISTS, EVENT_DAY_INVALID.',
    args: {
      unitCode: t.arg.string({
        required: true,
        description: 'The number under which the insurance agency keeps it.',
      }),
      nameVi: t.arg.string({
        required: true,
        description: 'Its whole Vietnamese name; tone marks and case do not matter.',
      }),
      since: t.arg({
        type: 'Date',
        required: true,
        description: 'Since when the union has members there, not later than today.',
      }),
    },
    resolve: async (_root, { unitCode, nameVi, since }, context) => {
      const unit = checkedText('unitCode', unitCode, codeMax);
      const name = checkedText('nameVi', nameVi);
      const employer = await claimPresence(context, unit, name, formatDay(since));
      return presenceByCode(context, pairId(employer, context.principal.agency.id));
    },
  }),
);
