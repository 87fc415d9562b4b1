/** What is shown in the place of a value that may be a secret. */
export const hidden = '••••••';

/**
 * Whether an environment variable may hold a secret, by its name or by the looks of its value. When in doubt
 * it does: a hover is seen by whoever looks over the shoulder.
 */
export function isSecret(name: string, value: string): boolean {
  return secretName.test(name) || secretValues.some(pattern => pattern.test(value)) || looksRandom(value);
}

const secretName =
  /secret|token|passw(or)?d|passphrase|(^|_)pw?d(_|$)|(^|_|-)keys?(_|-|$)|key$|api_?key|private|credential|(^|_)auth(_|$)|authorization|(^|_)dsn(_|$)|connection_?string|salt(_|$)|signature|webhook|cookie|(^|_)cert/i;

const secretValues: readonly RegExp[] = [
  /(AKIA|ASIA)[0-9A-Z]{16}/,
  /-----BEGIN/,
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s@]*:[^/\s@]*@/i,
  /^eyJ[\w-]+\.[\w-]+/,
  /^(gh[opsu]_|github_pat_|xox[abpr]-|sk[-_](live|test|ant|proj)|glpat-|npm_|SG\.)/,
];

/** Long, of one piece, and of letters and digits mixed as nobody would. */
function looksRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/_=-]{20,}$/.test(value) || !/\d/.test(value)) return false;
  if (/^[0-9a-f]{32,}$/i.test(value)) return true;
  const words = value.split(/[-_/]/);
  return words.some(word => word.length >= 16 && /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word));
}
