/** Sentences that several filters of this domain share. */

export const withinDescription =
  'Everything in this province or city. Else AREA_NOT_PROVINCE; of no other area is it known what lies within.';
export const employerDescription = 'Of the employer of this code.';
