/** Why no secure connection came to be, and what can be done about it. */

import type { PeerCertificate } from 'node:tls';
import { codeOf, messageOf } from '../process/system-error.ts';

/** @returns null where the error is not one of TLS (https://nodejs.org/api/tls.html#x509-certificate-error-codes) */
export function explainTls(error: unknown, target: URL): string | null {
  const code = codeOf(error);
  const known = REASONS[code];
  if (known !== undefined) return known(target, error);
  if (!OTHER_TLS_CODES.test(code)) return null;
  return `No secure connection to ${target.host} could be made: ${messageOf(error)}.`;
}

/** True where a certificate may be good, and its issuer is not among those that are known here. */
export function isUnknownIssuer(code: string): boolean {
  return UNKNOWN_ISSUER_CODES.includes(code);
}

const UNKNOWN_ISSUER_CODES = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

type Reason = (target: URL, error: unknown) => string;

const unknownIssuer: Reason = ({ host }) =>
  `The certificate of ${host} comes from an authority that is not known here: add that authority's certificate to those that this system trusts.`;
const noTls: Reason = ({ host }) =>
  `${host} does not speak TLS at this port: check the port, or write http:// if that is what it speaks.`;

const REASONS: Readonly<Record<string, Reason>> = {
  CERT_HAS_EXPIRED: ({ host }) =>
    `The certificate of ${host} has expired: its owner has to renew it. Check the clock of this machine too.`,
  CERT_NOT_YET_VALID: ({ host }) =>
    `The certificate of ${host} is not valid yet: check the clock of this machine.`,
  CERT_REVOKED: ({ host }) => `The certificate of ${host} was revoked: do not trust this server.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: ({ host }) =>
    `The certificate of ${host} is self-signed and not trusted here: if the server is yours, add the certificate to those that this system trusts.`,
  SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ({ host }) =>
    `The certificate of ${host} comes from an authority that is not known here, or the server leaves out a certificate between the two: complete its chain, or add the authority's certificate to those that this system trusts.`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }, error) =>
    `The certificate of ${host} is for another name: use a name that it is for in the address. ${namesOn(error)}`.trimEnd(),
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_HTTP_REQUEST: noTls,
};

/** Who the certificate is for, where Node's error has it. */
function namesOn(error: unknown): string {
  const { cert } = error as { cert?: Partial<PeerCertificate> };
  const names = [cert?.subjectaltname ?? cert?.subject?.CN ?? []].flat().join(', ');
  return names === '' ? '' : `It is for ${names.replaceAll(/DNS:|IP Address:/g, '')}.`;
}

const OTHER_TLS_CODES =
  /^(CERT_|UNABLE_TO_|ERR_SSL_|ERR_TLS_|ERROR_IN_CERT|DEPTH_ZERO|SELF_SIGNED|CRL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;
