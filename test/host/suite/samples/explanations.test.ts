import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { openFile } from '../../support/inHost.ts';

/** Where `marked`, without its `|`, stands in the document, at the `|`. */
function placeOf(document: vscode.TextDocument, marked: string): vscode.Position {
  const offset = document.getText().indexOf(marked.replace('|', ''));
  assert.ok(offset >= 0, `the file no longer contains ${marked}`);
  return document.positionAt(offset + marked.indexOf('|'));
}

/** The hovers at a place in the order in which they are shown, each as its Markdown. */
async function hoversAt(document: vscode.TextDocument, marked: string): Promise<readonly string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    placeOf(document, marked),
  );
  return hovers.map(({ contents }) =>
    contents.map(content => (typeof content === 'string' ? content : content.value)).join('\n'),
  );
}

const isOurs = (hover: string) => hover.startsWith('λ ');

suite('hovers', () => {
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const check = (title: string, marked: string, expected: RegExp, file = 'src/orders.ts') =>
    test(title, async () => {
      const { document } = await openFile(file);
      const ours = (await hoversAt(document, marked)).filter(isOurs);
      assert.equal(ours.length, 1);
      assert.match(ours[0] ?? '', expected);
    });

  check(
    'say that Lambda calls the handler on every invocation',
    '|handler = async',
    /\*\*Every invocation\*\*\n\nInvoke → \[handler\]\(file:\S+orders\.ts#L13%2C14 "src\/orders\.ts:13"\)$/,
  );
  check(
    'link the calls that lead to a statement',
    'const orderId = |randomUUID',
    /\*\*Every invocation\*\*\n\nInvoke → \[handler\]\(\S+ "src\/orders\.ts:18"\) → \[placeOrder\]\(\S+ "src\/orders\.ts:37"\)$/,
  );
  check(
    'link them through other files',
    'price|Of(',
    /\n\nInvoke → \[handler\]\(\S+ "src\/orders\.ts:16"\) → \[quote\]\(.+\) → \[priceOf\]\(\S+ "src\/lib\/prices\.ts:37"\)$/,
    'src/lib/prices.ts',
  );
  check(
    'say who loads a module',
    '|const prices =',
    /\*\*Once per environment\*\*.*\n\nInit → \[orders\\\.ts\]\(.+\) → \[prices\\\.ts\]/,
    'src/lib/prices.ts',
  );
  check('say that a client is reused', 'queue = new |SQSClient({})', /\*\*Client reused\*\*: `SQSClient`/);
  check(
    'say that a client is not, and what it would be outside of the handler',
    'new |SQSClient({})',
    /\*\*New client every invocation\*\*: .*`SQSClient`/,
    'src/fulfilment.ts',
  );
  check(
    'say what keeps code from running again',
    'order.customer.|endsWith',
    /on the first invocation that gets here\n\nUntil \[discount\]\(\S+ "src\/orders\.ts:33"\) is set/,
  );

  test('are not on every word', async () => {
    const { document } = await openFile('src/orders.ts');
    for (const marked of [
      "'POST /|orders'",
      'return quote(|event)',
      'let discount: |number',
      '// Meant to |spare',
    ])
      assert.deepEqual((await hoversAt(document, marked)).filter(isOurs), [], marked);
  });

  test('are not in files that no handler reaches, nor in other languages', async () => {
    const { document } = await openFile('template.yaml');
    assert.deepEqual((await hoversAt(document, '|Resources:')).filter(isOurs), []);
  });

  test('can be switched off', async () => {
    const { document } = await openFile('src/orders.ts');
    const configuration = vscode.workspace.getConfiguration('lambdaLens');
    await configuration.update('hints.hover', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual((await hoversAt(document, 'async function |placeOrder')).filter(isOurs), []);
    } finally {
      await configuration.update('hints.hover', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

suite('lenses over handlers', () => {
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Each as the line below it, an arrow, and its title. */
  const lensesOf = async ({ document }: vscode.TextEditor): Promise<readonly string[]> => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    return lenses
      .filter(({ command }) => command?.command.startsWith('lambdaLens.'))
      .map(
        ({ range, command }) => `${document.lineAt(range.start.line).text.slice(0, 24)} → ${command?.title}`,
      );
  };

  test('tell which function it is, how much runs when, and run it', async () => {
    const editor = await openFile('src/orders.ts');
    const lenses = await until('the name of the function', async () => {
      const all = await lensesOf(editor);
      return all[0]?.includes('orders-api') && all;
    });
    assert.match(
      lenses[0] ?? '',
      /^export const handler = a → λ orders-api · \d+ statements once per environment · \d+ on every invocation$/,
    );
    assert.deepEqual(lenses.slice(1), [
      'export const handler = a → $(play) Invoke',
      'export const handler = a → Debug',
    ]);
  });

  test('are over handlers only', async () => {
    assert.deepEqual(await lensesOf(await openFile('src/lib/prices.ts')), []);
  });

  test('can be switched off', async () => {
    const editor = await openFile('src/orders.ts');
    const configuration = vscode.workspace.getConfiguration('lambdaLens');
    await configuration.update('hints.codeLens', false, vscode.ConfigurationTarget.Global);
    try {
      await until('no lenses', async () => (await lensesOf(editor)).length === 0);
    } finally {
      await configuration.update('hints.codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
