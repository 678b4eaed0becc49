/** The arguments that the steps of an event and of a claim share. */

export const eventArgument = {
  type: 'String',
  required: true,
  description: 'The code of the event, `DebtEvent.code`. Else EVENT_UNKNOWN.',
} as const;

export const presenceArgument = {
  type: 'String',
  required: true,
  description: 'The code of the claim, `UnionPresence.code`. Else PRESENCE_UNKNOWN.',
} as const;

export const reasonArgument = (readers: string) =>
  ({
    type: 'String',
    required: true,
    description: `Why, as ${readers} will read it. Errors: FIELD_EMPTY, TEXT_TOO_LONG.`,
  }) as const;
