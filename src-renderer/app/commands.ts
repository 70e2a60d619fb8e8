/** What the window can be told to do. */
export interface Commands {
  newJob(): void;
  importFiles(): void;
  exportJobs(): void;
  dropFiles(files: readonly File[]): void;
  pasteText(text: string): void;
}
