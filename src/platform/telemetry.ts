/** The operational log: JSON lines on standard output, without secrets. */
import { pino, type DestinationStream, type Logger } from 'pino';

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: ['authorization', '*.authorization', 'token', '*.token', 'password', '*.password'],
  };
  return destination ? pino(options, destination) : pino(options);
}
