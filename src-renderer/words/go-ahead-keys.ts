/** The keys that go ahead in a dialog, as this platform names them. */
export function goAheadKeys(platform: string): string {
  return platform === 'darwin' ? '⌘↩' : 'Ctrl+Enter';
}
