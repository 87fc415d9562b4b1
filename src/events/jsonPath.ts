/** The path of a member, as in JSONPath: `$.items[0]["a b"]`. */
export function memberPath(path: string, name: string): string {
  return /^[\p{L}_][\p{L}\d_]*$/u.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}
