/** Where the page of a rule is: why it is one, examples, and what it does not see. */
export function rulePageOf(rule: string): string {
  return `https://github.com/lambda-lens/lambda-lens/blob/main/docs/rules/${rule}.md`;
}
