import type { TemplateInputs } from './inputs.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export function pseudoParameter(
  name: string,
  inputs: TemplateInputs,
): string | readonly string[] | undefined {
  const { settings, stackName } = inputs;
  switch (name) {
    case 'AWS::Region':
      return settings.region;
    case 'AWS::AccountId':
      return settings.accountId;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${settings.region}:${settings.accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`;
    case 'AWS::NotificationARNs':
      return [];
    default:
      return undefined;
  }
}
