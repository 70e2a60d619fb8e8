/** Which answers count as success. */

const SUCCESS = ['2xx'];

/** @param expected codes ("204") and classes ("2xx"); "2xx" where undefined */
export function isExpectedStatus(status: number, expected: readonly string[] = SUCCESS): boolean {
  const code = String(status);
  return expected.some((entry) => entry === code || entry === `${code[0]}xx`);
}
