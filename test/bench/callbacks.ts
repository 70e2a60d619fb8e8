/**
 * Callbacks against a loop that only posts, side by side in one run: `npm run bench:callbacks`. README.md beside this
 * file says what each figure is.
 */
import { deliveriesPerSecond } from './callbacks/deliveries-per-second.ts';
import { memory } from './callbacks/memory.ts';
import { tableOf } from './figures.ts';
import { keepResults } from './keep-results.ts';

const figures = [...(await deliveriesPerSecond()), ...(await memory())];
console.log(tableOf(figures));
keepResults('callbacks', figures);
