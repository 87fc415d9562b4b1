import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What Lambda's runtimes of Node.js contain. */
const scopes = ['@aws-sdk', '@smithy'];

/**
 * A folder of packages with the AWS SDK that the workspace has, and nothing else: uploaded code finds the SDK as in
 * Lambda's runtime, and none of the workspace's other packages.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
 *
 * @param directory of the engine's own
 * @returns nothing where the workspace has no SDK.
 */
export function linkSdk(root: string, directory: string): readonly string[] {
  const packages = packagesAbove(root);
  const folder = join(directory, 'node_modules');
  rmSync(folder, { recursive: true, force: true });
  if (packages === undefined) return [];
  mkdirSync(folder, { recursive: true });
  for (const scope of scopes) {
    const target = join(packages, scope);
    if (existsSync(target)) symlinkSync(target, join(folder, scope), 'junction');
  }
  return [folder];
}

function packagesAbove(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    if (existsSync(join(packages, '@aws-sdk'))) return packages;
    if (dirname(folder) === folder) return undefined;
  }
}
