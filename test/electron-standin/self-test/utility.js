process.parentPort.on('message', ({ data }) => {
  if (data === 'end') process.exit(3);
  process.parentPort.postMessage({ echo: data, type: process.type });
});
