// `npm run docs` writes the README's tables of commands and settings from package.json, between the markers
// <!-- commands --> and <!-- settings -->.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
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
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  await writeFile(file, renderReadme(await readFile(file, 'utf8'), manifest));
}
