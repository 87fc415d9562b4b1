import { suiteOfValues } from './support/values.ts';

suiteOfValues('intrinsic functions', {
  'Ref of a parameter is its default': ['!Ref Stage', 'dev'],
  'Ref of a list is joined by whoever needs a text': ["!Join ['+', !Ref Zones]", 'a+b+c'],
  'Ref of pseudo parameters': [
    "!Join ['/', [!Ref 'AWS::Region', !Ref 'AWS::AccountId', !Ref 'AWS::Partition', !Ref 'AWS::URLSuffix', !Ref 'AWS::StackName']]",
    'us-east-1/000000000000/aws/amazonaws.com/project',
  ],
  'Ref of a queue is its URL': ['!Ref Queue', 'https://sqs.us-east-1.amazonaws.com/000000000000/Queue'],
  'Ref of a table is its name': ['!Ref Table', 'orders'],
  'GetAtt by a dot': ['!GetAtt Queue.Arn', 'arn:aws:sqs:us-east-1:000000000000:Queue'],
  'GetAtt by a list': ['!GetAtt [Queue, QueueName]', 'Queue'],
  'GetAtt written out': [
    '{ "Fn::GetAtt": ["Table", "Arn"] }',
    'arn:aws:dynamodb:us-east-1:000000000000:table/orders',
  ],
  'Sub of names and attributes': [
    `!Sub '\${Stage}-\${Queue.QueueName}-\${AWS::Region}'`,
    'dev-Queue-us-east-1',
  ],
  'Sub with variables of its own': [`!Sub ['\${A}\${Stage}', { A: !Ref Table }]`, 'ordersdev'],
  'Sub leaves what is escaped': [`!Sub 'a \${!b} c'`, `a \${b} c`],
  'Sub with spaces inside of the braces': [`!Sub '\${ Stage }'`, 'dev'],
  'Join of nested functions': ["!Join ['-', [a, !Ref Stage, !Select [1, [x, y]]]]", 'a-dev-y'],
  'Select of a Split': ["!Select [2, !Split ['/', 'a/b/c']]", 'c'],
  'If that holds': ['!If [IsDev, yes-it-is, no-it-is-not]', 'yes-it-is'],
  'If that does not': ['!If [IsProd, yes-it-is, no-it-is-not]', 'no-it-is-not'],
  'If of And, Or, Not and Condition': ['!If [Complex, met, unmet]', 'met'],
  'FindInMap by a parameter': ['!FindInMap [Levels, !Ref Stage, log]', 'DEBUG'],
  'FindInMap with a default': ["!FindInMap [Levels, gone, log, { DefaultValue: 'none' }]", 'none'],
  Base64: ['!Base64 hello', 'aGVsbG8='],
  Cidr: ["!Join [' ', !Cidr [10.1.0.0/16, 3, 8]]", '10.1.0.0/24 10.1.1.0/24 10.1.2.0/24'],
  'GetAZs of the region': ["!Select [1, !GetAZs '']", 'us-east-1b'],
  'Length of a list': ['{ "Fn::Length": !Ref Zones }', '3'],
  ToJsonString: ['{ "Fn::ToJsonString": { stage: !Ref Stage, n: 1 } }', '{"stage":"dev","n":1}'],
  'a number keeps its form where it matters': ['012345678901', '012345678901'],
  'single letters are no booleans': ['N', 'N'],
  'words are': ['on', 'true'],
  'dates stay texts': ['2012-10-17', '2012-10-17'],
  'sixties stay texts': ['22:30', '22:30'],
});

suiteOfValues('values that only a deployment knows', {
  ImportValue: [
    '!ImportValue shared-queue',
    '<unresolved Fn::ImportValue shared-queue>',
    'The value is exported by a deployed stack as shared-queue.',
  ],
  'ImportValue inside of a Sub': [
    `!Sub ['x-\${V}', { V: !ImportValue v }]`,
    'x-<unresolved Fn::ImportValue v>',
    'The value is exported by a deployed stack as v.',
  ],
  'a parameter without a value': ['!Ref Secret', '<unresolved Ref Secret>', 'no default and no value'],
  'a parameter of the Parameter Store': [
    '!Ref FromStore',
    '<unresolved Ref FromStore>',
    'read from /path at deployment',
  ],
  'a part that only the id of a deployed resource has': [
    "!Select [1, !Split ['/', !Ref Custom]]",
    '<unresolved Fn::Select 1>',
    'The text that it splits is another one once deployed.',
  ],
  'an attribute that is made up at deployment': [
    '!GetAtt Custom.Answer',
    '<unresolved Fn::GetAtt Custom.Answer>',
    'What a Custom::Thing has for it is known once it is deployed.',
  ],
  'a condition over an unknown value': [
    '!If [Secretive, a, b]',
    '<unresolved Fn::If Secretive>',
    'depends on a value',
  ],
  'a dynamic reference': ["'{{resolve:ssm:/path}}'", '{{resolve:ssm:/path}}', 'looks this up at deployment'],
  'a part of a Split that is known': [
    `!Select [0, !Split [',', !Sub ['a,\${V}', { V: !ImportValue v }]]]`,
    'a',
  ],
  'a part of a Split that is not': [
    `!Select [1, !Split [',', !Sub ['a,\${V}', { V: !ImportValue 'v,w' }]]]`,
    '<unresolved Fn::ImportValue v,w>',
    'exported by a deployed stack',
  ],
});
