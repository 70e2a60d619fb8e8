/** A process that locks a data directory, says so, and holds it until it is killed. Usage: lock-and-say.ts DIRECTORY */
import { lockDataDirectory } from '../../../src-main/adapters/journal/data-lock.ts';

lockDataDirectory(process.argv[2] ?? '.');
process.stdout.write('locked\n');
setInterval(() => {}, 60_000);
