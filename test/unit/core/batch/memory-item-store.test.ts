import { testItemStore } from '../../../fakes/item-store-contract.ts';
import { openMemoryItemStore } from '../../../fakes/memory-item-store.ts';

testItemStore('the item store in memory', () => {
  const store = openMemoryItemStore();
  return { store, reopen: () => openMemoryItemStore(store.disk) };
});
