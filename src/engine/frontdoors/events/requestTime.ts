const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * For example `12/Mar/2020:19:03:58 +0000`.
 *
 * @param at epoch milliseconds.
 */
export function requestTime(at: number): string {
  // 2020-03-12T19:03:58.000Z
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
