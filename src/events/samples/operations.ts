import { defineSample, type Sample } from './sample.ts';
import { arn, messageId, requestId, wholeSeconds } from './values.ts';

/** Deployment, infrastructure and security. */
export const operationsSamples: readonly Sample[] = [
  defineSample({
    id: 'cloudformation:create',
    kind: 'customResource',
    title: 'A custom resource is created',
    parameters: { resourceType: 'Custom::MyResource', logicalId: 'MyResource' },
    build: ({ resourceType, logicalId }, place) => ({
      RequestType: 'Create',
      ServiceToken: arn(place, 'lambda', 'function:my-function'),
      ResponseURL: 'https://cloudformation-custom-resource-response.example.com/',
      StackId: arn(place, 'cloudformation', `stack/my-stack/${requestId}`),
      RequestId: messageId,
      LogicalResourceId: logicalId,
      ResourceType: resourceType,
      ResourceProperties: { ServiceToken: arn(place, 'lambda', 'function:my-function'), Name: 'my-name' },
    }),
  }),
  defineSample({
    id: 'codebuild:state',
    kind: 'codeBuild',
    title: 'A build of CodeBuild has ended',
    parameters: { project: 'my-project' },
    build: ({ project }, place) => ({
      version: '0',
      id: messageId,
      'detail-type': 'CodeBuild Build State Change',
      source: 'aws.codebuild',
      account: place.accountId,
      time: wholeSeconds(place.time),
      region: place.region,
      resources: [arn(place, 'codebuild', `build/${project}:${requestId}`)],
      detail: {
        'build-status': 'SUCCEEDED',
        'project-name': project,
        'build-id': arn(place, 'codebuild', `build/${project}:${requestId}`),
        'current-phase': 'COMPLETED',
        'current-phase-context': '[]',
        version: '1',
        'additional-information': {
          cache: { type: 'NO_CACHE' },
          'build-number': 1,
          'timeout-in-minutes': 60,
          'build-complete': true,
          initiator: 'jane',
          'build-start-time': 'Jan 15, 2026 12:28:00 PM',
          source: { buildspec: '', location: `my-bucket/${project}.zip`, type: 'S3' },
          'source-version': '',
          artifact: { location: 'arn:aws:s3:::my-bucket/output' },
          environment: {
            image: 'aws/codebuild/standard:7.0',
            'privileged-mode': false,
            'compute-type': 'BUILD_GENERAL1_SMALL',
            type: 'LINUX_CONTAINER',
            'environment-variables': [],
          },
          'project-file-system-locations': [],
          logs: {
            'group-name': `/aws/codebuild/${project}`,
            'stream-name': requestId,
            'deep-link': 'https://console.aws.amazon.com/cloudwatch/',
          },
          phases: [
            {
              'start-time': 'Jan 15, 2026 12:29:30 PM',
              'phase-type': 'COMPLETED',
            },
          ],
          'queued-timeout-in-minutes': 480,
        },
      },
    }),
  }),
  defineSample({
    id: 'codecommit:push',
    kind: 'codeCommit',
    title: 'Commits were pushed to CodeCommit',
    parameters: { repository: 'my-repository', branch: 'main' },
    build: ({ repository, branch }, place) => ({
      Records: [
        {
          awsRegion: place.region,
          codecommit: {
            references: [{ commit: '5c4ef1049f1d27deadbeeff313e0730018be182b', ref: `refs/heads/${branch}` }],
          },
          eventId: messageId,
          eventName: 'ReferenceChanges',
          eventPartNumber: 1,
          eventSource: 'aws:codecommit',
          eventSourceARN: arn(place, 'codecommit', repository),
          eventTime: place.time.toISOString(),
          eventTotalParts: 1,
          eventTriggerConfigId: requestId,
          eventTriggerName: 'my-trigger',
          eventVersion: '1.0',
          userIdentityARN: `arn:aws:iam::${place.accountId}:user/jane`,
        },
      ],
    }),
  }),
  defineSample({
    id: 'codepipeline:job',
    kind: 'codePipeline',
    title: 'A pipeline runs a function',
    parameters: { userParameters: '{"environment":"test"}', bucket: 'my-bucket', key: 'artifact.zip' },
    build: ({ userParameters, bucket, key }, { accountId }) => ({
      'CodePipeline.job': {
        id: requestId,
        accountId,
        data: {
          actionConfiguration: {
            configuration: { FunctionName: 'my-function', UserParameters: userParameters },
          },
          inputArtifacts: [
            {
              name: 'ArtifactName',
              revision: null,
              location: { type: 'S3', s3Location: { bucketName: bucket, objectKey: key } },
            },
          ],
          outputArtifacts: [],
          artifactCredentials: {
            accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
            secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
            sessionToken: 'EXAMPLE',
          },
        },
      },
    }),
  }),
  defineSample({
    id: 'secretsmanager:rotation',
    kind: 'secretRotation',
    title: 'A secret is rotated',
    parameters: { secret: 'my-secret' },
    build: ({ secret }, place) => ({
      Step: 'createSecret',
      SecretId: arn(place, 'secretsmanager', `secret:${secret}-AbCdEf`),
      ClientRequestToken: requestId,
    }),
  }),
  defineSample({
    id: 'guardduty:malware-scan',
    kind: 'guardDuty',
    title: 'GuardDuty has scanned an object',
    parameters: { bucket: 'my-bucket', key: 'upload.bin' },
    build: ({ bucket, key }, place) => ({
      version: '0',
      id: messageId,
      'detail-type': 'GuardDuty Malware Protection Object Scan Result',
      source: 'aws.guardduty',
      account: place.accountId,
      time: wholeSeconds(place.time),
      region: place.region,
      resources: [arn(place, 'guardduty', 'malware-protection-plan/b4c7f464ab3a4EXAMPLE')],
      detail: {
        schemaVersion: '1.0',
        scanStatus: 'COMPLETED',
        resourceType: 'S3_OBJECT',
        s3ObjectDetails: {
          bucketName: bucket,
          objectKey: key,
          eTag: 'ASIAI44QH8DHBEXAMPLE',
          versionId: 'd41d8cd98f00b204e9800998eEXAMPLE',
          s3Throttled: false,
        },
        scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND', threats: null },
      },
    }),
  }),
  defineSample({
    id: 'iot:provisioning',
    kind: 'iotProvisioning',
    title: 'A device asks to be provisioned',
    parameters: { serialNumber: '1234' },
    build: ({ serialNumber }, place) => ({
      claimCertificateId: 'a3e2f1b6c7d84f0e9a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071',
      certificateId: 'b3e2f1b6c7d84f0e9a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071',
      certificatePem: '-----BEGIN CERTIFICATE-----\nEXAMPLE\n-----END CERTIFICATE-----\n',
      templateArn: arn(place, 'iot', 'provisioningtemplate/my-template'),
      clientId: messageId,
      parameters: { SerialNumber: serialNumber },
    }),
  }),
  defineSample({
    id: 'autoscaling:scale-in',
    kind: 'autoScaling',
    title: 'An Auto Scaling group asks which instances may end',
    parameters: { group: 'my-group', instanceId: 'i-0056faf8da3e1f75d' },
    build: ({ group, instanceId }, place) => ({
      AutoScalingGroupARN: arn(
        place,
        'autoscaling',
        `autoScalingGroup:${requestId}:autoScalingGroupName/${group}`,
      ),
      AutoScalingGroupName: group,
      CapacityToTerminate: [
        { AvailabilityZone: `${place.region}b`, Capacity: 1, InstanceMarketOption: 'on-demand' },
      ],
      Instances: [
        {
          AvailabilityZone: `${place.region}b`,
          InstanceId: instanceId,
          InstanceType: 't3.small',
          InstanceMarketOption: 'on-demand',
        },
      ],
      Cause: 'SCALE_IN',
    }),
  }),
];
