import type { Example } from '../../services/examples.ts';

const POSIX_LINE =
  'for i in 1 2 3 4 5; do printf "step %s of 5\\n" "$i"; sleep 1; done; echo "Done on $(uname -s)."';
const WINDOWS_LINE =
  'for /l %i in (1,1,5) do @(echo step %i of 5 & ping -n 2 127.0.0.1 >nul) & echo Done on %OS%.';

/** The example that the first start offers: short, harmless, and one that this system can run. */
export function firstExample(platform: string): Example {
  return {
    name: 'Count to five',
    notes: 'Takes five seconds, prints as it goes, and changes nothing.',
    document: {
      job_type: 'job',
      metadata: {
        jobdeck: {
          version: 1,
          name: 'Count to five',
          tags: ['example'],
          task: { kind: 'command', shell: platform === 'win32' ? WINDOWS_LINE : POSIX_LINE },
        },
      },
    },
  };
}
