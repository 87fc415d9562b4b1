import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf, UserError } from '../shared/errors.ts';

/**
 * `util.parseArgs`, whose complaints become messages for the user.
 *
 * @param command for the hint where to read more.
 * @throws UserError
 */
export function parseCommandLine<Config extends ParseArgsConfig>(
  command: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [complaint] = messageOf(error).split('. ');
    throw new UserError(`${complaint?.replace(/\.$/, '')}. See lambda-lens ${command} --help.`, {
      cause: error,
    });
  }
}

/** @throws UserError unless the value is one of those listed. */
export function oneOf<const Value extends string>(
  option: string,
  value: string,
  values: readonly Value[],
): Value {
  const found = values.find(candidate => candidate === value);
  if (found === undefined) {
    throw new UserError(`--${option} must be one of ${values.join(', ')}, not '${value}'.`);
  }
  return found;
}
