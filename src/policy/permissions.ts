/** permissions.md: the whole policy as tables that an auditor can read. */
import type { GraphQLSchema } from 'graphql';
import { createHash } from 'node:crypto';
import { namesOf, rootTypes } from './names.ts';
import { needText } from './needs.ts';
import { roles, type PolicyTable } from './types.ts';

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
  const roots = rootTypes(schema);
  for (const coordinate of namesOf(schema).keys()) {
    const entry = table[coordinate];
    const isRoot = roots.includes(coordinate.split('.')[0] ?? '');
    if (!coordinate.includes('.')) {
      lines.push('', `## ${coordinate}`, '');
      lines.push(`| name | ${roles.join(' | ')} |${isRoot ? ' needs |' : ''}`);
      lines.push(`|---|${roles.map(() => '---').join('|')}|${isRoot ? '---|' : ''}`);
    }
    const cells = roles.map((role) => (entry?.roles.includes(role) ? 'yes' : '·'));
    const needs = entry?.needs ? needText(entry.needs, 'en') : '';
    lines.push(`| \`${coordinate}\` | ${cells.join(' | ')} |${isRoot ? ` ${needs} |` : ''}`);
  }
  return `${lines.join('\n')}\n`;
}
