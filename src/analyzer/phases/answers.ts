import { entry, type GrowingSet, type Reader, type Value, type ValueStore } from './values.ts';

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

/** One thing that can be asked, with its last answer. */
interface Question {
  answer: Answer | undefined;
  isActive: boolean;
  /** What the answer in the making depends on. */
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
  readonly #about = new Map<object, Question>();
  readonly #named = new Map<object, Map<string, Question>>();
  /** From the outermost to the one that is being answered. */
  readonly #active: Question[] = [];
  #spent = 0;

  constructor(store: ValueStore) {
    this.#store = store;
    store.onRead = set => {
      const question = this.#active.at(-1);
      if (question) ground(question, set, { set, size: set.size });
    };
  }

  /** @param of what is asked about. @param name what is asked of it. */
  once(of: object, name: string, compute: () => readonly Value[]): readonly Value[] {
    const question = this.#question(of, name);
    const outer = this.#active.at(-1);
    this.#store.work += 1;
    const known = question.answer;
    if (known && this.#holds(known)) {
      this.#tell(known);
      if (outer && known.readers) ground(outer, known, { answer: known });
      return known.values;
    }
    if (!outer) this.#spent = 0;
    this.#spent += 1;
    if (question.isActive || this.#spent > budget || this.#active.length > maximumDepth) {
      if (outer) cut(outer, question.isActive ? question : this);
      return nothing;
    }
    return this.#answer(question, outer, compute);
  }

  #answer(
    question: Question,
    outer: Question | undefined,
    compute: () => readonly Value[],
  ): readonly Value[] {
    this.#active.push(question);
    question.isActive = true;
    let values: readonly Value[];
    try {
      values = limited(compute());
    } finally {
      question.isActive = false;
      this.#active.pop();
    }
    const { grounds, cut: open } = question;
    question.grounds = undefined;
    question.cut = undefined;
    open?.delete(question);
    if (open?.size && outer) {
      for (const [from, each] of grounds ?? []) ground(outer, from, each);
      for (const each of open) cut(outer, each);
    } else this.#remember(question, outer, values, grounds);
    return values;
  }

  #remember(
    question: Question,
    outer: Question | undefined,
    values: readonly Value[],
    grounds: ReadonlyMap<object, Ground> | undefined,
  ): void {
    const { growth, reader } = this.#store;
    this.#store.work += (grounds?.size ?? 0) + values.length;
    const answer: Answer = {
      values,
      grounds: grounds ? [...grounds.values()] : nothing,
      readers: grounds && new Set(reader ? [reader] : nothing),
      checkedAt: growth,
      holds: true,
    };
    question.answer = answer;
    if (outer && grounds) ground(outer, answer, { answer });
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

  #question(of: object, name: string): Question {
    if (name === '') return entry(this.#about, of, unasked);
    return entry(entry(this.#named, of, newMap), name, unasked);
  }
}

function unasked(): Question {
  return { answer: undefined, isActive: false, grounds: undefined, cut: undefined };
}

function newMap(): Map<string, Question> {
  return new Map();
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
