/** `schema`: writes what is generated and reviewed in schema/, or checks that it is up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { UsageError } from './usage.ts';

/** File names in schema/ to their texts. */
export async function printedFiles(): Promise<Record<string, string>> {
  const { buildSchemas, policyTable, printSorted } = await import('../schema.ts');
  const { describeRoles } = await import('../policy/describe.ts');
  const { printPermissions } = await import('../policy/permissions.ts');
  const { printState, stateOf } = await import('../policy/state.ts');
  const { printErrors } = await import('../platform/print-errors.ts');
  const { full, byRole } = buildSchemas();
  const perRole = Object.entries(byRole).map(
    ([role, { sdl }]) => [`${role.toLowerCase()}.graphql`, sdl] as const,
  );
  return {
    'lienthong.graphql': printSorted(describeRoles(full, policyTable)),
    ...Object.fromEntries(perRole),
    'permissions.md': printPermissions(full, policyTable),
    'policy.json': printState(stateOf(full, policyTable)),
    'errors.md': printErrors(),
  };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

export function schemaCommand(): Command {
  return new Command('schema')
    .description('Write the printed schemas, permissions.md, policy.json and errors.md.')
    .option('--check', 'write nothing; fail when a file is out of date')
    .action(async ({ check = false }: { check?: boolean }) => {
      const { printedSchemaDirectory } = await import('../platform/paths.ts');
      const stale: string[] = [];
      for (const [name, text] of Object.entries(await printedFiles())) {
        const file = path.join(printedSchemaDirectory, name);
        if (readIfThere(file) === text) continue;
        stale.push(name);
        if (!check) writeFileSync(file, text);
      }
      if (check && stale.length > 0) {
        throw new UsageError(
          `Out of date: ${stale.join(', ')}; run "npm run schema" and commit them.`,
        );
      }
      process.stdout.write(stale.length > 0 ? `Written: ${stale.join(', ')}\n` : 'Up to date.\n');
    });
}
