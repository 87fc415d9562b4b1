/** How the framework writes the key of a function in logical ids. https://www.serverless.com/framework/docs/providers/aws/guide/resources */
export function normalized(key: string): string {
  const letters = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

/** As above, for names that may hold anything. */
export function alphanumeric(name: string): string {
  const letters = name.replace(/[^0-9A-Za-z]/g, '');
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

export function functionId(key: string): string {
  return `${normalized(key)}LambdaFunction`;
}
