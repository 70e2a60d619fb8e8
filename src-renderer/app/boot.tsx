import { useEffect, useState } from 'react';
import { whenClosed } from '../db/when-closed.ts';
import { ServicesProvider } from '../services/services.tsx';
import { MovingScreen } from './moving-screen.tsx';
import type { Moving } from './moving-words.ts';
import { type Started, start } from './start.ts';
import { TroubleScreen } from './trouble-screen.tsx';
import { Upkeep } from './upkeep.tsx';
import { Window } from './window.tsx';

const CLOSED: Started = {
  ok: false,
  title: 'The history was closed',
  sentence:
    'Its storage was deleted, or is damaged. Jobs still run and nothing they report is lost. Reload to open it; where it is gone, it comes back from the newest backup.',
};

/** Brings up what the window stands on; says so where it can not. */
export function Boot() {
  const [started, setStarted] = useState<Started | null>(null);
  const [moving, setMoving] = useState<{ what: Moving; done: number; total: number } | null>(null);
  const services = started?.ok ? started.services : null;

  useEffect(() => {
    let isGone = false;
    const starting = start((what, done, total) => setMoving({ what, done, total }));
    void starting.then((result) => {
      if (!isGone) setStarted(result);
    });
    return () => {
      isGone = true;
      void starting.then((result) => {
        if (result.ok) result.services.consumer();
      });
    };
  }, []);

  useEffect(() => {
    if (services === null) return;
    return whenClosed(services.db, () => {
      services.consumer();
      setStarted(CLOSED);
    });
  }, [services]);

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
