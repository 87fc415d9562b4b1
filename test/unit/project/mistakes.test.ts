import { checkTemplate } from './support/check.ts';

/** What is written wrongly in an environment variable, with a marker below it. */
const mistakes: Readonly<Record<string, string>> = {
  'Ref of nothing': `
          VALUE: !Ref Nothing
          #           ^^^^^^^ error: Ref names Nothing, which is neither a parameter nor a resource`,
  'GetAtt of nothing': `
          VALUE: !GetAtt Nothing.Arn
          #              ^^^^^^^^^^^ error: Fn::GetAtt names Nothing`,
  'Sub of nothing': `
          VALUE: !Sub 'a \${Nothing} b'
          #           ^^^^^^^^^^^^^^^^ error: write \${!Nothing} for the plain text`,
  'FindInMap of nothing': `
          VALUE: !FindInMap [Levels, a, b]
          #                 ^^^^^^^^^^^^^^ error: Mappings has no Levels → a → b`,
  'Select beyond the end': `
          VALUE: !Select [3, [a, b]]
          #              ^^^^^^^^^^^ error: asks for item 3 (they count from 0) of a list of 2`,
  'If with two parts': `
          VALUE: !If [Condition, a]
          #          ^^^^^^^^^^^^^^ error: Fn::If takes a list of three`,
  'If of a condition that is not defined': `
          VALUE: !If [Gone, a, b]
          #           ^^^^ error: has no condition Gone`,
  'Join without a list': `
          VALUE: !Join ['-', text]
          #            ^^^^^^^^^^^ error: Fn::Join takes a delimiter and a list`,
  'Split without a text': `
          VALUE: !Select [0, !Split ['-']]
          #                         ^^^^^ error: Fn::Split takes a delimiter and a string
`,
  'Cidr of nonsense': `
          VALUE: !Select [0, !Cidr [a, b, c]]
          #                        ^^^^^^^^^ error: Fn::Cidr takes an IPv4 block`,
  'a function that does not exist': `
          VALUE: { 'Fn::Nope': a }
          #      ^^^^^^^^^^^^^^^^^ warning: Fn::Nope is not evaluated here`,
  'a map where a text belongs': `
          VALUE: { a: b }
          #      ^^^^^^^^ error: An environment variable is a text`,
};

suite('mistakes in intrinsic functions', () => {
  for (const [name, written] of Object.entries(mistakes)) {
    test(name, () =>
      checkTemplate(`
Resources:
  Hello:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Code: .
      Environment:
        Variables:${written}
`),
    );
  }

  test('a condition that depends on itself', () =>
    checkTemplate(`
Conditions:
  A: !Not [!Condition B]
  B: !Not [!Condition A]
  #                   ^ error: The condition A depends on itself
Resources:
  Hello: { Condition: A, Type: AWS::Lambda::Function, Properties: { Handler: index.handler, Runtime: nodejs24.x } }
`));

  test('a name that depends on itself', () =>
    checkTemplate(`
Resources:
  A: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref B } }
  #                                                         ^ error: The name of B depends on itself
  B: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt A.QueueName } }
`));

  test('resources without a type, and what is no condition', () =>
    checkTemplate(`
Conditions:
  Odd: [a, b]
  #    ^^^^^^ error: A condition is made of
Resources:
  Untyped: { Properties: {} }
# ^^^^^^^ error: has no Type
  Hello: { Condition: Odd, Type: AWS::SQS::Queue }
`));
});
