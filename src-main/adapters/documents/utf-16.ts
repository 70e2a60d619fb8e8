/** Text in UTF-16, as some of Windows' programs write it, on its way to UTF-8. */

export type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * The same text in UTF-8, without its mark. Half of a surrogate pair becomes the three bytes that it would be in UTF-8,
 * which none is (RFC 3629, section 3): whoever reads on finds the place. A byte left over at the end becomes 0xFF.
 */
export async function* fromUtf16(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Utf16,
): AsyncGenerator<Uint8Array> {
  let carry: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([carry, chunk]);
    const whole = bytes.length - left(bytes, encoding);
    carry = bytes.subarray(whole);
    const text = textOf(bytes.subarray(0, whole), encoding);
    if (text !== '') yield encoded(isFirst ? text.slice(1) : text);
    isFirst &&= text === '';
  }
  if (carry.length >= 2) yield encoded(textOf(carry.subarray(0, 2), encoding));
  if (carry.length % 2 === 1) yield Uint8Array.of(0xff);
}

/** The bytes of a text, UTF-8; half of a surrogate pair as in `fromUtf16`. */
export function encoded(text: string): Uint8Array {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { index, 0: half } of text.matchAll(/\p{Surrogate}/gu)) {
    const unit = half.charCodeAt(0);
    parts.push(Buffer.from(text.slice(from, index), 'utf8'));
    parts.push(Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)));
    from = index + 1;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(from), 'utf8')]);
}

/** How many bytes at the end wait for what comes next: half a unit, or the first half of a pair. */
function left(bytes: Buffer, encoding: Utf16): number {
  const odd = bytes.length % 2;
  if (bytes.length < 2) return odd;
  const at = bytes.length - odd - 2;
  const unit = encoding === 'utf-16le' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  return unit >= 0xd800 && unit <= 0xdbff ? odd + 2 : odd;
}

function textOf(bytes: Buffer, encoding: Utf16): string {
  return encoding === 'utf-16le'
    ? bytes.toString('utf16le')
    : Buffer.from(bytes).swap16().toString('utf16le');
}
