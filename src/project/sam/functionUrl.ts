import { type DocNode, descendant } from '../document/sourceDocument.ts';
import type { Expansion } from './expansion.ts';
import type { InvocationTarget } from './invocationTarget.ts';

/**
 * `FunctionUrlConfig`: the URL, and for one that is open to everyone the two permissions that it needs.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function expandFunctionUrl(properties: DocNode, target: InvocationTarget, expansion: Expansion): void {
  const config = expansion.shape(descendant(properties, 'FunctionUrlConfig'));
  if (!config) return;
  const build = expansion.build(config);
  const authType = descendant(config, 'AuthType');
  const auth = expansion.text(authType);
  if (auth !== 'NONE' && auth !== 'AWS_IAM') {
    expansion.error('FunctionUrlConfig needs an AuthType of NONE or AWS_IAM.', authType ?? config);
  }
  expansion.add(
    `${target.logicalId}Url`,
    'AWS::Lambda::Url',
    build.map({
      TargetFunctionArn: target.name,
      AuthType: authType,
      InvokeMode: descendant(config, 'InvokeMode'),
      Cors: descendant(config, 'Cors'),
    }),
    config,
  );
  if (auth !== 'NONE') return;
  expansion.add(
    `${target.logicalId}UrlPublicPermissions`,
    'AWS::Lambda::Permission',
    build.map({
      Action: 'lambda:InvokeFunctionUrl',
      FunctionName: target.name,
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    }),
    config,
  );
  expansion.add(
    `${target.logicalId}URLInvokeAllowPublicAccess`,
    'AWS::Lambda::Permission',
    build.map({
      Action: 'lambda:InvokeFunction',
      FunctionName: target.name,
      Principal: '*',
      InvokedViaFunctionUrl: true,
    }),
    config,
  );
}
