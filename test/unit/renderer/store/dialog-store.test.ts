import { afterEach, describe, expect, it } from 'vitest';
import { useDialog } from '../../../../src-renderer/store/dialog-store.ts';

afterEach(() => useDialog.setState({ dialog: null, held: null }));

describe('the open dialog', () => {
  it('gives its place to the next one, and goes when it is closed', () => {
    const { open, close } = useDialog.getState();
    open({ kind: 'settings' });
    open({ kind: 'shortcuts' });
    expect(useDialog.getState().dialog).toEqual({ kind: 'shortcuts' });
    close();
    expect(useDialog.getState().dialog).toBeNull();
  });

  it('stays while it is held, whatever is opened or closed', () => {
    const { open, close, hold } = useDialog.getState();
    open({ kind: 'import', opened: null });
    hold('An import is being written.');
    open({ kind: 'settings' });
    close();
    expect(useDialog.getState().dialog).toEqual({ kind: 'import', opened: null });
    hold(null);
    close();
    expect(useDialog.getState().dialog).toBeNull();
  });
});
