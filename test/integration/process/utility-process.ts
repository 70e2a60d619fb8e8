/** The spawn helper as Electron's utility process sees itself: messages come in events, and only `parentPort` sends. */
const send = process.send?.bind(process);

Object.assign(process, {
  parentPort: {
    on: (_event: 'message', listener: (event: { data: unknown }) => void) =>
      process.on('message', (data) => listener({ data })),
    postMessage: (message: unknown) => send?.(message),
  },
  send() {
    throw new Error('Expected messages to go through parentPort.');
  },
});
await import('../../../src-main/adapters/process/spawn-helper.ts');
