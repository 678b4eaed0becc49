/** Reads partners and coordination; which rows there are is the database's to decide. */
import { literalPattern, placeWhere, type AreaKey } from '../area/data.ts';
import { searchForm } from '../area/search.ts';
import { assertCodes } from '../observation/data.ts';
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type {
  Coordination,
  CoordinationInstrument,
  OrganisationFact,
  Partner,
  Prisma,
} from '../platform/prisma/client.ts';
import { inForceOn } from '../platform/validity.ts';

type Given<T> = { readonly [Name in keyof T]?: T[Name] | null | undefined };

/** The condition of exactly the area asked; the record names it. */
export const inArea = (context: Context, area: AreaKey | null | undefined) =>
  placeWhere(context, { area });

/**
 * The condition of a partner, asked through its row: whoever may not see that row does not learn
 * what refers to it either.
 */
export const isPartner = (code: string) => ({ is: { id: code } });

export type PartnerFilter = Given<{
  area: AreaKey;
  kind: string;
  level: string;
  search: string;
  code: string;
  agencyCode: string;
}>;

/** Names, and words of names, that begin so: the column holds both names, each on its line. */
function namesLike(search: string): Prisma.PartnerWhereInput {
  const pattern = literalPattern(searchForm(search));
  const starts = ['\n', ' '].map((before) => ({ nameSearch: { contains: before + pattern } }));
  return { OR: [{ nameSearch: { startsWith: pattern } }, ...starts] };
}

export async function partnerWhere(
  context: Context,
  { area, kind, level, search, code, agencyCode }: PartnerFilter,
): Promise<Prisma.PartnerWhereInput> {
  await assertCodes(context, { PARTNER_KIND: kind, LEVEL: level });
  return {
    ...(await inArea(context, area)),
    ...(kind == null ? {} : { kind }),
    ...(level == null ? {} : { level }),
    ...(search ? namesLike(search) : {}),
    ...(code == null ? {} : { id: code }),
    ...(agencyCode == null ? {} : { agencyId: agencyCode }),
  };
}

export type CoordinationFilter = Given<{
  area: AreaKey;
  agency: string;
  partner: string;
  relation: string;
  instrumentKind: string;
  instrumentId: string;
  topicCode: string;
  status: string;
  frequency: string;
}>;

export async function coordinationWhere(
  context: Context,
  filter: CoordinationFilter,
): Promise<Prisma.CoordinationWhereInput> {
  const { agency, partner, relation, instrumentKind, instrumentId } = filter;
  const { topicCode, status, frequency } = filter;
  await assertCodes(context, {
    RELATION: relation,
    COORDINATION_INSTRUMENT: instrumentKind,
    TOPIC: topicCode,
    STATUS: status,
    FREQUENCY: frequency,
  });
  return {
    ...(await inArea(context, filter.area)),
    ...(agency == null ? {} : { insurer: isPartner(agency) }),
    ...(partner == null ? {} : { partner: isPartner(partner) }),
    ...(relation == null ? {} : { relation }),
    ...(instrumentKind == null ? {} : { instrumentKind }),
    ...(instrumentId == null ? {} : { instrumentId }),
    ...(topicCode == null ? {} : { topicCodes: { has: topicCode } }),
    ...(status == null ? {} : { status }),
    ...(frequency == null ? {} : { frequency }),
  };
}

export type InstrumentFilter = Given<{
  area: AreaKey;
  kind: string;
  partner: string;
  validOn: Date;
}>;

export async function instrumentWhere(
  context: Context,
  { area, kind, partner, validOn }: InstrumentFilter,
): Promise<Prisma.CoordinationInstrumentWhereInput> {
  await assertCodes(context, { COORDINATION_INSTRUMENT: kind });
  return {
    ...(await inArea(context, area)),
    ...(kind == null ? {} : { kind }),
    ...(partner == null ? {} : { parties: { some: { partner: isPartner(partner) } } }),
    ...inForceOn(validOn),
  };
}

export type FactFilter = Given<{ area: AreaKey; partner: string; item: string }>;

export async function factWhere(
  context: Context,
  { area, partner, item }: FactFilter,
): Promise<Prisma.OrganisationFactWhereInput> {
  await assertCodes(context, { ORGANISATION_ITEM: item });
  return {
    ...(await inArea(context, area)),
    ...(partner == null ? {} : { partner: isPartner(partner) }),
    ...(item == null ? {} : { item }),
  };
}

export const readPartners = pagesOf<Partner>((db) => db.partner);

export const readCoordinations = pagesOf<Coordination>((db) => db.coordination);

export const readInstruments = pagesOf<CoordinationInstrument>((db) => db.coordinationInstrument);

export const readFacts = pagesOf<OrganisationFact>((db) => db.organisationFact);
