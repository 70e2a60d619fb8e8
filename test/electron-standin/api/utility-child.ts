/** Loaded first in a utility process: gives it `process.parentPort`, and ends it with its parent. */
import { EventEmitter } from 'node:events';

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    process.send?.(message);
  }
}

const parentPort = new ParentPort();
const early: unknown[] = [];
let isHeard = false;
// Messages wait for the first listener, as they do in Electron.
parentPort.on('newListener', (event) => {
  if (event !== 'message' || isHeard) return;
  isHeard = true;
  queueMicrotask(() => {
    for (const data of early.splice(0)) parentPort.emit('message', { data, ports: [] });
  });
});
process.on('message', (data) => {
  if (isHeard && early.length === 0) parentPort.emit('message', { data, ports: [] });
  else early.push(data);
});
process.on('disconnect', () => process.exit());
Object.assign(process, { parentPort, type: 'utility' });
