/**
 * `dialog`. A spec replaces these functions with its answers, as it would in Electron. Without that nobody
 * chooses anything; in a preview `zenity` asks the person, where it is installed.
 */
import { spawn } from 'node:child_process';
import { runtime, tell } from '../runtime.ts';
import { strictModule } from '../strict.ts';

export type DialogKeys = 'showErrorBox' | 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog';
type Options<T> = [T] | [unknown, T];

export const dialog = strictModule('dialog', {
  async showOpenDialog(
    ...args: Options<Electron.OpenDialogOptions>
  ): Promise<Electron.OpenDialogReturnValue> {
    const { title = 'Open', properties = [] } = last(args);
    const many = properties.includes('multiSelections') ? ['--multiple', '--separator=\n'] : [];
    const folders = properties.includes('openDirectory') ? ['--directory'] : [];
    const chosen = await ask(['--file-selection', `--title=${title}`, ...many, ...folders]);
    return { canceled: chosen === null, filePaths: chosen?.split('\n') ?? [] };
  },
  async showSaveDialog(
    ...args: Options<Electron.SaveDialogOptions>
  ): Promise<Electron.SaveDialogReturnValue> {
    const { title = 'Save', defaultPath = '' } = last(args);
    const chosen = await ask(['--file-selection', '--save', `--title=${title}`, `--filename=${defaultPath}`]);
    return { canceled: chosen === null, filePath: chosen ?? '' };
  },
  async showMessageBox(
    ...args: Options<Electron.MessageBoxOptions>
  ): Promise<Electron.MessageBoxReturnValue> {
    const { message, detail = '', buttons = ['OK'], cancelId = 0 } = last(args);
    const extra = buttons.map((button) => `--extra-button=${button}`);
    const text = `--text=${message}\n\n${detail}`;
    const chosen = await ask(['--question', '--switch', '--no-markup', text, ...extra]);
    const response = buttons.indexOf(chosen ?? '');
    return { response: response < 0 ? cancelId : response, checkboxChecked: false };
  },
  showErrorBox(title: string, content: string): void {
    tell(`${title}: ${content}`);
  },
});

function last<T>(args: Options<T>): T {
  return args.at(-1) as T;
}

/** What the person chose; null where there is nobody to ask. */
function ask(args: string[]): Promise<string | null> {
  if (!runtime().isPreview) {
    tell(`A dialog was closed, as no spec answers it: ${args.join(' ')}`);
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    const zenity = spawn('zenity', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    zenity.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    zenity.once('error', () => {
      tell(`A preview has no dialogs of its own; install zenity to see this one: ${args.join(' ')}`);
      resolve(null);
    });
    zenity.once('close', () => resolve(output.trimEnd() || null));
  });
}
