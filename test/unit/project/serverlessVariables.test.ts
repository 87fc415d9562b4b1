import assert from 'node:assert/strict';
import { readProject } from '../../../src/project/readProject.ts';
import { memoryFiles } from './support/memoryFiles.ts';

/** The variable as written, and what it comes to; a reason where it is not known. */
const cases: Readonly<Record<string, readonly [written: string, expected: string, reason?: string]>> = {
  'a value of the file itself': [`\${self:custom.name}`, 'own'],
  'a part of a text': [`a-\${self:custom.name}-\${sls:stage}`, 'a-own-dev'],
  'a value by a value': [`\${self:custom.\${self:custom.which}}`, 'own'],
  'an item of a list': [`\${self:custom.list.1}`, 'two'],
  'the service and the stage': [`\${self:service}-\${self:provider.stage}`, 'shop-dev'],
  'the first that there is': [`\${opt:name, self:custom.gone, 'last'}`, 'last'],
  'a variable as the last': [`\${opt:name, \${self:custom.name}}`, 'own'],
  'an option that nobody gives': [`\${opt:stage, 'dev'}`, 'dev'],
  'a number and a flag': [`\${opt:x, 5}\${opt:y, true}`, '5true'],
  'a parameter of the stage': [`\${param:color}`, 'blue'],
  'a parameter of every stage': [`\${param:size}`, 'large'],
  'the account': [`\${aws:accountId}/\${aws:region}`, '000000000000/us-east-1'],
  'a variable of .env': [`\${env:TOKEN}`, 'from env'],
  'a file': [`\${file(./values.yml):deep.value}`, 'deep'],
  'a file by the stage': [`\${file(values.\${sls:stage}.json):value}`, 'of dev'],
  'a text file': [`\${file(note.txt)}`, 'hello'],
  'a file that is not there': [`\${file(gone.yml):x, 'none'}`, 'none'],
  'a text as a flag': [`\${strToBool('true')}`, 'true'],
  'what is CloudFormation’s stays': [
    `!Sub "\${AWS::Region}-\${Queue}"`,
    'us-east-1-https://sqs.us-east-1.amazonaws.com/000000000000/Queue',
  ],
  'what has no value': [`\${env:GONE}`, `<unresolved \${env:GONE}>`, 'Nothing gives it a value.'],
  'what a deployment looks up': [
    `x-\${ssm:/a/b}`,
    `x-<unresolved \${ssm:/a/b}>`,
    'ssm is looked up when the service is deployed.',
  ],
  'an output of another stack': [`\${cf:other.Out}`, `<unresolved \${cf:other.Out}>`, 'cf is looked up'],
  'a circle': [`\${self:custom.circle}`, `<unresolved \${self:custom.back}>`, 'It depends on itself.'],
};

suite('variables of serverless.yml', () => {
  for (const [name, [written, expected, reason]] of Object.entries(cases)) {
    test(name, async () => {
      const files = new Map([
        ['serverless.yml', serviceWith(written.startsWith('!') ? written : `"${written}"`)],
        ['index.ts', ''],
        ['.env', '# comment\nTOKEN="from env"\n'],
        ['values.yml', 'deep: { value: deep }\n'],
        ['values.dev.json', `{ "value": "of \${sls:stage}" }`],
        ['note.txt', 'hello\n'],
      ]);
      const model = await readProject('/project', memoryFiles(files));
      assert.equal(model.functions[0]?.environment.VALUE, expected);
      assert.equal(model.placeholders?.length, reason === undefined ? 0 : 1);
      if (reason !== undefined) assert.ok(model.placeholders?.[0]?.reason.startsWith(reason));
    });
  }
});

const serviceWith = (value: string) => `
service: shop
params: { dev: { color: blue }, default: { color: red, size: large } }
custom:
  name: own
  which: name
  list: [one, two]
  ${value.includes('circle') ? `circle: \${self:custom.back}\n  back: \${self:custom.circle}` : ''}
provider: { name: aws, runtime: nodejs24.x, stage: "\${opt:stage, 'dev'}" }
functions:
  hello: { handler: index.handler, environment: { VALUE: ${value} } }
resources: { Resources: { Queue: { Type: AWS::SQS::Queue } } }
`;
