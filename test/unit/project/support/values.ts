import assert from 'node:assert/strict';
import { readProject } from '../../../../src/project/readProject.ts';
import { memoryFiles } from './memoryFiles.ts';

/** The value as it is written, what it comes to, and a part of the reason why it is not known. */
export type ValueCase = readonly [written: string, expected: string, reason?: string];

/** One test per case: the value stands in an environment variable of a function. */
export function suiteOfValues(name: string, cases: Readonly<Record<string, ValueCase>>): void {
  suite(name, () => {
    for (const [title, [written, expected, reason]] of Object.entries(cases)) {
      test(title, async () => {
        const files = new Map([
          ['template.yaml', templateWith(written)],
          ['index.ts', ''],
        ]);
        const model = await readProject('/project', memoryFiles(files));
        assert.deepEqual(model.problems, []);
        assert.equal(model.functions[0]?.environment.VALUE, expected);
        assert.equal(model.placeholders?.length, reason === undefined ? 0 : 1);
        if (reason !== undefined) assert.ok(model.placeholders?.[0]?.reason.includes(reason));
      });
    }
  });
}

const templateWith = (value: string) => `
Parameters:
  Stage: { Type: String, Default: dev }
  Zones: { Type: CommaDelimitedList, Default: 'a, b, c' }
  Secret: { Type: String }
  FromStore: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /path }
Mappings:
  Levels: { dev: { log: DEBUG } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  Complex: !And [!Or [!Condition IsProd, !Condition IsDev], !Not [!Equals [a, b]]]
  Secretive: !Equals [!Ref Secret, x]
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Table: { Type: AWS::DynamoDB::Table, Properties: { TableName: orders } }
  Custom: { Type: Custom::Thing }
  Hello:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Code: .
      Environment:
        Variables:
          VALUE: ${value}
`;
