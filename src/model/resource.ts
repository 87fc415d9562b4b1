import type { SourceRange } from './source.ts';

/** What every resource of a project has, whichever dialect defines it. */
export interface ResourceDefinition {
  /** CloudFormation's logical id, or the address of another dialect; unique in its stack. */
  readonly logicalId: string;
  /** The stack that it belongs to: see StackDefinition.id. */
  readonly stackId: string;
  /** Where it is defined; for what SAM creates of its own accord, what made SAM create it. */
  readonly definedAt: SourceRange;
  /** Present where nobody wrote the resource: SAM, or the Serverless Framework, adds it. */
  readonly implicit?: true;
  /** Where single facts are written, by the name of the member, for example `batchSize`. */
  readonly ranges?: Readonly<Record<string, SourceRange>>;
}

/** A resource that others name by its ARN. */
export interface NamedResource extends ResourceDefinition {
  /** The literal name, else the logical id in a form that the service accepts. */
  readonly name: string;
  readonly arn: string;
}

/** Plain data that is handed on as it is: event patterns, inputs, filter policies. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One deployable unit. */
export interface StackDefinition {
  /** Unique in a project: the template's path below the root, followed by `/` and a logical id for each nesting. */
  readonly id: string;
  /** What AWS::StackName comes to. */
  readonly name: string;
  readonly dialect: 'sam' | 'cloudformation' | 'serverless' | 'cdk' | 'terraform' | 'convention';
  /** Absolute path of the file that defines it. */
  readonly file: string;
  /** The stack that this one is nested in. */
  readonly parentId?: string;
}
