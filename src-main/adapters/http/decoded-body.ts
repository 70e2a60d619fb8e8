/** The body of an answer as its sender meant it: `content-encoding` undone. */
import { pipeline, type Readable } from 'node:stream';
import * as zlib from 'node:zlib';
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
  try {
    yield* decoded(answer);
  } catch (error) {
    if (error instanceof ExchangeFailure) throw error;
    const { code, message } = explainNetwork(error, answer.url, 'reading');
    throw new ExchangeFailure(code, message, { cause: error });
  } finally {
    answer.body.destroy();
    answer.end();
  }
}

function decoded(answer: HttpAnswer): Readable {
  const { body } = answer;
  if (hasNoBody(answer)) return body;
  const encodings = (headerOf(answer.headers, 'content-encoding') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (encodings.length > MAX_ENCODINGS) {
    throw new ExchangeFailure(
      'network',
      `${answer.url.host} encoded its answer ${encodings.length} times: expected at most ${MAX_ENCODINGS}.`,
    );
  }
  const decoders = encodings.reverse().map(decoderFor);
  if (!decoders.every((decoder) => decoder !== null)) return body;
  return decoders.reduce<Readable>((stream, decoder) => {
    // Errors go to the last stream, and from there to whoever reads it.
    pipeline(stream, decoder, () => undefined);
    return decoder;
  }, body);
}

/** A decoder takes no bytes at all for bytes that were cut off. */
function hasNoBody({ status, headers }: HttpAnswer): boolean {
  return status === 204 || status === 304 || headerOf(headers, 'content-length') === '0';
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
