// Settings of the prisma command line: it only generates the client here. Its schema engine is a
// binary that many networks cannot download; `generate` never runs it, and is content when the
// variable names any existing file. Migrations go through WebAssembly (src/platform/migrate.ts).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= fileURLToPath(import.meta.url);

export default defineConfig({ schema: 'prisma/schema.prisma' });
