/** permissions.md: the whole policy as tables that an auditor can read. */
import type { GraphQLSchema } from 'graphql';
import { createHash } from 'node:crypto';
import { coordinates } from './table.ts';
import { roles, type Need, type PolicyTable } from './types.ts';

function needText(needs: Need | undefined): string {
  if (!needs) return '';
  if (needs === 'NOTHING') return 'a valid token';
  if (needs === 'ANY_GRANT') return 'a purpose and any grant for it';
  return `a purpose and a grant for it of ${needs.join(' or ')}`;
}

/** A short name for the state of the policy; it stands in every access record. */
export function policyVersion(table: PolicyTable): string {
  const sorted = Object.keys(table)
    .sort()
    .map((coordinate) => [coordinate, table[coordinate]]);
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 12);
}

export function printPermissions(schema: GraphQLSchema, table: PolicyTable): string {
  const lines = [
    '# Permissions',
    '',
    'Generated from the domains’ `policy.ts`; do not edit. A dot means that the name does not exist in',
    'that role’s schema. Rows are limited further by the database: topic, territory and publication.',
    '',
    `Policy version: \`${policyVersion(table)}\``,
  ];
  for (const coordinate of coordinates(schema)) {
    const entry = table[coordinate];
    if (!coordinate.includes('.')) {
      const extra = coordinate === schema.getQueryType()?.name;
      lines.push('', `## ${coordinate}`, '');
      lines.push(`| name | ${roles.join(' | ')} |${extra ? ' needs |' : ''}`);
      lines.push(`|---|${roles.map(() => '---').join('|')}|${extra ? '---|' : ''}`);
    }
    const cells = roles.map((role) => (entry?.roles.includes(role) ? 'yes' : '·'));
    const isRoot = coordinate.startsWith(`${schema.getQueryType()?.name}`);
    lines.push(
      `| \`${coordinate}\` | ${cells.join(' | ')} |${isRoot ? ` ${needText(entry?.needs)} |` : ''}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
