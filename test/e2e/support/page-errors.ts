/** What goes wrong in the pages of an application while a spec runs. */
import type { ElectronApplication, Page } from 'playwright/test';

export class PageErrors {
  private readonly messages: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** Watches the windows that are open and those that come. */
  watch(electron: ElectronApplication): void {
    for (const page of electron.windows()) this.watchPage(page);
    electron.on('window', (page) => this.watchPage(page));
  }

  /** This one belongs to what the spec shows. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  unexpected(): string[] {
    return this.messages.filter((message) => !this.allowed.some((pattern) => pattern.test(message)));
  }

  private watchPage(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.messages.push(message.text());
    });
    page.on('pageerror', (error) => this.messages.push(String(error.stack ?? error)));
  }
}
