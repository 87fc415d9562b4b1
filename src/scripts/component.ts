/** A piece of software of others that a .vsix contains. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** An SPDX identifier. */
  readonly licence: string;
  /** The licence's text, with the copyright notice, and a NOTICE file's where there is one. */
  readonly text: string;
}
