import { testDeliveryStore } from '../../fakes/delivery-store-contract.ts';
import { openMemoryDeliveries } from '../../fakes/memory-delivery-store.ts';
import { openMemoryItemStore } from '../../fakes/memory-item-store.ts';
import { type Disk, openMemoryJournal } from '../../fakes/memory-journal.ts';

testDeliveryStore('the delivery store in memory', () => {
  const opened = openOver();
  return { ...opened, reopen: () => openOver(opened.journal.disk, opened.items.disk) };
});

function openOver(disk?: Disk, itemDisk?: ReturnType<typeof openMemoryItemStore>['disk']) {
  const journal = openMemoryJournal(disk);
  const { deliveries } = journal.disk;
  return {
    journal,
    deliveries: openMemoryDeliveries(deliveries),
    items: openMemoryItemStore(itemDisk, deliveries),
  };
}
