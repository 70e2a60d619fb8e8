/** What every feature may ask for: the bridge, the history, and who and where we are. */
import { createContext, type ReactNode, useContext } from 'react';
import { AppError } from '#shared/app-error.ts';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { AppInfo } from '#shared/contract/channels.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import type { OutboxConsumer } from '../sync/outbox-consumer.ts';
import type { ProgressFeed } from './progress-feed.ts';

export interface Services {
  api: JobdeckApi;
  db: JobdeckDatabase;
  info: AppInfo;
  consumer: OutboxConsumer;
  progress: ProgressFeed;
  /** Given to style elements that a library makes. */
  nonce: string;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext.Provider value={services}>{children}</ServicesContext.Provider>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new AppError('internal', 'Expected to be rendered inside ServicesProvider.');
  return services;
}
