/** Asking for what this domain holds. */
export {};
