/** Octets of one message beyond which it is skipped as `too-large`: mail systems carry 25 to 50 MB, lists far less. */
export const maxMessageOctets = 32 * 2 ** 20;
