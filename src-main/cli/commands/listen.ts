import { resolve } from 'node:path';
import type { ReceivedCallback, ReceiverSettings } from '#shared/contract/callbacks.ts';
import { readOneSecret } from '../../adapters/secrets/secrets-file.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';
import { nothingMore, numberOf, pathOf, readArguments, usageError } from '../arguments.ts';
import { receivedWords } from '../callbacks/received-words.ts';
import { type CliContext, EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { writeOut } from '../lines.ts';

interface ListenCommand extends ReceiverSettings {
  secretFile: string | null;
  json: boolean;
}

export const listen = command<ListenCommand>({
  name: 'listen',
  summary: 'Receive callbacks on this machine, to try them out.',
  help: `Usage: jobdeck listen [--port N] [--secret-file FILE | --secret S] [--answer STATUS] [--json]

Listens on this machine alone (127.0.0.1), and prints a line for each request that arrives: its number, the
time, what it was answered with, its method and path, what it tells of, and whether its signature is valid.
Ctrl-C ends it.

  --port N            listen on port N; on any that is free where absent
  --secret-file FILE  verify signatures (Standard Webhooks) with the secret in FILE, whsec_..., or with
                      the public key whpk_... of what is signed with a whsk_...; FILE must be readable
                      by you alone
  --secret S          the same with S itself; other users can see it in the list of processes
  --answer STATUS     answer with STATUS, from 200 to 599, to see what a failure does; 200 where absent
  --json              print each request whole, as a JSON object a line

Exit code 0; 2: bad usage, or the port is taken.
`,
  parse(args) {
    const { values, positionals } = readArguments('listen', args, {
      port: { type: 'string' },
      secret: { type: 'string' },
      'secret-file': { type: 'string' },
      answer: { type: 'string' },
      json: { type: 'boolean' },
    });
    nothingMore('listen', positionals);
    const secretFile = pathOf('secret-file', values['secret-file']);
    if (secretFile !== null && values.secret !== undefined) {
      throw usageError('listen: Expected one of --secret-file and --secret, got both.');
    }
    return {
      port: numberOf('port', values.port, 1, 65_535),
      secret: values.secret ?? null,
      secretFile,
      answerStatus: numberOf('answer', values.answer, 200, 599) ?? 200,
      json: values.json === true,
    };
  },
  async run({ secretFile, json, ...given }, { io }) {
    // Loaded here: no other command needs it.
    const { createReceiver } = await import('../../adapters/receiver/receiver.ts');
    const ended = Promise.withResolvers<void>();
    const receiver = createReceiver({
      now: SYSTEM_CLOCK.now,
      // Printed before it is answered: what a slow reader can't take is not taken over either.
      onReceived: (received) => print(received, json, io).catch(ended.reject),
    });
    const stopListening = io.onSignal(() => ended.resolve());
    try {
      const secret = secretFile === null ? given.secret : readOneSecret(resolve(io.cwd, secretFile));
      const { url, hasSecret } = await receiver.start({ ...given, secret });
      const what = hasSecret ? ' and verifies signatures' : '';
      io.stderr.write(`Listens on ${url}${what}; Ctrl-C ends it.\n`);
      await ended.promise;
      return EXIT.ok;
    } finally {
      stopListening();
      await receiver.stop();
    }
  },
});

function print(received: ReceivedCallback, json: boolean, io: CliContext['io']): Promise<void> {
  return writeOut(io.stdout, `${json ? JSON.stringify(received) : receivedWords(received)}\n`);
}
