/**
 * The records of a zip file, byte by byte (PKWARE APPNOTE 6.3.10). Sizes and places of 4 GiB and more have the zip64
 * fields (4.5.3).
 */

export interface ZipEntry {
  /** `/` between the steps, and none before the first. */
  name: string;
  modifiedAt: Date;
  isDeflated: boolean;
  crc32: number;
  compressedBytes: number;
  sizeBytes: number;
  /** Where its local header begins. */
  offset: number;
}

const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;
const ZIP64_ID = 0x0001;
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
/** What attributes mean: those of Unix. */
const MADE_BY_UNIX = 3 << 8;
/** A file that its owner writes and all may read. */
const ATTRIBUTES = (0o100_644 << 16) >>> 0;
const NAME_IS_UTF8 = 1 << 11;

/**
 * What stands before the content of an entry.
 * @param hasRoom true where the sizes may turn out to need zip64: the header is as long then whatever they are
 */
export function localHeader(entry: ZipEntry, hasRoom: boolean): Buffer {
  const name = Buffer.from(entry.name);
  const extra = hasRoom ? zip64Extra([entry.sizeBytes, entry.compressedBytes]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(hasRoom ? VERSION_ZIP64 : VERSION_PLAIN, 4);
  writeCommon(header, 6, entry);
  header.writeUInt32LE(hasRoom ? MAX_32 : entry.compressedBytes, 18);
  header.writeUInt32LE(hasRoom ? MAX_32 : entry.sizeBytes, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

/** What the directory at the end says of an entry. */
export function directoryRecord(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name);
  const { sizeBytes, compressedBytes, offset } = entry;
  const large = [sizeBytes, compressedBytes, offset].filter((value) => value >= MAX_32);
  const extra = large.length > 0 ? zip64Extra(large) : Buffer.alloc(0);
  const version = large.length > 0 ? VERSION_ZIP64 : VERSION_PLAIN;
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x0201_4b50, 0);
  record.writeUInt16LE(MADE_BY_UNIX | version, 4);
  record.writeUInt16LE(version, 6);
  writeCommon(record, 8, entry);
  record.writeUInt32LE(Math.min(compressedBytes, MAX_32), 20);
  record.writeUInt32LE(Math.min(sizeBytes, MAX_32), 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(ATTRIBUTES, 38);
  record.writeUInt32LE(Math.min(offset, MAX_32), 42);
  return Buffer.concat([record, name, extra]);
}

/** What the file ends with. */
export function directoryEnd(directory: { count: number; sizeBytes: number; offset: number }): Buffer {
  const { count, sizeBytes, offset } = directory;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(sizeBytes, MAX_32), 12);
  end.writeUInt32LE(Math.min(offset, MAX_32), 16);
  const needsZip64 = count >= MAX_16 || sizeBytes >= MAX_32 || offset >= MAX_32;
  return needsZip64 ? Buffer.concat([zip64End(directory), end]) : end;
}

function zip64End({ count, sizeBytes, offset }: Parameters<typeof directoryEnd>[0]): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x0606_4b50, 0);
  end.writeBigUInt64LE(44n, 4); // what follows of this record
  end.writeUInt16LE(MADE_BY_UNIX | VERSION_ZIP64, 12);
  end.writeUInt16LE(VERSION_ZIP64, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(sizeBytes), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  // The locator: where the record above begins.
  end.writeUInt32LE(0x0706_4b50, 56);
  end.writeBigUInt64LE(BigInt(offset + sizeBytes), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

/** Flags, method, time and checksum: alike in both headers. */
function writeCommon(header: Buffer, at: number, { isDeflated, modifiedAt, crc32 }: ZipEntry): void {
  const { date, time } = dosTime(modifiedAt);
  header.writeUInt16LE(NAME_IS_UTF8, at);
  header.writeUInt16LE(isDeflated ? 8 : 0, at + 2);
  header.writeUInt16LE(time, at + 4);
  header.writeUInt16LE(date, at + 6);
  header.writeUInt32LE(crc32, at + 8);
}

function zip64Extra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(ZIP64_ID, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return extra;
}

/** Local time in steps of two seconds, from 1980 to 2107. */
function dosTime(at: Date): { date: number; time: number } {
  const year = Math.min(Math.max(at.getFullYear() - 1980, 0), 127);
  return {
    date: (year << 9) | ((at.getMonth() + 1) << 5) | at.getDate(),
    time: (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1),
  };
}
