import type { GrowingSet, Reader, Value, ValueStore } from './values.ts';

/** How many questions one question may lead to: what is beyond is unknown, so that no program hangs. */
const budget = 5000;
const maximumDepth = 150;
/** How many values an answer holds at most. */
const maximumValues = 300;

/** What an answer was made of: it holds as long as none of this has changed. */
type Ground = { readonly set: GrowingSet<unknown>; readonly size: number } | { readonly answer: Answer };

interface Answer {
  readonly values: readonly Value[];
  readonly grounds: readonly Ground[];
  /** Who is told already when one of the sets grows. */
  readonly readers: Set<Reader>;
  /** The growth of the store at which the answer was last found to hold. */
  checkedAt: number;
  holds: boolean;
}

interface Question {
  readonly grounds: Map<object, Ground>;
  /** Outer questions that were met again, and answered with nothing: the answer lacks what they will say. */
  readonly cut: Set<object>;
}

/**
 * Answers to the evaluator's questions, each computed once for as long as it holds. A question that leads
 * back to itself gets nothing there, and what was answered on the way is not remembered.
 */
export class Answers {
  readonly #store: ValueStore;
  readonly #keys = new Map<object, Map<string, object>>();
  readonly #answers = new Map<object, Answer>();
  readonly #active = new Set<object>();
  readonly #questions: Question[] = [];
  #spent = 0;

  constructor(store: ValueStore) {
    this.#store = store;
    store.onRead = set => {
      this.#questions.at(-1)?.grounds.set(set, { set, size: set.values.size });
    };
  }

  /** @param of what is asked about. @param name what is asked of it. */
  once(of: object, name: string, compute: () => readonly Value[]): readonly Value[] {
    const key = this.#key(of, name);
    const outer = this.#questions.at(-1);
    this.#store.work += 1;
    const known = this.#answers.get(key);
    if (known && this.#holds(known)) {
      this.#tell(known);
      if (known.grounds.length > 0) outer?.grounds.set(known, { answer: known });
      return known.values;
    }
    if (!outer) this.#spent = 0;
    this.#spent += 1;
    const isActive = this.#active.has(key);
    if (isActive || this.#spent > budget || this.#questions.length > maximumDepth) {
      outer?.cut.add(isActive ? key : this);
      return [];
    }
    return this.#answer(key, outer, compute);
  }

  #answer(key: object, outer: Question | undefined, compute: () => readonly Value[]): readonly Value[] {
    const question: Question = { grounds: new Map(), cut: new Set() };
    this.#questions.push(question);
    this.#active.add(key);
    let values: readonly Value[];
    try {
      values = limited(compute());
    } finally {
      this.#active.delete(key);
      this.#questions.pop();
    }
    const grounds = [...question.grounds.values()];
    this.#store.work += grounds.length + values.length;
    question.cut.delete(key);
    if (question.cut.size === 0 || !outer) {
      const { growth, reader } = this.#store;
      const readers = new Set(reader ? [reader] : []);
      const answer: Answer = { values, grounds, readers, checkedAt: growth, holds: true };
      this.#answers.set(key, answer);
      if (grounds.length > 0) outer?.grounds.set(answer, { answer });
    } else {
      for (const [from, ground] of question.grounds) outer.grounds.set(from, ground);
      for (const each of question.cut) outer.cut.add(each);
    }
    return values;
  }

  #holds(answer: Answer): boolean {
    if (!answer.holds || answer.checkedAt === this.#store.growth) return answer.holds;
    answer.checkedAt = this.#store.growth;
    this.#store.work += answer.grounds.length;
    answer.holds = answer.grounds.every(ground =>
      'set' in ground ? ground.set.values.size === ground.size : this.#holds(ground.answer),
    );
    return answer.holds;
  }

  /** Whoever uses an answer is told when what it was made of grows. */
  #tell(answer: Answer): void {
    const { reader } = this.#store;
    if (!reader || answer.readers.has(reader)) return;
    answer.readers.add(reader);
    this.#store.work += answer.grounds.length;
    for (const ground of answer.grounds) {
      if ('set' in ground) ground.set.readers.add(reader);
      else this.#tell(ground.answer);
    }
  }

  #key(of: object, name: string): object {
    if (name === '') return of;
    let names = this.#keys.get(of);
    if (!names) {
      names = new Map();
      this.#keys.set(of, names);
    }
    let key = names.get(name);
    if (!key) {
      key = {};
      names.set(name, key);
    }
    return key;
  }
}

function limited(values: readonly Value[]): readonly Value[] {
  return values.length > maximumValues ? [...new Set(values)].slice(0, maximumValues) : values;
}
