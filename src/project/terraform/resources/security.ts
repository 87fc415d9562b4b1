import { type Convert, named, to } from './conversion.ts';

export const securityConversions: Readonly<Record<string, Convert>> = {
  aws_iam_role: to('AWS::IAM::Role', {
    RoleName: named('name'),
    Path: 'path',
    AssumeRolePolicyDocument: resource => resource.json('assume_role_policy'),
    ManagedPolicyArns: 'managed_policy_arns',
    PermissionsBoundary: 'permissions_boundary',
    Policies: resource => {
      const inline = resource.blocks('inline_policy').filter(policy => policy.get('policy'));
      return resource.build.seq(
        inline.map(policy =>
          policy.build.map({ PolicyName: policy.get('name'), PolicyDocument: policy.json('policy') }),
        ),
      );
    },
  }),
  aws_iam_role_policy: to('AWS::IAM::RolePolicy', {
    PolicyName: named('name'),
    RoleName: 'role',
    PolicyDocument: resource => resource.json('policy'),
  }),
  aws_iam_policy: to('AWS::IAM::ManagedPolicy', {
    ManagedPolicyName: named('name'),
    Path: 'path',
    PolicyDocument: resource => resource.json('policy'),
  }),
  aws_iam_role_policy_attachment: to('Terraform::PolicyAttachment', {
    Role: 'role',
    PolicyArn: 'policy_arn',
  }),
};
