import { createTheme, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useDialog } from '../store/dialog-store.ts';
import { Boot } from './boot.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { readNonce } from './nonce.ts';

const theme = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'sm',
  primaryColor: 'dark',
  respectReducedMotion: true,
});

/** The whole window. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={readNonce}>
      <ErrorBoundary>
        <Boot />
      </ErrorBoundary>
      <Toasts />
    </MantineProvider>
  );
}

/** Where nothing to press lies under them: the buttons of a dialog are at its right. */
function Toasts() {
  const isOverDialog = useDialog((state) => state.dialog !== null);
  return (
    <Notifications
      position={isOverDialog ? 'bottom-left' : 'bottom-right'}
      limit={4}
      // Each waits for its own pointer alone: shared, a toast that moves sides would keep all others for good.
      containerWidth={isOverDialog ? 320 : 380}
    />
  );
}
