import { dirname } from 'node:path';
import { createItemStore } from '../../../src-main/adapters/items/item-store.ts';
import { testDeliveryStore } from '../../fakes/delivery-store-contract.ts';
import { openJournal } from '../journal/harness.ts';

testDeliveryStore('the delivery store on disk', () => {
  let opened = openWithItems();
  return {
    ...opened,
    reopen() {
      opened.items.close();
      opened.close();
      opened = openWithItems(dirname(opened.file));
      return opened;
    },
  };
});

function openWithItems(directory?: string) {
  const opened = openJournal(directory);
  const items = createItemStore(opened.database, {
    onProblem: ({ message }) => opened.problems.push(message),
  });
  return { ...opened, items };
}
