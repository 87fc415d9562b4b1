import type { RuleSeverities, Severity } from './finding.ts';

/** The setting that the editor and the command line read. */
export const ruleSeveritySetting = 'lambdaLens.rules.severity';

export const severityChoices = ['off', 'hint', 'info', 'warning', 'error'] as const satisfies readonly (
  | Severity
  | 'off'
)[];

/** What the setting says, and in words what of it cannot be understood and has no effect. */
export function ruleSeveritiesOf(value: unknown): {
  readonly severities: RuleSeverities;
  readonly problems: readonly string[];
} {
  if (value === undefined) return { severities: {}, problems: [] };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { severities: {}, problems: [`${ruleSeveritySetting} must be an object of rules and severities`] };
  }
  const severities: Record<string, Severity | 'off'> = {};
  const problems: string[] = [];
  for (const [rule, given] of Object.entries(value)) {
    const severity = severityChoices.find(choice => choice === given);
    if (severity) severities[rule] = severity;
    else
      problems.push(
        `${JSON.stringify(given)} is no severity for ${rule}: give ${severityChoices.join(', ')}`,
      );
  }
  return { severities, problems };
}
