/** Bytes of a key that no one guesses; Standard Webhooks asks for 24 to 64 ("Signature scheme"). */
const SECRET_BYTES = 32;

/** A new secret for HMAC signatures: `whsec_` and its bytes in base64. */
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
