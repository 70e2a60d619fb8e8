/** `nativeImage`: a PNG that is carried around and never drawn. */
import { existsSync, readFileSync } from 'node:fs';
import { Strict, strictModule } from '../strict.ts';

export type NativeImageKeys = 'getSize' | 'isEmpty' | 'resize' | 'setTemplateImage' | 'toDataURL' | 'toPNG';

export class NativeImage
  extends Strict
  implements Omit<Pick<Electron.NativeImage, NativeImageKeys>, 'resize'>
{
  private readonly png: Buffer;

  constructor(png: Buffer) {
    super();
    this.png = png;
  }
  isEmpty(): boolean {
    return this.png.length === 0;
  }
  /** Read from the PNG's first chunk. */
  getSize(): { width: number; height: number } {
    if (this.png.length < 24) return { width: 0, height: 0 };
    return { width: this.png.readUInt32BE(16), height: this.png.readUInt32BE(20) };
  }
  toPNG(): Buffer {
    return this.png;
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.png.toString('base64')}`;
  }
  resize(): NativeImage {
    return this;
  }
  setTemplateImage(): void {}
}

export const nativeImage = strictModule('nativeImage', {
  createEmpty: () => new NativeImage(Buffer.alloc(0)),
  createFromBuffer: (buffer: Buffer) => new NativeImage(buffer),
  createFromDataURL: (url: string) => new NativeImage(Buffer.from(url.split(',')[1] ?? '', 'base64')),
  createFromPath: (path: string) => new NativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
});
