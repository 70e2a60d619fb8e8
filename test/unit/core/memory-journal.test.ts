import { testJournal } from '../../fakes/journal-contract.ts';
import { openMemoryJournal } from '../../fakes/memory-journal.ts';

testJournal('the journal in memory', () => {
  const journal = openMemoryJournal();
  return {
    journal,
    reopen: () => openMemoryJournal(journal.disk),
    swept: async () => {},
  };
});
