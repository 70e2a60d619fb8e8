const { contextBridge, ipcRenderer, webUtils } = require('electron');

contextBridge.exposeInMainWorld('bridge', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  on(channel, listener) {
    const onPush = (_event, ...args) => listener(...args);
    ipcRenderer.on(channel, onPush);
    return () => void ipcRenderer.off(channel, onPush);
  },
  pathForFile: (file) => webUtils.getPathForFile(file),
  twice: (call) => [call(1), call(2)],
  refuse: () => {
    throw new Error('refused');
  },
  unknown: () => ipcRenderer.sendToHost('x'),
});
