import type { Clock } from '../../../shared/clock.ts';

/** Remembers answers for as long as their authorizer says. */
export class AuthorizerCache<Answer> {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #answers = new Map<string, { readonly answer: Answer; readonly until: number }>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  get(key: string): Answer | undefined {
    const known = this.#answers.get(key);
    if (known && known.until > this.#clock.now()) return known.answer;
    this.#answers.delete(key);
    return undefined;
  }

  set(key: string, answer: Answer, seconds: number): void {
    if (this.#answers.size >= maxAnswers) this.#answers.clear();
    this.#answers.set(key, { answer, until: this.#clock.now() + seconds * 1000 });
  }
}

const maxAnswers = 1000;
