/** The argument that the steps of a statutory list share. */

export const listArgument = {
  type: 'String',
  required: true,
  description: 'The code of the list, `StatutoryList.code`. Else LIST_UNKNOWN.',
} as const;
