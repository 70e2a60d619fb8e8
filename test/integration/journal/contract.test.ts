import { dirname } from 'node:path';
import { testJournal } from '../../fakes/journal-contract.ts';
import { openJournal, swept } from './harness.ts';

testJournal('the journal on disk', () => {
  let opened = openJournal();
  return {
    journal: opened.journal,
    reopen() {
      opened.close();
      opened = openJournal(dirname(opened.file));
      return opened.journal;
    },
    swept: () => swept(opened),
  };
});
