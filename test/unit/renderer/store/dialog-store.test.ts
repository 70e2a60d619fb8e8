import { afterEach, describe, expect, it } from 'vitest';
import { useDialog } from '../../../../src-renderer/store/dialog-store.ts';

afterEach(() => useDialog.setState({ dialog: null, isHeld: false }));

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
    hold(true);
    open({ kind: 'settings' });
    close();
    expect(useDialog.getState().dialog).toEqual({ kind: 'import', opened: null });
    hold(false);
    close();
    expect(useDialog.getState().dialog).toBeNull();
  });
});
