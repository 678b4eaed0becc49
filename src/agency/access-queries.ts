/** Asking what one's own role may ask, and, for auditors, what another role would meet. */
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { AccessExplanationRef, explainAccess } from './explanation.ts';
import { GrantTopicInput, simulate, SimulationRef } from './simulation.ts';
import { RoleEnum } from './vocabulary.ts';

builder.queryFields((t) => ({
  explainAccess: t.field({
    type: AccessExplanationRef,
    description:
      'Whether the caller’s own role has a name, what its root field needs, and whether this request has it. Needs no purpose.',
    args: {
      coordinate: t.arg.string({
        required: true,
        description:
          'A schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field` or `Enum.VALUE`.',
      }),
    },
    resolve: (_root, { coordinate }, context) => explainAccess(context, coordinate),
  }),
  simulate: t.field({
    type: SimulationRef,
    description:
      'A role’s schema, and how far a grant would reach; never data. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS.',
    args: {
      role: t.arg({ type: RoleEnum, required: true, description: 'Whose schema.' }),
      territory: t.arg({
        type: [AreaKeyInput],
        description: 'The areas that the grant would name; without any it reaches nothing.',
      }),
      topics: t.arg({
        type: [GrantTopicInput],
        description:
          'The topics that the grant would name; when left out, all that the role’s root fields ask for with reach INTERNAL: the most that any grant could give.',
      }),
    },
    resolve: (_root, args, context) => simulate(context, args),
  }),
}));
