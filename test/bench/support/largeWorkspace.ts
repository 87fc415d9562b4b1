import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const templateCount = 500;
export const functionsPerTemplate = 4;

/** Writes a workspace of many services, each with its template; returns the templates' paths. */
export async function writeLargeWorkspace(root: string): Promise<readonly string[]> {
  const templates: string[] = [];
  for (let service = 0; service < templateCount; service += 1) {
    const folder = join(root, 'services', `team-${Math.floor(service / 25)}`, `service-${service}`);
    await mkdir(join(folder, 'src'), { recursive: true });
    const file = join(folder, 'template.yaml');
    await writeFile(file, templateOf(service));
    for (let index = 0; index < functionsPerTemplate; index += 1) {
      await writeFile(join(folder, 'src', `handler${index}.ts`), 'export const handler = async () => {};\n');
    }
    templates.push(file);
  }
  return templates;
}

function templateOf(service: number): string {
  const functions = Array.from({ length: functionsPerTemplate }, (_, index) => functionOf(service, index));
  return `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev }
Globals:
  Function:
    Runtime: nodejs24.x
    Timeout: 10
    Environment:
      Variables:
        STAGE: !Ref Stage
Resources:
${functions.join('')}  Queue${service}:
    Type: AWS::SQS::Queue
    Properties: { QueueName: !Sub 'jobs-${service}-\${Stage}' }
  Table${service}:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: table-${service}
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;
}

function functionOf(service: number, index: number): string {
  return `  Handler${service}n${index}:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties: { EntryPoints: [src/handler${index}.ts], Minify: false }
    Properties:
      CodeUri: .
      Handler: handler${index}.handler
      Environment:
        Variables:
          QUEUE: !Ref Queue${service}
          NAME: !Sub '\${AWS::StackName}-\${Stage}'
      Policies:
        - SQSSendMessagePolicy: { QueueName: !GetAtt Queue${service}.QueueName }
        - DynamoDBCrudPolicy: { TableName: !Ref Table${service} }
      Events:
        Api: { Type: HttpApi, Properties: { Path: /handler${index}, Method: get } }
        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Queue${service}.Arn, BatchSize: 10 } }
`;
}
