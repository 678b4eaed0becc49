/** An error in how a command was called, or in what it found: its message says what to do. */
export class UsageError extends Error {}
