/** What Lambda's service model says of the inputs of its operations, beyond their types. */
export interface ModelConstraints {
  /** Where it comes from, and under which licence. */
  readonly notice: string;
  /** Operation to the shape of its input. */
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, ShapeConstraints>>;
}

/** Shapes are referred to by name; one that says nothing is left out. */
export interface ShapeConstraints {
  /** Members of a structure that must be there. */
  readonly required?: readonly string[];
  /** Of a structure, those that have constraints. */
  readonly members?: Readonly<Record<string, string>>;
  /** Of a list. */
  readonly member?: string;
  /** Of a map. */
  readonly key?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  /** A number's value; the length of anything else. */
  readonly min?: number;
  readonly max?: number;
  /** As the model writes it, for the whole of a string. */
  readonly pattern?: string;
}
