// dist/versions.js: the part of the Functions view that is about versions and aliases, and what can be done with
// them. The extension requires it when a function is first opened in the view, or an action is run.
import * as vscode from 'vscode';
import type { FunctionsNode } from '../functions/nodes.ts';
import { hintSelector } from '../hints/candidates.ts';
import type { ActionServices, Given } from './actions/action.ts';
import { createAlias, pointAlias } from './actions/aliases.ts';
import { compareVersions } from './actions/compare.ts';
import { invokeDeployed as runDeployed } from './actions/invokeDeployed.ts';
import { promoteAlias, rollBackAlias } from './actions/promote.ts';
import { publishVersion } from './actions/publish.ts';
import { copyArn, invokeQualifier } from './actions/qualifiers.ts';
import { remove } from './actions/remove.ts';
import { selectTarget as choose } from './actions/selectTarget.ts';
import { shiftTraffic } from './actions/shift.ts';
import { setUpStages } from './actions/stages.ts';
import { AliasHistory } from './aliasHistory.ts';
import { dragAliases, dropAliases } from './dragAndDrop.ts';
import { FunctionStates } from './functionStates.ts';
import { toVersionItem, versionTooltip } from './items.ts';
import { AliasCodeLenses } from './lenses.ts';
import type { VersionsServices } from './services.ts';
import { AliasTraffic } from './traffic.ts';
import { VersionsTree } from './tree.ts';
import { VersionFiles } from './versionFiles.ts';

/** See {@link choose}. */
export function selectTarget(...given: Parameters<typeof choose>): ReturnType<typeof choose> {
  return choose(...given);
}

/** See {@link runDeployed}. */
export function invokeDeployed(...given: Parameters<typeof runDeployed>): ReturnType<typeof runDeployed> {
  return runDeployed(...given);
}

/** What the extension has of this bundle. */
export type Versions = ReturnType<typeof createVersions>;

type Nodes = readonly FunctionsNode[] | undefined;

export function createVersions(given: VersionsServices) {
  const history = new AliasHistory(given.state, () => Date.now());
  const states = new FunctionStates(given.targets, history);
  const files = new VersionFiles(given.targets);
  const tree = new VersionsTree(states, given);
  const traffic = new AliasTraffic(states, given.targets, reference => states.tellSoon(reference));
  const services: ActionServices & { readonly files: VersionFiles } = { ...given, states, history, files };
  const lenses = new AliasCodeLenses(given, states);
  const owned = vscode.Disposable.from(
    states,
    tree,
    traffic,
    lenses,
    vscode.languages.registerCodeLensProvider(hintSelector, lenses),
  );
  return {
    tree,
    item: (node: FunctionsNode) => toVersionItem(node, { tree, traffic }),
    tooltip: (node: FunctionsNode) => versionTooltip(node, { tree, traffic }),
    bytesOf: (uri: vscode.Uri) => files.bytesOf(uri),
    drag: dragAliases,
    drop: dropAliases,
    /** By the names of the commands. */
    actions: {
      publishVersion: (node: Given) => publishVersion(node, services),
      createAlias: (node: Given) => createAlias(node, services),
      pointAlias: (node: Given) => pointAlias(node, services),
      shiftTraffic: (node: Given) => shiftTraffic(node, services),
      promoteAlias: (node: Given) => promoteAlias(node, services),
      rollBackAlias: (node: Given) => rollBackAlias(node, services),
      deleteQualifier: (node: Given, nodes: Nodes) =>
        remove(selected(node, given), nodes ?? (node ? undefined : given.selection()), services),
      invokeQualifier: (node: Given) => invokeQualifier(node, services),
      compareVersions: (node: Given) => compareVersions(node, services),
      copyArn: (node: Given, nodes: Nodes) => copyArn(selected(node, given), nodes, services),
      setUpStages: (node: Given) => setUpStages(node, services),
    },
    dispose: () => owned.dispose(),
  };
}

/** A key that is pressed in the view says nothing of the row; the selection does. */
function selected(node: Given, { selection }: VersionsServices): Given {
  return node ?? selection()[0];
}
