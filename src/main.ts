/** Starts the gateway. */
import { serve } from './serve.ts';

await serve();
