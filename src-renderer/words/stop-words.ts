/** Why a job stopped, in one sentence that a person can act on. */
import { type BatchJob, jobdeckOf, type StopReason } from '#shared/job/batch-job.ts';
import type { JobErrorCode } from '#shared/job/error-codes.ts';

const REASONS: Record<StopReason, string> = {
  end_turn: 'It ran to its end.',
  max_steps: 'It stopped at its limit of steps.',
  tool_rule: 'It stopped because a tool rule said so.',
  requires_approval: 'It stopped to wait for an approval.',
  error: 'It stopped with an error.',
  llm_api_error: 'The model’s interface answered with an error.',
  invalid_llm_response: 'The model gave an answer that could not be read.',
  invalid_tool_call: 'The model called a tool in a wrong way.',
  no_tool_call: 'The model called no tool where it had to.',
  max_tokens_exceeded: 'The model reached its limit of tokens.',
  context_window_overflow_in_system_prompt: 'The system prompt is larger than the model’s context.',
  insufficient_credits: 'The account had no credits left.',
  cancelled: 'It was cancelled.',
};

const ADVICE: Partial<Record<JobErrorCode, string>> = {
  'exit-code': 'The output may say why.',
  timeout: 'Give it more time, or none to let it run on.',
  spawn: 'Check that the program is installed and the directory exists.',
  interrupted: 'Run it again, or set it to run again by itself after an interruption.',
  'disk-full': 'Free some space and run it again.',
  'not-approved': 'Look at what it would run, and approve it.',
};

/** The sentence for a job that has ended, or null for one that has not. */
export function whyItStopped(job: BatchJob): string | null {
  const jobdeck = jobdeckOf(job);
  switch (job.status) {
    case 'completed':
      return job.stop_reason === null || job.stop_reason === 'end_turn'
        ? completedSentence(jobdeck?.result?.exit_code)
        : REASONS[job.stop_reason];
    case 'cancelled':
      return jobdeck?.attempts?.length
        ? 'It was cancelled while it ran, and its processes were ended.'
        : 'It was cancelled before it ran.';
    case 'expired':
      return 'Its deadline passed before it could start.';
    case 'failed': {
      const error = jobdeck?.error;
      if (error === undefined) return REASONS[job.stop_reason ?? 'error'];
      return [error.message, ADVICE[error.code]].filter(Boolean).join(' ');
    }
    default:
      return null;
  }
}

function completedSentence(exitCode: number | null | undefined): string {
  return exitCode === 0 ? 'It ran to its end with exit code 0.' : REASONS.end_turn;
}

/** What became of the callback, or null where none was asked for. */
export function callbackSentence(job: BatchJob): string | null {
  if (job.callback_url === null) return null;
  if (job.callback_sent_at === null) {
    return job.completed_at === null ? 'Sent when the job has ended.' : 'Due: it is sent next.';
  }
  if (job.callback_error !== null) return `Could not be delivered: ${job.callback_error}`;
  const code = job.callback_status_code;
  if (code === null) return 'Sent.';
  return code >= 200 && code < 300
    ? `Delivered, answered ${code}.`
    : `Answered ${code}, which is not a success.`;
}
