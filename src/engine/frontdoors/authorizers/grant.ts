import type { Json } from '../../../model/resource.ts';

/** What made the gateway let a request through; it becomes `requestContext.authorizer` and `identity`. */
export type Grant =
  | { readonly kind: 'open' }
  /** A Lambda authorizer: what it answered as its context, and of whom it spoke. */
  | {
      readonly kind: 'lambda';
      readonly principalId?: string;
      readonly context: Readonly<Record<string, Json>>;
      readonly latencyMs: number;
    }
  | {
      readonly kind: 'jwt';
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  | { readonly kind: 'cognito'; readonly claims: Readonly<Record<string, string>> }
  | { readonly kind: 'iam'; readonly caller: IamCaller };

export interface IamCaller {
  readonly accessKey: string;
  readonly accountId: string;
  readonly userId: string;
  readonly userArn: string;
}
