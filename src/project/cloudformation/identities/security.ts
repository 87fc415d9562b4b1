import { type Identify, physicalId } from './identity.ts';

const role: Identify = ({ settings: { accountId }, name, property, logicalId }) => {
  const arn = `arn:aws:iam::${accountId}:role${property('Path') ?? '/'}${name('RoleName')}`;
  return { ref: name('RoleName'), arn, attributes: { Arn: arn, RoleId: physicalId('AROA', logicalId) } };
};

const managedPolicy: Identify = ({ settings: { accountId }, name, property }) => {
  const arn = `arn:aws:iam::${accountId}:policy${property('Path') ?? '/'}${name('ManagedPolicyName')}`;
  return { ref: arn, arn, attributes: { PolicyArn: arn } };
};

const user: Identify = ({ settings: { accountId }, name, property }) => {
  const arn = `arn:aws:iam::${accountId}:user${property('Path') ?? '/'}${name('UserName')}`;
  return { ref: name('UserName'), arn, attributes: { Arn: arn } };
};

export const securityIdentities: Readonly<Record<string, Identify>> = {
  'AWS::IAM::Role': role,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::User': user,
};
