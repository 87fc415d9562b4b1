// `npm run docs` writes the choices of the setting lambdaLens.rules.severity in package.json from the rules, and the
// README's tables of commands and settings from package.json, between the markers <!-- commands --> and
// <!-- settings -->.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rules } from '../analyzer/rules/index.ts';
import { rulePageOf } from '../model/rulePages.ts';
import { ruleSeveritySetting, severityChoices } from '../model/ruleSeverities.ts';
import { commands } from '../vscode/contributions.ts';

const root = join(import.meta.dirname, '..', '..');

interface Command {
  readonly command: string;
  readonly title: string;
}

interface Setting {
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly properties?: unknown;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

/** The text of package.json with what the setting for the severities of rules offers. */
export function renderManifest(text: string): string {
  const manifest = JSON.parse(text) as Manifest;
  const configuration = manifest.contributes.configuration.map(group => ({
    ...group,
    properties: Object.fromEntries(
      Object.entries(group.properties).map(([name, setting]) => [
        name,
        name === ruleSeveritySetting ? { ...setting, properties: severityProperties() } : setting,
      ]),
    ),
  }));
  const contributes = { ...manifest.contributes, configuration };
  return `${JSON.stringify({ ...manifest, contributes }, undefined, 2)}\n`;
}

function severityProperties() {
  return Object.fromEntries(
    rules.map(({ name, severity, title }) => [
      name,
      {
        type: 'string',
        enum: severityChoices,
        markdownDescription: `${title}. By default: ${severity}. [About this rule](${rulePageOf(name)})`,
      },
    ]),
  );
}

/** The README with its tables as `manifest` has them. Throws where a marker is missing. */
export function renderReadme(readme: string, manifest: Manifest): string {
  const withCommands = between(readme, 'commands', commandTable(manifest));
  return between(withCommands, 'settings', settingTable(manifest));
}

function between(text: string, marker: string, table: string): string {
  const pattern = new RegExp(`(<!-- ${marker} -->\n)[\\s\\S]*?(<!-- /${marker} -->)`);
  if (!pattern.test(text)) throw new Error(`README.md has no marker <!-- ${marker} -->.`);
  return text.replace(pattern, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}

function commandTable({ contributes }: Manifest): string {
  const rows = contributes.commands.map(({ command, title }) => {
    const places = placesOf(command, contributes.menus).join(', ');
    return `| ${title} | ${commands[command as keyof typeof commands] ?? ''} | ${places} |`;
  });
  return ['| Command | What it does | Where |', '| --- | --- | --- |', ...rows].join('\n');
}

const menuNames: Readonly<Record<string, string>> = {
  'view/title': "the view's title",
  'view/item/context': 'a function in the view',
  'editor/context': "the editor's context menu",
  'editor/title': "the editor's title",
  'explorer/context': 'a file in the Explorer',
};

function placesOf(command: string, menus: Manifest['contributes']['menus']): string[] {
  const hidden = menus.commandPalette?.some(item => item.command === command && item.when === 'false');
  const places = Object.entries(menus)
    .filter(([menu, items]) => menu !== 'commandPalette' && items.some(item => item.command === command))
    .map(([menu]) => menuNames[menu] ?? `\`${menu}\``);
  return hidden ? places : ['palette', ...places];
}

function settingTable({ contributes }: Manifest): string {
  const rows = contributes.configuration
    .flatMap(({ properties }) => Object.entries(properties))
    .map(([name, setting]) => `| \`${name}\` | ${valueText(setting.default)} | ${settingText(setting)} |`);
  return ['| Setting | Default | What it does |', '| --- | --- | --- |', ...rows].join('\n');
}

function settingText({ markdownDescription, enum: values = [], enumDescriptions = [] }: Setting): string {
  const choices = values.map((value, index) => `\`${value}\`: ${enumDescriptions[index] ?? ''}`);
  // `#name#` is how a setting's description links to another setting in the settings editor.
  return [markdownDescription.replaceAll(/`#([\w.]+)#`/g, '`$1`'), ...choices].join('<br>');
}

function valueText(value: unknown): string {
  return value === '' ? 'empty' : `\`${JSON.stringify(value)}\``;
}

if (import.meta.main) {
  const file = join(root, 'README.md');
  const manifestFile = join(root, 'package.json');
  const text = renderManifest(await readFile(manifestFile, 'utf8'));
  await writeFile(manifestFile, text);
  const manifest = JSON.parse(text) as Manifest;
  await writeFile(file, renderReadme(await readFile(file, 'utf8'), manifest));
}
