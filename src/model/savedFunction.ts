/** What has become of a function whose sources were saved. */
export interface SavedFunction {
  readonly functionName: string;
  /** Why it does not build, so that `$LATEST` stays what was built last; absent where it does. */
  readonly failure?: {
    readonly message: string;
    /** A line for each place, in the form of a stack. */
    readonly trace: readonly string[];
  };
}
