import type { DocNode } from '../document/sourceDocument.ts';
import type { Value } from '../intrinsics/value.ts';
import type { ProjectSettings } from '../settings.ts';

/** What a template is deployed with, and what it cannot know of itself. */
export interface TemplateInputs {
  readonly settings: ProjectSettings;
  readonly stackName: string;
  /** The value given to a parameter from outside; it goes before the default. */
  parameter(name: string): Value | undefined;
  /** An output of a nested stack; undefined when the resource is none. */
  output(logicalId: string, name: string, place: DocNode): Value | undefined;
  /** The resource that a dotted name of SAM's stands for: `Orders.Alias` for `OrdersAliaslive`. */
  generated(name: string): string | undefined;
}

/** A resource as it is written, before its properties are evaluated. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** The logical id where it is written; what "defined here" points to. */
  readonly place: DocNode;
  readonly node: DocNode;
}
