/** The body of an answer as its sender meant it: `content-encoding` undone. */
import { pipeline, type Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { codeOf } from '../process/system-error.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { explainNetwork } from './explain-network.ts';
import { headerOf } from './headers.ts';
import type { HttpAnswer } from './http-client.ts';

/** As curl and undici: a server has no reason for more, and each is a chance to make much out of little. */
const MAX_ENCODINGS = 5;

/**
 * The bytes in pieces, each asked for when the one before has been dealt with. An encoding that is not known here is
 * left as it is. Leaving the loop early closes the connection.
 * @throws ExchangeFailure
 */
export async function* decodedBody(answer: HttpAnswer): AsyncGenerator<Uint8Array> {
  const { body } = answer;
  try {
    const decoders = decodersFor(answer);
    try {
      yield* decoders.reduce<Readable>(through, body);
    } catch (error) {
      // No bytes at all are not a compressed nothing, but an answer without a body, as to HEAD.
      if (codeOf(error) !== 'Z_BUF_ERROR' || decoders[0]?.bytesWritten !== 0) throw error;
    }
  } catch (error) {
    if (error instanceof ExchangeFailure) throw error;
    const { code, message } = explainNetwork(error, answer.url, 'reading');
    throw new ExchangeFailure(code, message, { cause: error });
  } finally {
    body.destroy();
    answer.end();
  }
}

type Decoder = NonNullable<ReturnType<typeof decoderFor>>;

/** Errors go to the last stream, and from there to whoever reads it. */
function through(stream: Readable, decoder: Decoder): Readable {
  pipeline(stream, decoder, () => undefined);
  return decoder;
}

/** In the order in which they undo the encodings; none where one of them is not known. */
function decodersFor({ url, headers }: HttpAnswer): Decoder[] {
  const encodings = (headerOf(headers, 'content-encoding') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (encodings.length > MAX_ENCODINGS) {
    throw new ExchangeFailure(
      'network',
      `${url.host} encoded its answer ${encodings.length} times: expected at most ${MAX_ENCODINGS}.`,
    );
  }
  const decoders = encodings.reverse().map(decoderFor);
  return decoders.every((decoder) => decoder !== null) ? decoders : [];
}

function decoderFor(encoding: string) {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'zstd':
      // Node has it from 22.15 on.
      return 'createZstdDecompress' in zlib ? zlib.createZstdDecompress() : null;
    default:
      return null;
  }
}
