/** How much one message may carry. */

/** The most records, events or documents one message may carry. */
export const MAX_PAGE = 1000;

/** The most ended jobs that one message may name of those that its jobs wait for. */
export const MAX_ENDED_DEPENDENCIES = 100_000;

/** The most deliveries that may be asked for at once: each has all its attempts. */
export const MAX_KNOWN_DELIVERIES = 100;

/** The most files and folders that may be imported at once; a folder may hold any number. */
export const MAX_IMPORT_PATHS = 10_000;

/** The most bytes of output one answer may carry. */
export const MAX_OUTPUT_CHUNK_BYTES = 1024 * 1024;

/** The longest text that may be pasted or dropped as text, in UTF-16 units. */
export const MAX_TEXT_LENGTH = 64 * 1024 * 1024;
