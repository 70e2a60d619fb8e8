import { useEffect, useState } from 'react';
import { ServicesProvider } from '../services/services.tsx';
import { MovingScreen } from './moving-screen.tsx';
import type { Moving } from './moving-words.ts';
import { CLOSED, type Started, start } from './start.ts';
import { TroubleScreen } from './trouble-screen.tsx';
import { Upkeep } from './upkeep.tsx';
import { Window } from './window.tsx';

/** Brings up what the window stands on; says so where it can not. */
export function Boot() {
  const [started, setStarted] = useState<Started | null>(null);
  const [moving, setMoving] = useState<{ what: Moving; done: number; total: number } | null>(null);
  useEffect(() => {
    let isGone = false;
    const starting = start((what, done, total) => setMoving({ what, done, total }));
    void starting.then(async (result) => {
      if (isGone) return;
      setStarted(result);
      if (!result.ok) return;
      await result.closed;
      result.services.consumer();
      if (!isGone) setStarted(CLOSED);
    });
    return () => {
      isGone = true;
      void starting.then((result) => {
        if (result.ok) result.services.consumer();
      });
    };
  }, []);

  if (started === null) return moving === null ? null : <MovingScreen {...moving} />;
  if (!started.ok) {
    return <TroubleScreen title={started.title} sentence={started.sentence} error={started.error} />;
  }
  return (
    <ServicesProvider services={started.services}>
      <Upkeep />
      <Window />
    </ServicesProvider>
  );
}
