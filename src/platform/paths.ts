/** Where the project's own files are, from the sources and from the bundle alike. */
import { existsSync } from 'node:fs';
import path from 'node:path';

function findRoot(start: string): string {
  let directory = start;
  while (!existsSync(path.join(directory, 'package.json'))) {
    const parent = path.dirname(directory);
    if (parent === directory) throw new Error(`No package.json above ${start}.`);
    directory = parent;
  }
  return directory;
}

const root = findRoot(import.meta.dirname);

export const schemaFile = path.join(root, 'prisma/schema.prisma');
export const migrationsDirectory = path.join(root, 'prisma/migrations');
export const seedDirectory = path.join(root, 'prisma/seed');
export const printedSchemaDirectory = path.join(root, 'schema');
export const policyFile = path.join(printedSchemaDirectory, 'policy.json');
export const acceptedPolicyFile = path.join(printedSchemaDirectory, 'accepted.json');
export const packageFile = path.join(root, 'package.json');
/** Built by `npm run build`: a thread starts from a file, and Node runs no TypeScript. */
export const workerFile = (name: string): string => path.join(root, 'dist', `${name}.js`);
