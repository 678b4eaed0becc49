/** Starts the gateway. */
import { explain } from './commands/usage.ts';
import { serve } from './serve.ts';

try {
  await serve();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
