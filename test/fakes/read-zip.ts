/** Reads a zip file as its directory tells of it: small ones, all at once. Written from APPNOTE, apart from the writer. */
import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipFileRead {
  name: string;
  content: Buffer;
}

export function readZip(bytes: Buffer): ZipFileRead[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const locator = end - 20;
  const has64 = bytes.readUInt32LE(Math.max(locator, 0)) === 0x07064b50;
  const end64 = has64 ? Number(bytes.readBigUInt64LE(locator + 8)) : 0;
  const count = has64 ? Number(bytes.readBigUInt64LE(end64 + 32)) : bytes.readUInt16LE(end + 10);
  let at = has64 ? Number(bytes.readBigUInt64LE(end64 + 48)) : bytes.readUInt32LE(end + 16);
  const files: ZipFileRead[] = [];
  for (let index = 0; index < count; index++) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`No entry ${index} at ${at}.`);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    files.push({ name, content: contentOf(bytes, at) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function contentOf(bytes: Buffer, entry: number): Buffer {
  const method = bytes.readUInt16LE(entry + 10);
  const compressedBytes = bytes.readUInt32LE(entry + 20);
  const local = bytes.readUInt32LE(entry + 42);
  if (bytes.readUInt32LE(local) !== 0x04034b50) throw new Error(`No local header at ${local}.`);
  if (bytes.readUInt32LE(local + 14) !== bytes.readUInt32LE(entry + 16)) {
    throw new Error('The headers have two checksums.');
  }
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const kept = bytes.subarray(start, start + compressedBytes);
  const content = method === 8 ? inflateRawSync(kept) : kept;
  if (content.length !== bytes.readUInt32LE(entry + 24)) throw new Error('The size is wrong.');
  if (crc32(content) !== bytes.readUInt32LE(entry + 16)) throw new Error('The checksum is wrong.');
  return content;
}
