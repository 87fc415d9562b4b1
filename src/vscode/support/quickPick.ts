import * as vscode from 'vscode';

/** What was chosen, or else which button of what. */
export interface Picked<Item extends vscode.QuickPickItem> {
  readonly item: Item;
  readonly button?: vscode.QuickInputButton;
}

/** As `showQuickPick`, for items with buttons. Undefined when the user turns away. */
export function pickOrPress<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: { readonly title: string; readonly placeholder: string },
): Promise<Picked<Item> | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.items = items;
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  return new Promise(resolve => {
    const listeners = vscode.Disposable.from(
      pick.onDidAccept(() => end(pick.selectedItems[0] && { item: pick.selectedItems[0] })),
      pick.onDidTriggerItemButton(pressed => end(pressed)),
      pick.onDidHide(() => end(undefined)),
    );
    const end = (picked: Picked<Item> | undefined) => {
      resolve(picked);
      listeners.dispose();
      pick.dispose();
    };
    pick.show();
  });
}
