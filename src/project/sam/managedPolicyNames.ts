/** The ARN of one of AWS's managed policies; most have no path, and those that a function uses often have. */
export function managedPolicyArn(name: string): string {
  return `arn:aws:iam::aws:policy/${paths.get(name) ?? ''}${name}`;
}

const serviceRoles = [
  'AWSAppSyncPushToCloudWatchLogs',
  'AWSBatchServiceRole',
  'AWSConfigRole',
  'AWSConfigRulesExecutionRole',
  'AWSGlueServiceRole',
  'AWSIoTLogging',
  'AWSIoTRuleActions',
  'AWSLambdaBasicDurableExecutionRolePolicy',
  'AWSLambdaBasicExecutionRole',
  'AWSLambdaDynamoDBExecutionRole',
  'AWSLambdaENIManagementAccess',
  'AWSLambdaKinesisExecutionRole',
  'AWSLambdaMSKExecutionRole',
  'AWSLambdaRole',
  'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaVPCAccessExecutionRole',
  'AmazonAPIGatewayPushToCloudWatchLogs',
  'AmazonCognitoIdpEmailServiceRolePolicy',
  'AmazonDMSVPCManagementRole',
  'AmazonECSTaskExecutionRolePolicy',
  'AmazonRDSEnhancedMonitoringRole',
  'AmazonS3ObjectLambdaExecutionRolePolicy',
  'AmazonSNSRole',
];

const jobFunctions = [
  'Billing',
  'DataScientist',
  'DatabaseAdministrator',
  'NetworkAdministrator',
  'SupportUser',
  'SystemAdministrator',
  'ViewOnlyAccess',
];

const paths = new Map<string, string>([
  ...serviceRoles.map(name => [name, 'service-role/'] as const),
  ...jobFunctions.map(name => [name, 'job-function/'] as const),
]);
