/** The text as Markdown shows it unchanged, in a cell of a table too. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>$~&]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
