import { expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../../src-main/shell/protocol/content-security-policy.ts';

it('allows scripts and styles of our own, and neither eval nor inline script nor the network', () => {
  expect(contentSecurityPolicy('abc')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-abc'; img-src 'self' data:; font-src 'self'; " +
      "worker-src 'self'; connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
      "frame-ancestors 'none'",
  );
});
