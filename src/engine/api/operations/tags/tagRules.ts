import type { Catalog } from '../../../versions/catalog.ts';
import { invalid, type Refused } from '../../../versions/errors.ts';

/** The tags of a function: the template's, until the API has set others. */
export function tagsOf(
  { settings, workspace }: Catalog,
  functionName: string,
): Readonly<Record<string, string>> {
  return settings.get(functionName, 'tags') ?? workspace.definition(functionName)?.tags ?? {};
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html#configuration-tags-restrictions */
export function tagsRefusal(tags: Readonly<Record<string, string>>): Refused | undefined {
  const names = Object.keys(tags);
  if (names.length > 50) return invalid('Number of tags exceeds resource tag limit.');
  const reserved = names.find(name => /^aws:/i.test(name));
  if (reserved !== undefined) return invalid(`Tag keys cannot begin with "aws:": ${reserved}`);
  const wrong = names.find(name => name.length > 128 || name === '' || (tags[name] ?? '').length > 256);
  return wrong === undefined
    ? undefined
    : invalid(
        `The tag ${wrong.slice(0, 128)} is too long: keys have 1 to 128 characters, values at most 256.`,
      );
}
