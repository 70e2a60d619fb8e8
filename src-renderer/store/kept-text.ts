/**
 * How much text that is being written is kept over a restart, in UTF-16 units; longer text lasts as long as the
 * window. Chromium gives `localStorage` 10 MiB, which is 5 of these, and throws where that is full.
 */
export const MAX_KEPT_CHARACTERS = 2 * 1024 * 1024;
