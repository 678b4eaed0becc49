/** Hand-written scopes under which every table is read, and groups of them. */
import { nobody, type Scope } from '../../../src/platform/scope.ts';

export const businessTopics = [
  'ENROLLMENT',
  'FINANCE',
  'POPULATION',
  'DEBT',
  'CAMPAIGN',
  'PARTNER',
] as const;
export type BusinessTopic = (typeof businessTopics)[number];

/** Midnight in Viet Nam: a day begins, which in UTC is still the one before. */
export const instant = '2026-11-22T17:00:00.000Z';
export const before = '2026-11-22T16:59:59.999Z';
export const after = '2026-11-22T17:00:00.001Z';
export const longAgo = '2026-01-01T00:00:00.000Z';
/** Days in Viet Nam. */
export const today = '2026-11-23';
export const yesterday = '2026-11-22';

/** Two provinces, a commune of the first, and an area of no province. */
export const areas = {
  M1: { area_id: 'mark-1@2025-07', province_id: 'mark-1@2025-07' },
  M1C: { area_id: 'mark-1c@2025-07', province_id: 'mark-1@2025-07' },
  M2: { area_id: 'mark-2@2025-07', province_id: 'mark-2@2025-07' },
  MV: { area_id: 'mark-v@2025-07', province_id: null },
} as const;

type Extent = 'national' | 'provinces' | 'areas' | 'parties';
const at = (topics: readonly string[], place: string) => topics.map((topic) => `${topic}|${place}`);

function scope(
  agency: string,
  topics: readonly string[],
  held: Partial<Pick<Scope, Extent | 'instant' | 'published'>> = {},
): Scope {
  return { ...nobody, instant, agency, topics, published: topics, ...held };
}

const all = businessTopics;
const without = (topic: BusinessTopic) => all.filter((other) => other !== topic);
const ofTopic = (topic: BusinessTopic): Record<string, Scope> => ({
  [`national:${topic}`]: scope('mark-si', [topic], { national: [topic] }),
  [`province:${topic}`]: scope('mark-si', [topic], {
    published: [],
    provinces: at([topic], 'mark-1@2025-07'),
  }),
  [`area:${topic}`]: scope('mark-si', [topic], {
    published: [],
    areas: at([topic], 'mark-1c@2025-07'),
  }),
  [`party:${topic}`]: scope('mark-union', [topic], { published: [], parties: at([topic], '*') }),
  [`published:${topic}`]: scope('mark-press', [topic]),
  // The gateway's own work on releases, in which nobody has a grant.
  [`engine:${topic}`]: { ...scope('mark-engine', []), engine: topic },
  // Of this topic a party only, of all others the first province and its commune too.
  [`others:${topic}`]: scope('mark-union', all, {
    parties: at(all, '*'),
    provinces: at(without(topic), 'mark-1@2025-07'),
    areas: at(without(topic), 'mark-1c@2025-07'),
  }),
});

const wide = at(all, '*');
/** Ordered so that most mutants are met early. */
export const readers: Readonly<Record<string, Scope>> = {
  nobody: { ...nobody, instant },
  press: scope('mark-press', all),
  si: scope('mark-si', all, { national: all }),
  steward: scope('mark-steward', ['REGISTER']),
  // They read the register and do not write it: by their role, by their state, and for want of the topic.
  auditor: scope('mark-audit', ['REGISTER']),
  stewardSuspended: scope('mark-steward-suspended', ['REGISTER']),
  stewardWithout: scope('mark-steward', []),
  // Known by the register, and with no grant that counts: parties to agreements and nothing else.
  bareSi: scope('mark-bare-si', []),
  bareLabour: scope('mark-bare-labour', []),
  bareUnion: scope('mark-bare-union', []),
  barePress: scope('mark-bare-press', []),
  bareSuspended: scope('mark-bare-suspended', []),
  province: scope('mark-si-1', all, { provinces: at(all, 'mark-1@2025-07') }),
  commune: scope('mark-si-1c', all, { areas: at(all, 'mark-1c@2025-07') }),
  elsewhere: scope('mark-si-2', all, { provinces: at(all, 'mark-2@2025-07') }),
  union: scope('mark-union', all, { parties: at(all, 'mark-1@2025-07') }),
  unionCommune: scope('mark-union', all, { parties: at(all, 'mark-1c@2025-07') }),
  unionElsewhere: scope('mark-union', all, { parties: at(all, 'mark-2@2025-07') }),
  unionWide: scope('mark-union', all, { parties: wide }),
  // A party that holds internal rows as well.
  unionNational: scope('mark-union', all, { parties: wide, national: all }),
  unionProvince: scope('mark-union', all, {
    parties: wide,
    provinces: at(all, 'mark-1@2025-07'),
  }),
  unionArea: scope('mark-union', all, { parties: wide, areas: at(all, 'mark-1c@2025-07') }),
  rival: scope('mark-rival', all, { parties: wide }),
  // One millisecond before and after.
  pressBefore: scope('mark-press', all, { instant: before }),
  pressAfter: scope('mark-press', all, { instant: after }),
  siBefore: scope('mark-si', all, { instant: before, national: all }),
  unionBefore: scope('mark-union', all, { instant: before, parties: at(all, 'mark-1@2025-07') }),
  // One topic alone, of each.
  ...Object.assign({}, ...all.map(ofTopic)),
  // Two programs of an agency, and one of the same name elsewhere.
  exporter: { ...scope('mark-export', []), application: 'mark-program' },
  exporterOther: { ...scope('mark-export', []), application: 'mark-other-program' },
  exporterElsewhere: { ...scope('mark-export-2', []), application: 'mark-program' },
  accessLog: scope('mark-audit', ['ACCESS_LOG']),
  changeLog: scope('mark-audit', ['CHANGE_LOG']),
};
export const readerNames = Object.keys(readers);

