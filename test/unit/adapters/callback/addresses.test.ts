import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../../src-main/adapters/callback/addresses.ts';

describe('an address that a look-up gave', () => {
  it.each([
    ['127.0.0.1', 'local'],
    ['10.20.30.40', 'local'],
    ['100.64.0.1', 'local'],
    ['100.100.100.199', 'local'],
    ['100.100.100.200', 'never'],
    ['168.63.129.15', 'public'],
    ['168.63.129.16', 'never'],
    ['192.88.99.1', 'never'],
    ['192.175.48.1', 'never'],
    ['::1', 'local'],
    ['fd00:ec1::1', 'local'],
    ['fd00:ec2::1', 'never'],
    ['fe80::1%eth0', 'never'],
    ['fe80::1%25', 'never'],
    ['fd12::1%eth0', 'local'],
    ['::ffff:8.8.8.8', 'public'],
    ['::ffff:10.0.0.1', 'local'],
    ['::ffff:100.100.100.200', 'never'],
    ['::8.8.8.8', 'never'],
    ['64:ff9b::808:808', 'public'],
    ['64:ff9b::a00:1', 'local'],
    ['64:ff9b::a83f:8110', 'never'],
    ['2002:808:808::1', 'never'],
    ['2001::1', 'never'],
    ['2001:20::1', 'never'],
    ['5f00::1', 'never'],
    ['2a00:1450:4001::1', 'public'],
    ['1fff::1', 'never'],
  ])('%s is %s', (address, verdict) => {
    expect(verdictOf(address)).toBe(verdict);
  });

  it.each(['', 'example.org', '127.1', '0x7f000001', '[::1]', '1.2.3.4 ', '::ffff:1.2.3'])(
    '%j is none, and nothing goes there',
    (text) => {
      expect(verdictOf(text)).toBe('never');
    },
  );
});
