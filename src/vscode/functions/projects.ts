import * as vscode from 'vscode';
import type { Projects, Services } from '../services.ts';
import { FolderProject } from './folderProject.ts';

/** Reads each workspace folder in the worker, and again when something that it was read from changes. */
export function createProjects(services: Pick<Services, 'analyzer' | 'log'>): Projects & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const sourcesChanged = new vscode.EventEmitter<void>();
  const folders = new Map<string, FolderProject>();

  const open = (folder: vscode.WorkspaceFolder): FolderProject => {
    const key = folder.uri.toString();
    const known = folders.get(key);
    if (known) return known;
    const project = new FolderProject(folder, services, {
      changed: () => changed.fire(),
      sourcesChanged: () => sourcesChanged.fire(),
    });
    folders.set(key, project);
    return project;
  };

  const foldersListener = vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
    for (const folder of removed) {
      folders.get(folder.uri.toString())?.dispose();
      folders.delete(folder.uri.toString());
    }
    changed.fire();
  });

  return {
    onDidChange: changed.event,
    onDidChangeSources: sourcesChanged.event,
    current: folder => folders.get(folder.uri.toString())?.current?.model,
    load: async folder => (await open(folder).load()).model,
    currentPlaces: document => {
      const folder = vscode.workspace.getWorkspaceFolder(document.uri);
      return folder && folders.get(folder.uri.toString())?.placesOf(document);
    },
    readPlaces: async document => {
      const folder = vscode.workspace.getWorkspaceFolder(document.uri);
      return folder && open(folder).readWith(document);
    },
    refresh: async () => {
      await Promise.all((vscode.workspace.workspaceFolders ?? []).map(folder => open(folder).readAll()));
    },
    dispose: () => {
      foldersListener.dispose();
      for (const project of folders.values()) project.dispose();
      changed.dispose();
      sourcesChanged.dispose();
    },
  };
}
