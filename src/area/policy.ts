/** Who may use what of territory: reference data, for every role that holds a grant. */
import { args, connection, root, type } from '../policy/table.ts';
import { everyone, type PolicyTable } from '../policy/types.ts';

export const policy: PolicyTable = {
  ...type(
    'Area',
    everyone,
    `id code vintage kind nameVi nameEn description alias externalRef correction validFrom validTo
     province parent children members groups predecessors successors offices`,
  ),
  ...args('Area.parent', everyone, 'on'),
  ...args('Area.children', everyone, 'first on'),
  ...connection('Area', everyone),
  ...type(
    'AreaKind',
    everyone,
    `COUNTRY REGION PROVINCE CITY COMMUNE WARD SPECIAL_ZONE TOWNSHIP DISTRICT URBAN_DISTRICT TOWN PROVINCIAL_CITY
     OFFICE_CLUSTER DISTRICT_COLLECTIVE`,
  ),
  ...type('AreaKey', everyone, 'code vintage'),
  ...type('AreaFilter', everyone, 'kind code vintage parentCode search validOn'),
  ...type('AreaOrder', everyone, 'CODE NAME'),
  ...type('AreaSuccession', everyone, 'predecessor successor effectiveOn kind exact basis'),
  ...type('SuccessionKind', everyone, 'CONTINUED MERGED SPLIT RENAMED KIND_CHANGED'),
  ...type('Office', everyone, 'id code level nameVi nameEn validFrom validTo areas'),
  ...type('OfficeArea', everyone, 'area validFrom validTo'),
  ...connection('Office', everyone),
  ...type('OfficeFilter', everyone, 'area level validOn'),
  ...root('offices', everyone, 'ANY_GRANT', 'first after where'),
  ...type('AreaCorrection', everyone, 'id kind source locator listed used area reason'),
  ...type(
    'AreaCorrectionKind',
    everyone,
    `CODE_WRONG SUCCESSOR_CODE_UNKNOWN SUCCESSOR_CODE_CONTRADICTED PREDECESSOR_CODE_MISSING PREDECESSOR_MISSING`,
  ),
  ...connection('AreaCorrection', everyone),
  ...root('areaCorrections', everyone, 'ANY_GRANT', 'first after kind'),
  ...type('OfficeLevel', everyone, 'NATIONAL PROVINCIAL GRASSROOTS'),
  ...root('area', everyone, 'ANY_GRANT', 'key'),
  ...root('areas', everyone, 'ANY_GRANT', 'first after where orderBy'),
};
