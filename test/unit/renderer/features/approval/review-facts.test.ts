import { describe, expect, it } from 'vitest';
import type { Task } from '#shared/job/tasks.ts';
import { type ReviewFact, reviewFacts } from '../../../../../src-renderer/features/approval/review-facts.ts';
import { sampleJob } from '../../../../fakes/sample-jobs.ts';

const LINUX = { platform: 'linux', homeDirectory: '/home/ada' };

function factsOf(task: Task, machine = LINUX): Map<string, ReviewFact> {
  return new Map(reviewFacts(sampleJob(0, { task }), machine).map((fact) => [fact.label, fact]));
}

describe('what an approval shows', () => {
  it('keeps each argument apart from the others, empty ones too', () => {
    const facts = factsOf({ kind: 'command', program: 'cp', args: ['a b', '', '-r'] });
    expect(facts.get('Program')).toMatchObject({ kind: 'values', values: ['cp'] });
    expect(facts.get('3 arguments')).toMatchObject({ kind: 'values', values: ['a b', '', '-r'] });
  });

  it('says which shell reads a shell line', () => {
    const task: Task = { kind: 'command', shell: 'ls | wc -l' };
    expect(factsOf(task).get('Shell line')).toMatchObject({ value: 'ls | wc -l', note: 'for /bin/sh' });
    expect(factsOf(task, { ...LINUX, platform: 'win32' }).get('Shell line')).toMatchObject({
      note: 'for cmd.exe',
    });
  });

  it('shows the whole source of a script, and how long it is', () => {
    const source = 'import os\n\nos.remove("a")\n';
    const facts = factsOf({ kind: 'script', interpreter: 'python3', source });
    expect(facts.get('Interpreter')).toMatchObject({ values: ['python3'] });
    expect(facts.get('Script')).toMatchObject({ kind: 'block', value: source, note: '3 lines' });
  });

  it('shows the directory, the environment and standard input', () => {
    const facts = factsOf({
      kind: 'command',
      shell: 'x',
      cwd: '/data',
      env: { A: '1', B: '' },
      stdin: 'y\n',
    });
    expect(facts.get('Directory')).toMatchObject({ values: ['/data'] });
    expect(facts.get('Environment')).toMatchObject({
      pairs: [
        ['A', '1'],
        ['B', ''],
      ],
    });
    expect(facts.get('Standard input')).toMatchObject({ kind: 'block', value: 'y\n' });
  });

  it('names the home directory where the job names none', () => {
    expect(factsOf({ kind: 'command', shell: 'x' }).get('Directory')).toMatchObject({
      value: 'Home directory, /home/ada',
    });
  });

  it('says where the result is posted to, and that it is posted nowhere', () => {
    const job = sampleJob(0);
    const labelled = (callback_url: string | null) =>
      reviewFacts({ ...job, callback_url }, LINUX).find((fact) => fact.label === 'Callback');
    expect(labelled('https://example.org/done')).toMatchObject({ address: 'https://example.org/done' });
    expect(labelled(null)).toMatchObject({ kind: 'words' });
  });

  it('tells that a job runs again by itself after an interruption', () => {
    const task: Task = { kind: 'command', shell: 'x' };
    const labels = (on_interrupt: 'fail' | 'rerun') =>
      reviewFacts(sampleJob(0, { task, on_interrupt }), LINUX).map((fact) => fact.label);
    expect(labels('rerun')).toContain('If interrupted');
    expect(labels('fail')).not.toContain('If interrupted');
  });

  it('shows the request and its body of a job that goes to the network', () => {
    const facts = factsOf({ kind: 'http', method: 'POST', url: 'https://example.org/', body: { a: 1 } });
    expect(facts.get('Request')).toMatchObject({ value: 'POST https://example.org/' });
    expect(facts.get('Body')).toMatchObject({ value: '{\n  "a": 1\n}' });
  });
});
