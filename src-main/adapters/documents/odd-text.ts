/** Text that programs trip over: JSON allows it, and what it means elsewhere is anybody's guess (RFC 8259, section 8.2). */
import type { DocumentProblem } from '#shared/contract/documents.ts';
import { pointerStep } from '#shared/json/pointer-step.ts';

const JOBDECK = '/metadata/jobdeck';
const MAX_TOLD = 100;

/**
 * NUL characters and halves of surrogate pairs, in names and values. What is in `metadata.jobdeck` is left to its own
 * schema: the runner keeps there what programs print, and that has to come back as it was.
 */
export function oddText(document: unknown): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  look(document, '', problems);
  return problems.slice(0, MAX_TOLD);
}

/** Recursive: what is too deep was refused before. */
function look(value: unknown, path: string, problems: DocumentProblem[]): void {
  if (typeof value === 'string') {
    judge(value, path, problems);
  } else if (typeof value === 'object' && value !== null && path !== JOBDECK) {
    for (const [name, inner] of Object.entries(value)) {
      const place = `${path}/${pointerStep(name)}`;
      judge(name, place, problems);
      look(inner, place, problems);
    }
  }
}

function judge(text: string, path: string, problems: DocumentProblem[]): void {
  if (text.includes('\0')) {
    problems.push({ path, message: 'Expected text without NUL characters, got one (\\u0000).' });
  } else if (!text.isWellFormed()) {
    const half = /\p{Surrogate}/u.exec(text)?.[0].charCodeAt(0).toString(16);
    problems.push({ path, message: `Expected whole characters, got half of a surrogate pair (\\u${half}).` });
  }
}
