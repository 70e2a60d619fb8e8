window.bridgeWasThere = typeof window.bridge === 'object';
try {
  // biome-ignore lint/security/noGlobalEval: shown to be refused
  window.evalRan = eval('true');
} catch {
  window.evalRan = false;
}

/** Writes one row with strict durability; resolves when it is on disk. */
window.remember = async (value) => {
  const database = await openDatabase();
  await new Promise((resolve, reject) => {
    const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
    transaction.objectStore('rows').put(value, 'row');
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
  });
  database.close();
};

window.recall = async () => {
  const database = await openDatabase();
  return new Promise((resolve) => {
    const request = database.transaction('rows').objectStore('rows').get('row');
    request.onsuccess = () => resolve(request.result);
  });
};

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('self-test', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('rows');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

window.askWorker = (value) =>
  new Promise((resolve) => {
    const worker = new Worker('./worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(value);
  });

document.querySelector('#file').addEventListener('change', (event) => {
  window.chosenPath = window.bridge.pathForFile(event.target.files[0]);
});
