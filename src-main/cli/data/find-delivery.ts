/** Callbacks by the beginning of their id. */
import { AppError } from '#shared/app-error.ts';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { DeliveryReader } from '../../adapters/control/delivery-reader.ts';

const MAX_TOLD = 5;

/**
 * The one delivery whose id is `text` or begins with it; the `msg_` before it may be left out.
 * @throws AppError `not-found` where none or more than one does
 */
export function findDelivery(deliveries: DeliveryReader, text: string): Delivery {
  const start = text.startsWith('msg_') ? text : `msg_${text}`;
  const [id, ...others] = deliveries.idsFrom(start, MAX_TOLD + 1);
  if (others.length > 0) {
    const told = [id, ...others].slice(0, MAX_TOLD).join(', ');
    const more = others.length >= MAX_TOLD ? ' and more' : '';
    throw new AppError(
      'not-found',
      `Expected the beginning of one id, got ${JSON.stringify(text)}: ${told}${more}.`,
    );
  }
  const delivery = id === undefined ? undefined : deliveries.find(id);
  if (delivery !== undefined) return delivery;
  throw new AppError(
    'not-found',
    `Expected the id of a callback, or its beginning, got ${JSON.stringify(text)}: "callbacks" lists them.`,
  );
}
