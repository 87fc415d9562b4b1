import { type DocNode, descendant, type MapEntry } from '../document/sourceDocument.ts';
import type { Expansion } from './expansion.ts';

/** AWS::Serverless::SimpleTable: a table with one key. */
export function expandSimpleTable(
  logicalId: string,
  entry: MapEntry,
  properties: DocNode,
  expansion: Expansion,
): void {
  const build = expansion.build(entry.key);
  const key = expansion.shape(descendant(properties, 'PrimaryKey'));
  const name = descendant(key, 'Name') ?? build.scalar('id');
  const types: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };
  const type = types[expansion.text(descendant(key, 'Type')) ?? 'String'] ?? 'S';
  const attribute = build.map({ AttributeName: name, AttributeType: type });
  const schema = build.map({ AttributeName: name, KeyType: 'HASH' });
  expansion.replace(
    logicalId,
    entry,
    'AWS::DynamoDB::Table',
    build.map({
      TableName: descendant(properties, 'TableName'),
      AttributeDefinitions: build.seq([attribute]),
      KeySchema: build.seq([schema]),
      ProvisionedThroughput: descendant(properties, 'ProvisionedThroughput'),
    }),
  );
}

/** AWS::Serverless::LayerVersion; its name is its logical id unless it has one. */
export function expandLayer(
  logicalId: string,
  entry: MapEntry,
  properties: DocNode,
  expansion: Expansion,
): void {
  const build = expansion.build(entry.key);
  expansion.replace(
    logicalId,
    entry,
    'AWS::Lambda::LayerVersion',
    build.map({
      LayerName: descendant(properties, 'LayerName') ?? logicalId,
      Content: descendant(properties, 'ContentUri'),
      CompatibleRuntimes: descendant(properties, 'CompatibleRuntimes'),
      Description: descendant(properties, 'Description'),
    }),
  );
}

/** AWS::Serverless::StateMachine, of which only the name matters here. */
export function expandStateMachine(
  logicalId: string,
  entry: MapEntry,
  properties: DocNode,
  expansion: Expansion,
): void {
  const build = expansion.build(entry.key);
  expansion.replace(
    logicalId,
    entry,
    'AWS::StepFunctions::StateMachine',
    build.map({ StateMachineName: descendant(properties, 'Name') }),
  );
}
