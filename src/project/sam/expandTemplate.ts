import { isWanted } from '../cloudformation/template.ts';
import type { TemplateScope } from '../cloudformation/templateScope.ts';
import { buildAt, withEntries } from '../document/build.ts';
import {
  type DocNode,
  descendant,
  entriesOf,
  type MapEntry,
  type MapNode,
  textOf,
} from '../document/sourceDocument.ts';
import { addImplicitApis, expandApi } from './api/expandApis.ts';
import { expandWebSocketApi } from './api/webSocketApi.ts';
import { implicitHttpApi, implicitRestApi } from './events/apiEvents.ts';
import { Expansion } from './expansion.ts';
import { withGlobals } from './globals.ts';
import { expandFunction } from './samFunction.ts';
import { expandLayer, expandSimpleTable, expandStateMachine } from './samOthers.ts';

/** A SAM template as CloudFormation would get it. */
export interface ExpandedTemplate {
  readonly root: DocNode;
  /** Logical ids of resources that nobody wrote. */
  readonly implicit: ReadonlySet<string>;
  /** Dotted names of SAM's, and the resources that they stand for. */
  readonly generated: ReadonlyMap<string, string>;
}

type Expand = (logicalId: string, entry: MapEntry, properties: DocNode, expansion: Expansion) => void;

interface SamType {
  /** The section of `Globals` that applies. */
  readonly globals?: string;
  readonly expand: Expand;
}

const types: Readonly<Record<string, SamType>> = {
  'AWS::Serverless::Function': { globals: 'Function', expand: expandFunction },
  'AWS::Serverless::Api': { globals: 'Api', expand: (...call) => expandApi('REST', ...call) },
  'AWS::Serverless::HttpApi': { globals: 'HttpApi', expand: (...call) => expandApi('HTTP', ...call) },
  'AWS::Serverless::WebSocketApi': { globals: 'WebSocketApi', expand: expandWebSocketApi },
  'AWS::Serverless::SimpleTable': { globals: 'SimpleTable', expand: expandSimpleTable },
  'AWS::Serverless::LayerVersion': { globals: 'LayerVersion', expand: expandLayer },
  'AWS::Serverless::StateMachine': { globals: 'StateMachine', expand: expandStateMachine },
};

/** Types that add to others in ways that are not followed here. */
const notFollowed = new Set(['AWS::Serverless::Connector', 'AWS::Serverless::GraphQLApi']);

/** Writes out every SAM resource whose condition holds, or may hold; the others stay as they are. */
export function expandTemplate(root: DocNode, scope: TemplateScope): ExpandedTemplate {
  const expansion = new Expansion(root, scope, [implicitRestApi, implicitHttpApi]);
  const resources = descendant(root, 'Resources');
  for (const [logicalId, entry] of entriesOf(resources)) expansion.resources.set(logicalId, entry);
  // APIs come after functions, whose events give them their routes.
  const ordered = [...entriesOf(resources)].sort(([, a], [, b]) => rank(a) - rank(b));
  for (const [logicalId, entry] of ordered) {
    const typeName = textOf(descendant(entry.value, 'Type')) ?? '';
    if (notFollowed.has(typeName)) {
      expansion.info(`What a ${typeName} adds to other resources is not known here.`, entry.key);
    }
    const type = types[typeName];
    if (!type || !isWanted(entry.value, scope)) continue;
    const written = descendant(entry.value, 'Properties');
    const properties = type.globals === undefined ? written : withGlobals(root, type.globals, written);
    type.expand(logicalId, entry, properties ?? buildAt(entry.key).map({}), expansion);
  }
  addImplicitApis(expansion);
  return {
    root: withResources(root, resources, expansion),
    implicit: expansion.implicit,
    generated: expansion.generated,
  };
}

function rank(entry: MapEntry): number {
  return textOf(descendant(entry.value, 'Type')) === 'AWS::Serverless::Function' ? 0 : 1;
}

function withResources(root: DocNode, resources: DocNode | undefined, expansion: Expansion): DocNode {
  if (root.kind !== 'map' || resources?.kind !== 'map') return root;
  const expanded: MapNode = { ...resources, entries: expansion.resources };
  const key = root.entries.get('Resources')?.key ?? buildAt(root).scalar('Resources');
  return withEntries(root, [['Resources', { key, value: expanded }]]);
}
