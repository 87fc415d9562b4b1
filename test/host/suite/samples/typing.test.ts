import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { fileUri, hintsOf } from '../../support/inHost.ts';
import { createOwnHints, type HintAnswer, type OwnHints } from '../../support/ownHints.ts';

/** Every line that has a hint says which in a comment. */
const marked = `import { S3Client } from '@aws-sdk/client-s3'; // > once per environment
import type { Handler } from 'aws-lambda';

const s3 = new S3Client({}); // > client reused
let settings: unknown;

export const handler: Handler = async event => { // > every invocation
  settings ??= load(); // > once, on first use
  const own = new S3Client({}); // > new client every invocation
  return [s3, own, first(event), second(event)];
};

function first(event: unknown) {
  return event;
}

function second(event: unknown) {
  return event;
}

function load() { // > once, on first use
  return {};
}
`;
const everyHint = [...marked.matchAll(/\/\/ > (.*)/g)].map(([, label]) => label).sort();

/** Thirty characters a second. */
const keyMs = 1000 / 30;

suite('typing at 30 characters a second', () => {
  const uri = () => fileUri('src/typed.ts');
  let editor: vscode.TextEditor;
  let own: OwnHints;
  let listener: vscode.Disposable;
  /**
   * Asked at every key, as VS Code itself asks less often. What is asked right before a line moves is answered
   * when it has moved, unless the answer is withdrawn; a question right after would withdraw it anyway.
   */
  let asks: 'before' | 'after' = 'after';

  suiteSetup(async () => {
    await vscode.workspace.fs.writeFile(uri(), new TextEncoder().encode(marked));
    editor = await vscode.window.showTextDocument(uri());
    await closeNothing(true);
    own = await createOwnHints({
      selector: { language: 'typescript', pattern: uri().fsPath },
      // As in a file of a thousand lines on a slow machine: most answers come when the next key has been pressed.
      answerDelayMs: 25,
    });
    assert.deepEqual(labelsOf(await own.ask(editor.document)), everyHint);
    listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document === editor.document && contentChanges.length > 0 && asks === 'after')
        void own.ask(document);
    });
  });
  suiteTeardown(async () => {
    listener?.dispose();
    own?.dispose();
    await closeNothing(undefined);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri());
  });

  const putCaret = (after: string) => {
    const { document } = editor;
    const place = document.positionAt(document.getText().indexOf(after) + after.length);
    editor.selection = new vscode.Selection(place, place);
  };
  /** A backspace deletes to the left. */
  const type = async (text: string) => {
    for (const [index, character] of [...text].entries()) {
      const nextKey = delay(keyMs);
      const movesLines = character === '\n' || (character === '\b' && index % 2 === 0);
      asks = movesLines ? 'before' : 'after';
      if (asks === 'before') void own.ask(editor.document);
      if (character === '\b') await vscode.commands.executeCommand('deleteLeft');
      else await vscode.commands.executeCommand('type', { text: character });
      await nextKey;
    }
  };

  /** Checks every answer that comes while a text is typed, and the one to what it ends in. */
  const check = (title: string, after: string, text: string) =>
    test(title, async () => {
      const from = own.answers.length;
      putCaret(after);
      await type(text);
      const last = await until('an answer to all that was typed', () => own.ask(editor.document));
      const answers = own.answers.slice(from);
      assert.ok(answers.length > text.length / 10, `${answers.length} answers to ${text.length} keys`);
      for (const answer of answers) assert.deepEqual(misplaced(answer), [], answer.text);
      assert.deepEqual(labelsOf(last), everyHint);
    });

  check('lines above everything', '', 'const a = 1;\nconst b = [a];\n\n');
  check(
    'half a statement at a time, in the handler',
    '// > new client every invocation',
    '\nconst text = `a ` + event.b;\nif (text) {\nconsole.log(text);\n}',
  );
  check(
    'a function between others',
    'function first(event: unknown) {\n  return event;\n}',
    '\n\nfunction between(x: number) {\nreturn x + 1;\n}',
  );
  const broken = 'const broken = [(1 + 2) * { a: (3';
  check('brackets that nothing closes', "'aws-lambda';", `\n${broken}`);
  check('and deleting them key by key', broken, '\b'.repeat(broken.length + 1));
  check('a line that is broken in two, and joined', 'let settings: unknown;', '\n\n\n\b\b\b');
  check('a string that nothing closes', '  return {', " s: 'open");

  test('leaves the same hints to VS Code', async () => {
    const labels = await until('the hints', async () => {
      const hints = (await hintsOf(editor.document)).map(hint => hint.slice(hint.lastIndexOf(' → ') + 3));
      // Both providers have told them.
      return hints.length === 2 * everyHint.length && hints;
    });
    assert.deepEqual([...new Set(labels)].sort(), [...new Set(everyHint)]);
  });
});

/** The brackets and quotes that VS Code would close by itself stay open. */
async function closeNothing(isOn: true | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('editor');
  for (const name of ['autoClosingBrackets', 'autoClosingQuotes'])
    await configuration.update(name, isOn && 'never', vscode.ConfigurationTarget.Global);
}

function labelsOf(answer: HintAnswer | undefined): readonly string[] {
  return (answer?.hints ?? []).map(({ label }) => String(label)).sort();
}

/** The hints that do not stand behind a line that asks for them. */
function misplaced({ version, text, hints }: HintAnswer): readonly string[] {
  const lines = text.split('\n');
  return hints.flatMap(({ position: { line, character }, label }) => {
    const shown = lines[line];
    const isRight = shown?.endsWith(`// > ${label}`) && character === shown.length;
    return isRight ? [] : [`version ${version}, ${line + 1}:${character + 1}: ${label} at "${shown}"`];
  });
}
