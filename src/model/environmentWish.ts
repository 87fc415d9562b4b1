/** Which execution environment an invocation shall run in, where it is not just any. */
export type EnvironmentWish =
  /** A new one: a cold start. */
  | { readonly kind: 'fresh' }
  /** One whose processes wait for a debugger before they load the function's code. */
  | {
      readonly kind: 'debug';
      /** Whatever the client calls itself; told with the port. */
      readonly client: string;
      /** Where the debugger comes in; 0: the system chooses. */
      readonly port: number;
    };

/** The header of an Invoke request that carries a wish, as JSON; AWS ignores it. */
export const environmentHeader = 'x-lambda-lens-environment';
