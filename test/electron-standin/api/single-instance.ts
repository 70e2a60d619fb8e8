/** One instance for each user data folder: a lock file, and a folder where a second instance leaves word. */
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

type Told = (argv: string[], workingDirectory: string, additionalData: unknown) => void;

export class SingleInstance {
  private readonly lockFile: string;
  private readonly letters: string;
  private readonly told: Told;
  private isHeld = false;

  constructor(userData: string, told: Told) {
    this.lockFile = join(userData, 'standin-instance.lock');
    this.letters = join(userData, 'standin-second-instances');
    this.told = told;
  }

  /** True where this is the first instance; else the first one is told of this one. */
  acquire(additionalData: unknown): boolean {
    if (this.isHeld) return true;
    mkdirSync(this.letters, { recursive: true });
    this.isHeld = this.takeLock();
    if (this.isHeld) this.readLetters();
    else this.leaveLetter(additionalData);
    return this.isHeld;
  }

  release(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    rmSync(this.lockFile, { force: true });
  }

  private takeLock(): boolean {
    // Linked whole into its place: a lock that is seen is never half written.
    const own = `${this.lockFile}.${process.pid}`;
    writeFileSync(own, `${process.pid} ${startOf(process.pid)}`);
    try {
      for (;;) {
        try {
          linkSync(own, this.lockFile);
          return true;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        if (isAlive(readOrEmpty(this.lockFile))) return false;
        rmSync(this.lockFile, { force: true }); // its owner was killed
      }
    } finally {
      rmSync(own);
    }
  }

  private leaveLetter(additionalData: unknown): void {
    const name = join(this.letters, `${process.pid}-${Date.now()}`);
    const letter = { argv: process.argv, directory: process.cwd(), additionalData };
    writeFileSync(`${name}.part`, JSON.stringify(letter));
    renameSync(`${name}.part`, `${name}.json`);
  }

  private readLetters(): void {
    for (const name of readdirSync(this.letters)) rmSync(join(this.letters, name), { force: true });
    watch(this.letters, { persistent: false }, () => {
      if (!this.isHeld) return;
      for (const name of readdirSync(this.letters).filter((each) => each.endsWith('.json'))) {
        const path = join(this.letters, name);
        const { argv, directory, additionalData } = JSON.parse(readFileSync(path, 'utf8'));
        rmSync(path);
        this.told(argv, directory, additionalData);
      }
    });
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // released in this moment
  }
}

/** Whether the process that wrote the lock still runs, and is not another one with its number. */
function isAlive(lock: string): boolean {
  const [pid = '', start] = lock.split(' ');
  try {
    process.kill(Number(pid || 'none'), 0);
    return startOf(Number(pid)) === start;
  } catch {
    return false;
  }
}

/** When a process started, where the system tells (Linux). A zombie does not run. */
function startOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '');
  } catch {
    return '';
  }
}
