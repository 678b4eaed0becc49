/** Who may use what of territory: reference data, for every role that holds a grant. */
import { args, connection, root, type } from '../policy/table.ts';
import { everyone, type PolicyTable } from '../policy/types.ts';

export const policy: PolicyTable = {
  ...type(
    'Area',
    everyone,
    `id code vintage kind nameVi nameEn description alias externalRef correction validFrom validTo
     province parent children members predecessors successors offices`,
  ),
  ...args('Area.parent', everyone, 'on'),
  ...args('Area.children', everyone, 'first on'),
  ...connection('Area', everyone),
  ...type(
    'AreaKind',
    everyone,
    `COUNTRY REGION PROVINCE CITY COMMUNE WARD SPECIAL_ZONE TOWNSHIP OFFICE_CLUSTER DISTRICT_COLLECTIVE`,
  ),
  ...type('AreaKey', everyone, 'code vintage'),
  ...type('AreaFilter', everyone, 'kind code vintage parentCode search validOn'),
  ...type('AreaOrder', everyone, 'CODE NAME'),
  ...type('AreaSuccession', everyone, 'predecessor successor effectiveOn kind exact basis'),
  ...type('SuccessionKind', everyone, 'CONTINUED MERGED KIND_CHANGED'),
  ...type('Office', everyone, 'code level nameVi nameEn validFrom validTo'),
  ...type('OfficeLevel', everyone, 'NATIONAL PROVINCIAL GRASSROOTS'),
  ...root('area', everyone, 'ANY_GRANT', 'key'),
  ...root('areas', everyone, 'ANY_GRANT', 'first after where orderBy'),
};
