import * as vscode from 'vscode';
import { eventsFolder, savedEventsAmong } from '../../events/saved/places.ts';

/** A saved event with what is expected of its invocation. */
export interface SavedTest {
  readonly folder: vscode.WorkspaceFolder;
  readonly functionName: string;
  readonly name: string;
  readonly event: vscode.Uri;
  readonly expectation: vscode.Uri;
}

/** Every file that a test may consist of: a pattern below a workspace folder. */
export const testFiles = [...eventsFolder, '*', '*.json'].join('/');

/** The tests of a workspace folder: by function, then by name. */
export async function findSavedTests(folder: vscode.WorkspaceFolder): Promise<readonly SavedTest[]> {
  // Nothing is excluded: what somebody hides in the Explorer is a test all the same.
  const files = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, testFiles), null);
  const byDirectory = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/')));
  const directories = [...byDirectory].sort(([a], [b]) => a.localeCompare(b));
  return directories.flatMap(([directory, uris]) => {
    const functionName = baseName(directory);
    return savedEventsAmong(uris.map(({ path }) => baseName(path))).flatMap(
      ({ name, file, expectationFile }): SavedTest[] => {
        if (expectationFile === undefined) return [];
        const uri = (of: string) => folder.uri.with({ path: `${directory}/${of}` });
        return [{ folder, functionName, name, event: uri(file), expectation: uri(expectationFile) }];
      },
    );
  });
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
