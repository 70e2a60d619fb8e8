/** The bytes that JSON's structure is made of. In UTF-8 none of them is ever part of another character. */
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const TAB = 0x09;
export const CARRIAGE_RETURN = 0x0d;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const COMMA = 0x2c;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const UPPER_E = 0x45;
export const OPEN_LIST = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_LIST = 0x5d;
export const LOWER_E = 0x65;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/** A place in a file: `offset` and `lineStart` are bytes from its beginning, `line` counts from 1. */
export interface Position {
  offset: number;
  line: number;
  lineStart: number;
}