const roles = [
  ['mark-press', 'PRESS'],
  ['mark-union', 'UNION'],
  ['mark-rival', 'UNION'],
  ['mark-audit', 'AUDITOR'],
  ['mark-steward', 'STEWARD'],
  ['mark-steward-suspended', 'STEWARD'],
  ['mark-bare-labour', 'LABOUR'],
  ['mark-bare-union', 'UNION'],
  ['mark-bare-press', 'PRESS'],
] as const;
const roleOf: Readonly<Record<string, string>> = Object.fromEntries(roles);
/** All that ask, as the register knows them; those of no other role are social insurers. */
export const agencies = [
  ...new Set(Object.values(readers).flatMap(({ agency }) => agency ?? [])),
].map((id) => ({
  id,
  role: roleOf[id] ?? 'SI',
  state: id.endsWith('-suspended') ? 'SUSPENDED' : 'ACTIVE',
}));

/** `T` is the table's topic, `O` each of the others. Who holds internal rows where, reads what is published, is a party where. */
const groups: Readonly<Record<string, string>> = {
  EVERYONE: readerNames.filter((name) => readers[name]!.topics.length > 0).join(' '),
  KNOWN: readerNames.filter((name) => readers[name]!.agency !== null).join(' '),
  // Readers of the register.
  register: 'steward auditor stewardSuspended',
  M1: 'si siBefore province unionNational unionProvince national:T province:T others:O',
  M1C: 'M1 commune unionArea area:T',
  M2: 'si siBefore elsewhere unionNational national:T',
  MV: 'si siBefore unionNational national:T',
  PUBLIC: `si siBefore province commune elsewhere press pressBefore pressAfter union unionBefore
    unionCommune unionElsewhere unionWide unionNational unionProvince unionArea rival
    national:T published:T others:T others:O`,
  BEFORE: 'siBefore pressBefore unionBefore',
  PARTY_M1: 'union unionBefore PARTY_MV',
  PARTY_M1C: 'PARTY_M1 unionCommune',
  PARTY_M2: 'unionElsewhere PARTY_MV',
  PARTY_MV: 'unionWide unionNational unionProvince unionArea party:T others:T others:O',
  // All readers of the union, wherever.
  UNION: `union unionBefore unionCommune unionElsewhere unionWide unionNational unionProvince
    unionArea party:T others:T others:O`,
};

/** A name for the table's topic, or one for each other topic. */
function namesOf(name: string, topic: BusinessTopic | undefined): string[] {
  if (!/:[TO]$/.test(name)) return [name];
  if (!topic) throw new Error(`${name} needs the topic of the table.`);
  const kind = name.slice(0, -2);
  const topics = name.endsWith(':T') ? [topic] : without(topic);
  return topics.map((one) => `${kind}:${one}`);
}

const known = new Map<string, ReadonlySet<string>>();

/** The readers that words such as `PUBLIC -BEFORE M2` name, from left to right. */
export function readersOf(words: string, topic?: BusinessTopic): ReadonlySet<string> {
  const key = `${topic}: ${words}`;
  const named = known.get(key) ?? readersNamedBy(words, topic);
  known.set(key, named);
  return named;
}

function readersNamedBy(words: string, topic?: BusinessTopic): ReadonlySet<string> {
  const named = new Set<string>();
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const isWithout = word.startsWith('-');
    const name = isWithout ? word.slice(1) : word;
    const group = groups[name];
    const members = group === undefined ? namesOf(name, topic) : readersOf(group, topic);
    for (const member of members) {
      if (!readers[member]) throw new Error(`No reader is called ${member}.`);
      if (isWithout) named.delete(member);
      else named.add(member);
    }
  }
  return named;
}
