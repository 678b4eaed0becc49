/** Registers agencies, applications and issuers and takes the steps of their lives. */
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type {
  Agency,
  Application,
  Issuer,
  Purpose,
  PurposeTopic,
} from '../platform/prisma/client.ts';
import type { Role } from '../policy/types.ts';

export const readApplications = pagesOf<Application>((db) => db.application);
export const readIssuers = pagesOf<Issuer>((db) => db.issuer);

export interface PurposeEntry extends Purpose {
  readonly nameEn: string;
  readonly nameVi: string;
  readonly description: string | null;
  readonly topics: readonly PurposeTopic[];
}

/** Few and public: all of them, in the order of the code list, which holds their names. */
export async function readPurposes(context: Context): Promise<PurposeEntry[]> {
  const [rules, labels] = await Promise.all([
    context.db.purpose.findMany({ include: { topics: { orderBy: { topic: 'asc' } } } }),
    context.db.code.findMany({ where: { listId: 'PURPOSE' }, orderBy: { position: 'asc' } }),
  ]);
  return labels.flatMap(({ code, nameEn, nameVi, description }) => {
    const rule = rules.find((each) => each.code === code);
    return rule ? [{ ...rule, nameEn, nameVi: nameVi ?? nameEn, description }] : [];
  });
}

export type RegistrationKind = 'AGENCY' | 'APPLICATION' | 'ISSUER';

export interface Registration {
  readonly kind: RegistrationKind;
  readonly id: string;
  readonly state: string;
  readonly registeredBy: string | null;
  readonly approvedBy: string | null;
  readonly stateReason: string | null;
}

/** The state and the people are set by the database, whatever is written here. */
const proposed = { state: 'PROPOSED' };

export async function insertAgency(
  context: Context,
  agency: { id: string; nameVi: string; nameEn: string; role: Role },
): Promise<void> {
  const people = { registeredAt: new Date(context.principal.scope.instant), registeredBy: '' };
  await context.db.agency.createMany({ data: [{ ...agency, ...people, ...proposed }] });
}

export async function insertApplication(
  context: Context,
  application: { id: string; agencyId: string; name: string },
): Promise<void> {
  await context.db.application.createMany({ data: [{ ...application, ...proposed }] });
}

export async function insertIssuer(
  context: Context,
  issuer: { id: string; name: string; kind: string; jwksUri: string },
  agencyIds: readonly string[],
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    await tx.issuer.createMany({ data: [{ ...issuer, ...proposed }] });
    const rows = agencyIds.map((agencyId) => ({ issuerId: issuer.id, agencyId }));
    await tx.issuerAgency.createMany({ data: rows });
  });
}

/** What of a model a step needs; the three tables have these columns in common. */
interface Table {
  updateMany(query: object): Promise<{ count: number }>;
  findFirst(query: object): Promise<Omit<Registration, 'kind'> | null>;
}

function tableOf({ db }: Context, kind: RegistrationKind): Table {
  const tables = { AGENCY: db.agency, APPLICATION: db.application, ISSUER: db.issuer };
  return tables[kind];
}

export async function readRegistration(
  context: Context,
  kind: RegistrationKind,
  code: string,
): Promise<Registration> {
  const found = await tableOf(context, kind).findFirst({ where: { id: code } });
  if (!found) throw new PublicError('REGISTRATION_UNKNOWN', { field: 'code', value: code });
  return { ...found, kind };
}

/** Takes a step from one of these states; the database checks who takes it. */
export async function stepRegistration(
  context: Context,
  { kind, code }: { kind: RegistrationKind; code: string },
  { from, to, reason }: { from: readonly string[]; to: string; reason?: string },
): Promise<Registration> {
  const { count } = await tableOf(context, kind).updateMany({
    where: { id: code, state: { in: [...from] } },
    data: { state: to, ...(reason === undefined ? {} : { stateReason: reason }) },
  });
  const found = await readRegistration(context, kind, code);
  if (count > 0) return found;
  const { state } = found;
  throw new PublicError('REGISTRATION_WRONG_STATE', { field: 'code', value: code, state });
}

export async function readAgency(context: Context, id: string, look: object): Promise<Agency> {
  return (await context.db.agency.findFirst({ ...look, where: { id } })) as Agency;
}

export async function readApplication(
  context: Context,
  id: string,
  look: object,
): Promise<Application> {
  return (await context.db.application.findFirst({ ...look, where: { id } })) as Application;
}

export async function readIssuer(context: Context, id: string, look: object): Promise<Issuer> {
  return (await context.db.issuer.findFirst({ ...look, where: { id } })) as Issuer;
}
