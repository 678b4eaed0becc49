import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      // One instance for all: graphql-js refuses objects of another copy of itself.
      graphql: fileURLToPath(import.meta.resolve('graphql')),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // A gateway with its embedded database takes half a gigabyte; the machines have two cores.
    maxWorkers: 2,
    // Only what hangs is ended: the machines are shared, and slow at times.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    server: {
      deps: {
        inline: [
          /@pothos/,
          /@graphql-tools/,
          /graphql-shield/,
          /graphql-middleware/,
          /graphql-yoga/,
          /@envelop/,
          /@escape\.tech/,
        ],
      },
    },
  },
});
