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
  /** None: it always holds. */
  readonly grounds: readonly Ground[];
  /** Who is told already when one of the sets grows. */
  readonly readers: Set<Reader> | undefined;
  /** The growth of the store at which the answer was last found to hold. */
  checkedAt: number;
  holds: boolean;
}

interface Question {
  grounds: Map<object, Ground> | undefined;
  /** Outer questions that were met again, and answered with nothing: the answer lacks what they will say. */
  cut: Set<object> | undefined;
}

const nothing: readonly never[] = [];

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
      const question = this.#questions.at(-1);
      if (question) ground(question, set, { set, size: set.size });
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
      if (outer && known.readers) ground(outer, known, { answer: known });
      return known.values;
    }
    if (!outer) this.#spent = 0;
    this.#spent += 1;
    const isActive = this.#active.has(key);
    if (isActive || this.#spent > budget || this.#questions.length > maximumDepth) {
      if (outer) cut(outer, isActive ? key : this);
      return nothing;
    }
    return this.#answer(key, outer, compute);
  }

  #answer(key: object, outer: Question | undefined, compute: () => readonly Value[]): readonly Value[] {
    const question: Question = { grounds: undefined, cut: undefined };
    this.#questions.push(question);
    this.#active.add(key);
    let values: readonly Value[];
    try {
      values = limited(compute());
    } finally {
      this.#active.delete(key);
      this.#questions.pop();
    }
    question.cut?.delete(key);
    if (question.cut?.size && outer) {
      for (const [from, each] of question.grounds ?? []) ground(outer, from, each);
      for (const each of question.cut) cut(outer, each);
    } else this.#remember(key, outer, values, question);
    return values;
  }

  #remember(key: object, outer: Question | undefined, values: readonly Value[], question: Question): void {
    const { growth, reader } = this.#store;
    const grounds = question.grounds ? [...question.grounds.values()] : nothing;
    this.#store.work += grounds.length + values.length;
    const readers = question.grounds && new Set(reader ? [reader] : nothing);
    const answer: Answer = { values, grounds, readers, checkedAt: growth, holds: true };
    this.#answers.set(key, answer);
    if (outer && readers) ground(outer, answer, { answer });
  }

  #holds(answer: Answer): boolean {
    if (!answer.holds || !answer.readers || answer.checkedAt === this.#store.growth) return answer.holds;
    answer.checkedAt = this.#store.growth;
    this.#store.work += answer.grounds.length;
    answer.holds = answer.grounds.every(ground =>
      'set' in ground ? ground.set.size === ground.size : this.#holds(ground.answer),
    );
    return answer.holds;
  }

  /** Whoever uses an answer is told when what it was made of grows. */
  #tell(answer: Answer): void {
    const { reader } = this.#store;
    if (!reader || !answer.readers || answer.readers.has(reader)) return;
    answer.readers.add(reader);
    this.#store.work += answer.grounds.length;
    for (const ground of answer.grounds) {
      if ('set' in ground) ground.set.addReader(reader);
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

function ground(question: Question, from: object, on: Ground): void {
  question.grounds ??= new Map();
  question.grounds.set(from, on);
}

function cut(question: Question, at: object): void {
  question.cut ??= new Set();
  question.cut.add(at);
}

function limited(values: readonly Value[]): readonly Value[] {
  return values.length > maximumValues ? [...new Set(values)].slice(0, maximumValues) : values;
}
