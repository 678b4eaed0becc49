/** Policy of what belongs to no domain: the root, the Relay types and the scalars. */
import { root, type } from './table.ts';
import { everyone, readers, type PolicyTable } from './types.ts';

export const policy: PolicyTable = {
  ...type('Query', everyone),
  ...type('Mutation', everyone),
  ...root('node', everyone, 'ANY_GRANT', 'id'),
  ...type('Node', everyone, 'id'),
  ...type('PageInfo', everyone, 'hasNextPage hasPreviousPage startCursor endCursor'),
  ...type('Decimal', readers),
  ...type('Date', everyone),
  ...type('DateTime', everyone),
  ...type('Int64', everyone),
};
