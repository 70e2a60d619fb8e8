/** The words of one level of a shell line: enough of them to know where a value would be read as code again. */

/** Commands that read their words once more, as code or as arithmetic, which quoting does not keep from them. */
const EVALUATORS = ['eval', 'trap', 'alias', 'let'];
const SHELL = /^(?:.*\/)?(?:(?:ba|da|z|k|mk|a|c|tc|fi)?sh|su)$/u;
/** Stands before what is quoted and for what is expanded: such a word is no keyword, but may name a command. */
const QUOTED = '\0';

export class ShellWords {
  hadCase = false;
  #word = '';
  #evaluator: string | null = null;
  #inTest = false;
  #sawShell = false;
  /** The word that is read now is the code that a shell gets with `-c`. */
  #isCode = false;

  /** True where no word has begun: a `#` begins a comment. */
  get isBetween(): boolean {
    return this.#word === '';
  }

  /** Why no value may stand here, although it could be quoted. */
  get refusal(): string | null {
    if (this.#evaluator !== null)
      return `in the words of "${this.#evaluator}", which reads them again as code`;
    if (this.#isCode) return 'in the code for another shell, which reads it again';
    if (this.#inTest) return 'inside [[ ]], where some shells compute with it';
    if (/^[A-Za-z_]\w*\[/u.test(this.#word))
      return 'in the subscript of a list, where some shells compute with it';
    return null;
  }

  add(char: string): void {
    this.#word += char;
  }

  /** @param text what is quoted; nothing where that is not known */
  addQuoted(text = ''): void {
    this.#word += QUOTED + text;
  }

  endWord(): void {
    const word = this.#word;
    if (word === '') return;
    this.#word = '';
    const name = word.replaceAll(QUOTED, '');
    if (!/^[-+]/u.test(name)) this.#isCode = false;
    if (word === 'case') this.hadCase = true;
    else if (word === '[[') this.#inTest = true;
    else if (word === ']]') this.#inTest = false;
    else if (EVALUATORS.includes(name)) this.#evaluator ??= name;
    else if (SHELL.test(name)) this.#sawShell = true;
    else if (this.#sawShell && /^-[a-z]*c$/u.test(name)) this.#isCode = true;
  }

  endCommand(): void {
    this.#evaluator = null;
    this.#sawShell = false;
    this.#isCode = false;
  }
}
