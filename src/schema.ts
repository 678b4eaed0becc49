/** Imports every domain and builds each role's schema; defines nothing itself. */
import { createHash } from 'node:crypto';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import './agency/access-queries.ts';
import './agency/mutations.ts';
import './agency/queries.ts';
import './agency/register-queries.ts';
import { policy as agencyPolicy } from './agency/policy.ts';
import './area/queries.ts';
import { policy as areaPolicy } from './area/policy.ts';
import './audit/anomalies.ts';
import './audit/changes.ts';
import './audit/counts.ts';
import './audit/finding.ts';
import { meterSchema } from './audit/meter.ts';
import './audit/mutations.ts';
import './audit/log/queries.ts';
import { policy as logPolicy } from './audit/log/policy.ts';
import './audit/queries.ts';
import './audit/usage.ts';
import { policy as auditPolicy } from './audit/policy.ts';
import './campaign/queries.ts';
import { policy as campaignPolicy } from './campaign/policy.ts';
import { entryExport } from './debt/exports/entry-export.ts';
import { changeExport } from './debt/exports/change-export.ts';
import { eventExport } from './debt/exports/event-export.ts';
import { positionExport } from './debt/exports/position-export.ts';
import './debt/queries.ts';
import { policy as debtPolicy } from './debt/policy.ts';
import './enrollment/queries.ts';
import { targetExport } from './enrollment/target-export.ts';
import { policy as enrollmentPolicy } from './enrollment/policy.ts';
import { refusalFor } from './identity/principal.ts';
import './observation/availability.ts';
import './observation/changes.ts';
import { tableExports } from './observation/export.ts';
import { observationExport } from './observation/observation-export.ts';
import './observation/provenance-queries.ts';
import './observation/queries.ts';
import { seriesExport } from './observation/series/export.ts';
import './observation/series/queries.ts';
import { policy as observationPolicy } from './observation/policy.ts';
import './partner/queries.ts';
import { policy as partnerPolicy } from './partner/policy.ts';
import { builder } from './platform/builder.ts';
import type { Context } from './platform/context.ts';
import { PublicError } from './platform/errors.ts';
import './platform/node.ts';
import type { TableExports } from './platform/table-export.ts';
import { policy as basePolicy } from './policy/base.ts';
import type { Contract, RoleContract } from './policy/contract.ts';
import { guard } from './policy/guard.ts';
import { policyVersion } from './policy/permissions.ts';
import { roleSchema } from './policy/role-schema.ts';
import { assertComplete, coordinates, joinTables } from './policy/table.ts';
import './release/queries.ts';
import { policy as releasePolicy } from './release/policy.ts';
import { roles, type Need, type PolicyTable, type Role } from './policy/types.ts';

export const policyTable: PolicyTable = joinTables([
  basePolicy,
  agencyPolicy,
  areaPolicy,
  auditPolicy,
  logPolicy,
  campaignPolicy,
  debtPolicy,
  enrollmentPolicy,
  observationPolicy,
  partnerPolicy,
  releasePolicy,
]);

export interface RoleSchema extends RoleContract {
  readonly schema: GraphQLSchema;
}

export interface Schemas extends Contract {
  readonly full: GraphQLSchema;
  readonly byRole: Readonly<Record<Role, RoleSchema>>;
  /** Tables that leave as files. */
  readonly exports: TableExports;
}

export const printSorted = (schema: GraphQLSchema) =>
  `${printSchema(lexicographicSortSchema(schema))}\n`;

function refusal(context: Context, needs: Need): Error | null {
  if (typeof needs !== 'string') for (const topic of needs) context.draft.asked.add(topic);
  const found = refusalFor(context.principal, needs);
  return found && new PublicError(found.code, found.parameters);
}

/** Throws when a name has no policy entry or an entry no name: the build fails. */
export function buildSchemas(): Schemas {
  const full = builder.toSchema();
  assertComplete(full, policyTable);
  const build = (role: Role): RoleSchema => {
    const schema = roleSchema(full, policyTable, role);
    const sdl = printSorted(schema);
    const guarded = guard(
      meterSchema(schema),
      policyTable,
      refusal,
      () => new PublicError('FORBIDDEN'),
    );
    const version = createHash('sha256').update(sdl).digest('hex').slice(0, 12);
    return { schema: guarded, sdl, version, names: new Set(coordinates(schema)) };
  };
  const byRole = Object.fromEntries(roles.map((role) => [role, build(role)])) as Schemas['byRole'];
  const exports = tableExports(
    [
      observationExport,
      seriesExport,
      targetExport,
      positionExport,
      eventExport,
      changeExport,
      entryExport,
    ],
    (role, rootField) => byRole[role].schema.getQueryType()?.getFields()[rootField],
  );
  return { full, byRole, exports, policy: policyTable, policyVersion: policyVersion(policyTable) };
}
