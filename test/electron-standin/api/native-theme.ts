/** `nativeTheme`: the theme that the application chose. The system's own is always light here. */
import { StrictEmitter } from '../strict.ts';

export type NativeThemeKeys = 'shouldUseDarkColors' | 'themeSource';
type ThemeSource = Electron.NativeTheme['themeSource'];

class NativeTheme extends StrictEmitter implements Pick<Electron.NativeTheme, NativeThemeKeys> {
  protected readonly events = ['updated'];
  private source: ThemeSource = 'system';

  get themeSource(): ThemeSource {
    return this.source;
  }
  set themeSource(source: ThemeSource) {
    const wasDark = this.shouldUseDarkColors;
    this.source = source;
    if (this.shouldUseDarkColors !== wasDark) this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();
