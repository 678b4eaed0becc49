/** The `serve` job: from the settings to a running gateway, and its graceful end. */
import { readConfig } from './config.ts';
import { openStore } from './open.ts';
import { createLogger } from './platform/telemetry.ts';
import { startGateway } from './server.ts';
import { greeting } from './greeting.ts';

/** After this long the process ends even if an answer is still under way. */
const stopTimeoutMillis = 20_000;

export async function serve(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const store = await openStore(config);
  const gateway = await startGateway(config, store, logger);

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopTimeoutMillis).unref();
    await gateway.stop();
    logger.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
  // Whoever reads the greeting may stop the gateway, so it comes after the handlers.
  process.stdout.write(greeting(gateway.address, config.developmentIssuer));
}
