/** Who asks, for what, and what that lets it see: the only form in which a credential travels on. */
import type { ErrorCode } from '../platform/errors.ts';
import { nobody, type Scope } from '../platform/scope.ts';
import { topics, type Need, type Role, type Topic } from '../policy/types.ts';

export type Reach = 'PUBLISHED' | 'PARTY' | 'INTERNAL';

/** What a purpose opens, however much a grant gives: the deepest reach by topic; a topic not listed is closed. */
export type Opened = Readonly<Partial<Record<Topic, Reach>>>;

/** Areas of a grant that have ended, and what they became that it does not reach. */
export interface Renewal {
  readonly areaIds: readonly string[];
  readonly successorIds: readonly string[];
}

export interface HeldGrant {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly legalBasis: string;
  readonly providerId: string;
  readonly providerNameVi: string;
  readonly providerNameEn: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** The main one first. */
  readonly purposes: readonly string[];
  readonly topics: readonly { readonly topic: Topic; readonly reach: Reach }[];
  /** The areas that the grant names. */
  readonly areas: readonly string[];
  readonly effective: boolean;
  readonly expired: boolean;
  /** Null while all that it names, or became of it, is in its territory. */
  readonly renewal: Renewal | null;
  /** The named areas and all that lies wholly in them. */
  readonly territory: readonly { readonly id: string; readonly kind: string }[];
}

export interface RefusalReason {
  readonly code: ErrorCode;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Principal {
  readonly subject: string;
  readonly agency: {
    readonly id: string;
    readonly nameVi: string;
    readonly nameEn: string;
    readonly role: Role;
  };
  readonly applicationId: string;
  readonly role: Role;
  /** The purpose that selects the grants; null when none or an unusable one was named. */
  readonly purpose: string | null;
  /** All grants of the agency, in force or not. */
  readonly grants: readonly HeldGrant[];
  /** Those in force that serve the purpose. */
  readonly selected: readonly HeldGrant[];
  /** Why no grant is selected; null when one is. */
  readonly refusal: RefusalReason | null;
  readonly scope: Scope;
}

const reason = (code: ErrorCode, parameters: RefusalReason['parameters'] = {}): RefusalReason => ({
  code,
  parameters,
});

/** Why the purpose selects no grant, said so that the agency knows its next step. */
export function whyNoGrant(grants: readonly HeldGrant[], purpose: string): RefusalReason {
  if (grants.length === 0) return reason('GRANT_MISSING');
  const forPurpose = grants.filter((grant) => grant.purposes.includes(purpose));
  const [first] = forPurpose;
  if (!first) return reason('PURPOSE_NOT_GRANTED');
  if (first.expired) return reason('GRANT_EXPIRED', { grant: first.id, day: first.validTo ?? '' });
  return reason('GRANT_NOT_ACTIVE', { grant: first.id });
}

/** From the shallowest to the deepest. */
const depths: readonly Reach[] = ['PUBLISHED', 'PARTY', 'INTERNAL'];

/** Every topic to its depth: for a scope that no purpose narrows. */
export const openToAll: Opened = Object.fromEntries(topics.map((topic) => [topic, 'INTERNAL']));

/** What is left of a grant's topics for a purpose. */
function openedTopics(granted: HeldGrant['topics'], opened: Opened): HeldGrant['topics'] {
  return granted.flatMap(({ topic, reach }) => {
    const most = opened[topic];
    if (!most) return [];
    return { topic, reach: depths.indexOf(reach) < depths.indexOf(most) ? reach : most };
  });
}

const provinceKinds = new Set(['PROVINCE', 'CITY']);

/**
 * The rows that the selected grants reach, no deeper than the purpose opens. A grant without territory gives nothing, not even what is
 * published: empty is nothing, never everything.
 */
export function scopeOf(
  agency: string,
  instant: string,
  selected: readonly Pick<HeldGrant, 'topics' | 'territory'>[],
  opened: Opened,
): Scope {
  const reached = new Set<string>();
  const national = new Set<string>();
  const provinces = new Set<string>();
  const areas = new Set<string>();
  const parties = new Set<string>();
  for (const grant of selected) {
    if (grant.territory.length === 0) continue;
    for (const { topic, reach } of openedTopics(grant.topics, opened)) {
      reached.add(topic);
      if (reach === 'PUBLISHED') continue;
      for (const { id, kind } of grant.territory) {
        if (reach === 'PARTY') parties.add(kind === 'COUNTRY' ? `${topic}|*` : `${topic}|${id}`);
        else if (kind === 'COUNTRY') national.add(topic);
        else if (provinceKinds.has(kind)) provinces.add(`${topic}|${id}`);
        else areas.add(`${topic}|${id}`);
      }
    }
  }
  const topicList = [...reached].sort();
  return {
    ...nobody,
    instant,
    agency,
    topics: topicList,
    // Whoever reads a topic's internal rows somewhere reads what is published of it everywhere.
    published: topicList,
    national: [...national].sort(),
    provinces: [...provinces].sort(),
    areas: [...areas].sort(),
    parties: [...parties].sort(),
  };
}

/** Why the principal may not have what a root field needs; null when it may. */
export function refusalFor(principal: Principal, needs: Need): RefusalReason | null {
  if (needs === 'NOTHING') return null;
  if (principal.refusal) return principal.refusal;
  const reached = principal.scope.topics;
  if (principal.selected.every((grant) => grant.territory.length === 0)) {
    return reason('TERRITORY_EMPTY', { grant: principal.selected[0]?.id ?? '' });
  }
  const granted =
    needs === 'ANY_GRANT' ? reached.length > 0 : needs.some((topic) => reached.includes(topic));
  if (granted) return null;
  return reason('GRANT_MISSING');
}

const reaches = ['topics', 'national', 'provinces', 'areas', 'parties'] as const;

/** Why what was read for a principal may not be given to it as it is now; null when it reaches as far. */
export function lossOf(before: Principal, now: Principal): RefusalReason | null {
  const isLost = reaches.some((list) =>
    before.scope[list].some((entry) => !now.scope[list].includes(entry)),
  );
  if (!isLost) return null;
  return now.refusal ?? reason('GRANTS_CHANGED');
}
