/** What `help` prints without the name of a command. */
import { COMMANDS } from './commands.ts';

export function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;
  const list = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`).join('\n');
  return `Jobdeck runs batch jobs on this machine.

Usage: jobdeck COMMAND ...

${list}

"help COMMAND" says what a command takes, prints and exits with; "--version" prints the version.
`;
}
