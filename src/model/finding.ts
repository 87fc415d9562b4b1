/** How much a finding matters, as VS Code's diagnostics have it. */
export type Severity = 'hint' | 'info' | 'warning' | 'error';

/** By the name of a rule, what goes before the rule's own severity. */
export type RuleSeverities = Readonly<Record<string, Severity | 'off'>>;

/** Something that costs or breaks code on Lambda. Lines and columns count from 1, columns in UTF-16 units, ends are exclusive. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Whether it has a fix that keeps what the code does, so that nobody needs to look at it. */
  readonly fixable: boolean;
  readonly fix?: Fix;
  readonly tag?: FindingTag;
  /** The calls that lead to the code, from the handler on; absent for code of the handler itself. */
  readonly calls?: readonly CallPlace[];
  /** Absent where a comment above the line would be no comment, as within a text over several lines. */
  readonly suppression?: Suppression;
}

/** What to insert to keep a finding quiet; between `before` and `after` goes the reason. */
export interface Suppression {
  /** An offset into the text as it was analysed. */
  readonly at: number;
  readonly before: string;
  readonly after: string;
  /** False: a comment with a reason is there already. */
  readonly needsReason: boolean;
}

/** The code does nothing, or what it uses is about to go. */
export type FindingTag = 'unnecessary' | 'deprecated';

/** A call on the way to a finding. */
export interface CallPlace {
  /** The names of the function that calls, and of the one that is called. */
  readonly from: string;
  readonly to: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Edits of the file that the finding is in, which do not overlap; offsets are of its text as it was analysed. */
export interface Fix {
  /** What it does, for a menu. */
  readonly title: string;
  /** The code does the same afterwards, but for what the finding is about. */
  readonly isSafe: boolean;
  readonly edits: readonly TextEdit[];
}

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A rule as lists of rules show it. */
export interface RuleInfo {
  readonly name: string;
  readonly severity: Severity;
  /** One sentence without a full stop. */
  readonly title: string;
}
