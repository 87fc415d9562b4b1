import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { ThrottleReason } from '../invoke/serviceErrors.ts';

type Reserving = Pick<FunctionDefinition, 'name' | 'reservedConcurrency'>;

/**
 * Counts the invocations that run. A function with reserved concurrency has that much for itself, and no more;
 * all others share what the reservations leave of the account's.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html#reserved-and-provisioned
 */
export class Concurrency {
  readonly #account: number;
  readonly #running = new Map<string, number>();

  constructor(account: number) {
    this.#account = account;
  }

  /**
   * Counts one more invocation, until `leave` is called, or says why there can be none.
   *
   * @param functions all functions of the account, the invoked one among them
   */
  enter(name: string, functions: Iterable<Reserving>): ThrottleReason | undefined {
    const all = [...functions];
    const own = all.find(each => each.name === name)?.reservedConcurrency;
    if (own !== undefined) {
      if (this.#of(name) >= own) return 'ReservedFunctionConcurrentInvocationLimitExceeded';
    } else if (this.#unreserved(all) >= this.#account - reservedBy(all)) {
      return 'ConcurrentInvocationLimitExceeded';
    }
    this.#running.set(name, this.#of(name) + 1);
    return undefined;
  }

  leave(name: string): void {
    const rest = this.#of(name) - 1;
    if (rest > 0) this.#running.set(name, rest);
    else this.#running.delete(name);
  }

  #of(name: string): number {
    return this.#running.get(name) ?? 0;
  }

  #unreserved(functions: readonly Reserving[]): number {
    const reserving = new Set(
      functions.filter(each => each.reservedConcurrency !== undefined).map(each => each.name),
    );
    return [...this.#running].reduce((sum, [name, count]) => (reserving.has(name) ? sum : sum + count), 0);
  }
}

function reservedBy(functions: readonly Reserving[]): number {
  return functions.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
}
