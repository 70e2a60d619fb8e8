import { Component, type ReactNode } from 'react';
import { TroubleScreen } from './trouble-screen.tsx';

/** Instead of an empty window: what happened, and a way on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <TroubleScreen
        title="This window ran into a problem"
        sentence="Your jobs are safe: they are run and kept outside of this window. Reload it to go on."
        error={error}
      />
    );
  }
}
