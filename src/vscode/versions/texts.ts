// What the tree says of versions and aliases in few words.
import type { AliasRouting, FunctionAlias } from '../../model/target.ts';

/** `v7`, as versions are called in few words; `$LATEST` has its name. */
export function versionLabel(version: string): string {
  return version === '$LATEST' ? version : `v${version}`;
}

/** `v7`, or `v7 90% · v8 10%`. */
export function routingText({ version, additional }: AliasRouting): string {
  if (!additional) return versionLabel(version);
  const share = Math.round(additional.weight * 10_000) / 100;
  const rest = Math.round((100 - share) * 100) / 100;
  return `${versionLabel(version)} ${rest}% · ${versionLabel(additional.version)} ${share}%`;
}

/** The share of an alias's traffic that goes to a version: 0 to 1. */
export function shareOf(version: string, { version: main, additional }: AliasRouting): number {
  const weight = additional?.weight ?? 0;
  return (version === main ? 1 - weight : 0) + (version === additional?.version ? weight : 0);
}

export function isSameRouting(a: AliasRouting, b: AliasRouting): boolean {
  return (
    a.version === b.version &&
    a.additional?.version === b.additional?.version &&
    a.additional?.weight === b.additional?.weight
  );
}

/** Every alias that sends something to the version. */
export function aliasesTo(version: string, aliases: readonly FunctionAlias[]): readonly FunctionAlias[] {
  return aliases.filter(alias => alias.version === version || alias.additional?.version === version);
}

/** `850 B`, `1.2 KB`, `3.4 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const isSmall = bytes < 1_000_000;
  const value = bytes / (isSmall ? 1000 : 1_000_000);
  return `${value.toFixed(value < 10 ? 1 : 0)} ${isSmall ? 'KB' : 'MB'}`;
}

/** How long ago something was, in the editor's language: `2 hours ago`, `3 hr. ago`. */
export function ageText(at: number, now: number, language: string, style: 'long' | 'narrow'): string {
  const seconds = Math.min(0, Math.round((at - now) / 1000));
  const [size, unit] = units.find(([limit]) => -seconds >= limit) ?? [1, 'second'];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto', style }).format(
    Math.trunc(seconds / size),
    unit,
  );
}

const units: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [31_536_000, 'year'],
  [2_592_000, 'month'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];

/** Why this cannot be the name of an alias; undefined where it can. https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export function aliasNameFault(name: string): 'empty' | 'long' | 'number' | 'characters' | undefined {
  if (name === '') return 'empty';
  if (name.length > 128) return 'long';
  if (/^[0-9]+$/.test(name)) return 'number';
  return /^[a-zA-Z0-9_-]+$/.test(name) ? undefined : 'characters';
}

/** The number of percent that somebody has written, for example `12.5 %`; undefined for none from 0 to 100. */
export function percentOf(text: string): number | undefined {
  const match = /^\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*%?\s*$/.exec(text);
  const percent = Number(match?.[1]?.replace(',', '.'));
  return match && percent <= 100 ? percent : undefined;
}
