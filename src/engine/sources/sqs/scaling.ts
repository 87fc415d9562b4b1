/**
 * How many batches of a queue are worked on at once: five at first, and 300 a minute more for as long as there are
 * always more. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 *
 * @param busyMs since when every one of them has been busy, in milliseconds; 0: they are not
 * @param most what a setting, or this machine, allows
 */
export function concurrencyAfter(busyMs: number, most: number): number {
  return Math.min(most, 1250, 5 + Math.floor((busyMs / 60_000) * 300));
}

/**
 * How long nothing is read after failures, in milliseconds. That Lambda backs off is documented, by how much is not.
 *
 * @param failures batches in a row
 */
export function pauseAfter(failures: number): number {
  return failures === 0 ? 0 : Math.min(20_000, 500 * 2 ** Math.min(failures - 1, 10));
}
