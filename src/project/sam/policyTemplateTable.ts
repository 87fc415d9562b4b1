/**
 * SAM's policy templates: what each allows, on which resources and under which conditions. A line with a plus
 * sign goes on with actions; what stands in angle brackets is a parameter.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
export const policyTemplateTable = `
AMIDescribePolicy
  allow ec2: DescribeImages
  on *
AWSSecretsManagerGetSecretValuePolicy
  allow secretsmanager: GetSecretValue
  on <SecretArn>
AWSSecretsManagerRotationPolicy
  allow secretsmanager: DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage
  on arn:aws:secretsmanager:REGION:ACCOUNT:secret:*
  if StringEquals secretsmanager:resource/AllowRotationLambdaArn arn:aws:lambda:REGION:ACCOUNT:function:<FunctionName>
  allow secretsmanager: GetRandomPassword
  on *
AcmGetCertificatePolicy
  allow acm: GetCertificate
  on <CertificateArn>
AthenaQueryPolicy
  allow athena: ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces
      + athena: GetTables GetTable
  on *
  allow athena: StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery ListQueryExecutions
      + athena: StopQueryExecution GetQueryResultsStream ListNamedQueries CreateNamedQuery GetQueryExecution
      + athena: BatchGetNamedQuery BatchGetQueryExecution GetWorkGroup
  on arn:aws:athena:REGION:ACCOUNT:workgroup/<WorkGroupName>
CloudFormationDescribeStacksPolicy
  allow cloudformation: DescribeStacks
  on arn:aws:cloudformation:REGION:ACCOUNT:stack/*
CloudWatchDashboardPolicy
  allow cloudwatch: GetDashboard ListDashboards PutDashboard ListMetrics
  on *
CloudWatchDescribeAlarmHistoryPolicy
  allow cloudwatch: DescribeAlarmHistory
  on *
CloudWatchPutMetricPolicy
  allow cloudwatch: PutMetricData
  on *
CodeCommitCrudPolicy
  allow codecommit: GitPull GitPush CreateBranch DeleteBranch GetBranch ListBranches
      + codecommit: MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay
      + codecommit: UpdateDefaultBranch BatchDescribeMergeConflicts CreateUnreferencedMergeCommit
      + codecommit: DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests
      + codecommit: CreatePullRequest DescribePullRequestEvents GetCommentsForPullRequest
      + codecommit: GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests
      + codecommit: MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay
      + codecommit: PostCommentForPullRequest UpdatePullRequestDescription UpdatePullRequestStatus
      + codecommit: UpdatePullRequestTitle DeleteFile GetBlob GetFile GetFolder PutFile DeleteCommentContent
      + codecommit: GetComment GetCommentsForComparedCommit PostCommentForComparedCommit PostCommentReply
      + codecommit: UpdateComment BatchGetCommits CreateCommit GetCommit GetCommitHistory GetDifferences
      + codecommit: GetObjectIdentifier GetReferences GetTree GetRepository UpdateRepositoryDescription
      + codecommit: ListTagsForResource TagResource UntagResource GetRepositoryTriggers PutRepositoryTriggers
      + codecommit: TestRepositoryTriggers GetBranch GetCommit UploadArchive GetUploadArchiveStatus
      + codecommit: CancelUploadArchive
  on arn:aws:codecommit:REGION:ACCOUNT:<RepositoryName>
CodeCommitReadPolicy
  allow codecommit: GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts
      + codecommit: GetMergeCommit GetMergeOptions BatchGetPullRequests DescribePullRequestEvents
      + codecommit: GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest
      + codecommit: ListPullRequests GetBlob GetFile GetFolder GetComment GetCommentsForComparedCommit
      + codecommit: BatchGetCommits GetCommit GetCommitHistory GetDifferences GetObjectIdentifier
      + codecommit: GetReferences GetTree GetRepository ListTagsForResource GetRepositoryTriggers
      + codecommit: TestRepositoryTriggers GetBranch GetCommit GetUploadArchiveStatus
  on arn:aws:codecommit:REGION:ACCOUNT:<RepositoryName>
CodePipelineLambdaExecutionPolicy
  allow codepipeline: PutJobSuccessResult PutJobFailureResult
  on *
CodePipelineReadOnlyPolicy
  allow codepipeline: ListPipelineExecutions
  on arn:aws:codepipeline:REGION:ACCOUNT:<PipelineName>
ComprehendBasicAccessPolicy
  allow comprehend: BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities
      + comprehend: DetectKeyPhrases DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment
  on *
CostExplorerReadOnlyPolicy
  allow ce: GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation
      + ce: GetReservationUtilization GetTags
  on *
DynamoDBBackupFullAccessPolicy
  allow dynamodb: CreateBackup DescribeContinuousBackups
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>
  allow dynamodb: DeleteBackup DescribeBackup ListBackups
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>/backup/*
DynamoDBCrudPolicy
  allow dynamodb: GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable
      + dynamodb: ConditionCheckItem
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>/index/*
DynamoDBReadPolicy
  allow dynamodb: GetItem Scan Query BatchGetItem DescribeTable
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>/index/*
DynamoDBReconfigurePolicy
  allow dynamodb: UpdateTable
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>
DynamoDBRestoreFromBackupPolicy
  allow dynamodb: RestoreTableFromBackup
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>/backup/*
  allow dynamodb: PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>
DynamoDBStreamReadPolicy
  allow dynamodb: DescribeStream GetRecords GetShardIterator
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>/stream/<StreamName>
  allow dynamodb: ListStreams
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>/stream/*
DynamoDBWritePolicy
  allow dynamodb: PutItem UpdateItem BatchWriteItem
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>
  on arn:aws:dynamodb:REGION:ACCOUNT:table/<TableName>/index/*
EC2CopyImagePolicy
  allow ec2: CopyImage
  on arn:aws:ec2:REGION:ACCOUNT:image/<ImageId>
EC2DescribePolicy
  allow ec2: DescribeRegions DescribeInstances
  on *
EFSWriteAccessPolicy
  allow elasticfilesystem: ClientMount ClientWrite
  on arn:aws:elasticfilesystem:REGION:ACCOUNT:file-system/<FileSystem>
  if StringEquals elasticfilesystem:AccessPointArn arn:aws:elasticfilesystem:REGION:ACCOUNT:access-point/<AccessPoint>
EKSDescribePolicy
  allow eks: DescribeCluster ListClusters
  on *
EcsRunTaskPolicy
  allow ecs: RunTask
  on arn:aws:ecs:REGION:ACCOUNT:task-definition/<TaskDefinition>
ElasticMapReduceAddJobFlowStepsPolicy
  allow elasticmapreduce: AddJobFlowSteps
  on arn:aws:elasticmapreduce:REGION:ACCOUNT:cluster/<ClusterId>
ElasticMapReduceCancelStepsPolicy
  allow elasticmapreduce: CancelSteps
  on arn:aws:elasticmapreduce:REGION:ACCOUNT:cluster/<ClusterId>
ElasticMapReduceModifyInstanceFleetPolicy
  allow elasticmapreduce: ModifyInstanceFleet ListInstanceFleets
  on arn:aws:elasticmapreduce:REGION:ACCOUNT:cluster/<ClusterId>
ElasticMapReduceModifyInstanceGroupsPolicy
  allow elasticmapreduce: ModifyInstanceGroups ListInstanceGroups
  on arn:aws:elasticmapreduce:REGION:ACCOUNT:cluster/<ClusterId>
ElasticMapReduceSetTerminationProtectionPolicy
  allow elasticmapreduce: SetTerminationProtection
  on arn:aws:elasticmapreduce:REGION:ACCOUNT:cluster/<ClusterId>
ElasticMapReduceTerminateJobFlowsPolicy
  allow elasticmapreduce: TerminateJobFlows
  on arn:aws:elasticmapreduce:REGION:ACCOUNT:cluster/<ClusterId>
ElasticsearchHttpPostPolicy
  allow es: ESHttpPost ESHttpPut
  on arn:aws:es:REGION:ACCOUNT:domain/<DomainName>/*
EventBridgePutEventsPolicy
  allow events: PutEvents
  on arn:aws:events:REGION:ACCOUNT:event-bus/<EventBusName>
FilterLogEventsPolicy
  allow logs: FilterLogEvents
  on arn:aws:logs:REGION:ACCOUNT:log-group:<LogGroupName>:log-stream:*
FirehoseCrudPolicy
  allow firehose: CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch
      + firehose: UpdateDestination
  on arn:aws:firehose:REGION:ACCOUNT:deliverystream/<DeliveryStreamName>
FirehoseWritePolicy
  allow firehose: PutRecord PutRecordBatch
  on arn:aws:firehose:REGION:ACCOUNT:deliverystream/<DeliveryStreamName>
KMSDecryptPolicy
  allow kms: Decrypt
  on arn:aws:kms:REGION:ACCOUNT:key/<KeyId>
KMSEncryptPolicy
  allow kms: Encrypt
  on arn:aws:kms:REGION:ACCOUNT:key/<KeyId>
KMSEncryptPolicy_v2
  allow kms: Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair
      + kms: GenerateDataKeyPairWithoutPlaintext
  on arn:aws:kms:REGION:ACCOUNT:key/<KeyId>
KinesisCrudPolicy
  allow kinesis: AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream
      + kinesis: DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream
      + kinesis: MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream
  on arn:aws:kinesis:REGION:ACCOUNT:stream/<StreamName>
KinesisStreamReadPolicy
  allow kinesis: ListStreams DescribeLimits
  on arn:aws:kinesis:REGION:ACCOUNT:stream/*
  allow kinesis: DescribeStream DescribeStreamSummary GetRecords GetShardIterator
  on arn:aws:kinesis:REGION:ACCOUNT:stream/<StreamName>
LambdaInvokePolicy
  allow lambda: InvokeFunction
  on arn:aws:lambda:REGION:ACCOUNT:function:<FunctionName>*
MobileAnalyticsWriteOnlyAccessPolicy
  allow mobileanalytics: PutEvents
  on *
OrganizationsListAccountsPolicy
  allow organizations: ListAccounts
  on *
PinpointEndpointAccessPolicy
  allow mobiletargeting: GetEndpoint UpdateEndpoint UpdateEndpointsBatch
  on arn:aws:mobiletargeting:REGION:ACCOUNT:apps/<PinpointApplicationId>/endpoints/*
PollyFullAccessPolicy
  allow polly: GetLexicon DeleteLexicon
  on arn:aws:polly:REGION:ACCOUNT:lexicon/<LexiconName>
  allow polly: DescribeVoices ListLexicons PutLexicon SynthesizeSpeech
  on arn:aws:polly:REGION:ACCOUNT:lexicon/*
RekognitionDetectOnlyPolicy
  allow rekognition: DetectFaces DetectLabels DetectModerationLabels DetectText
  on *
RekognitionFacesManagementPolicy
  allow rekognition: IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces
  on arn:aws:rekognition:REGION:ACCOUNT:collection/<CollectionId>
RekognitionFacesPolicy
  allow rekognition: CompareFaces DetectFaces
  on *
RekognitionLabelsPolicy
  allow rekognition: DetectLabels DetectModerationLabels
  on *
RekognitionNoDataAccessPolicy
  allow rekognition: CompareFaces DetectFaces DetectLabels DetectModerationLabels
  on arn:aws:rekognition:REGION:ACCOUNT:collection/<CollectionId>
RekognitionReadPolicy
  allow rekognition: ListCollections ListFaces SearchFaces SearchFacesByImage
  on arn:aws:rekognition:REGION:ACCOUNT:collection/<CollectionId>
RekognitionWriteOnlyAccessPolicy
  allow rekognition: CreateCollection IndexFaces
  on arn:aws:rekognition:REGION:ACCOUNT:collection/<CollectionId>
Route53ChangeResourceRecordSetsPolicy
  allow route53: ChangeResourceRecordSets
  on arn:aws:route53:::hostedzone/<HostedZoneId>
S3CrudPolicy
  allow s3: GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl
      + s3: GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject
  on arn:aws:s3:::<BucketName>
  on arn:aws:s3:::<BucketName>/*
S3FullAccessPolicy
  allow s3: GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging
      + s3: DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging
      + s3: PutObjectVersionTagging
  on arn:aws:s3:::<BucketName>/*
  allow s3: ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration
  on arn:aws:s3:::<BucketName>
S3ReadPolicy
  allow s3: GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration
  on arn:aws:s3:::<BucketName>
  on arn:aws:s3:::<BucketName>/*
S3WritePolicy
  allow s3: PutObject PutObjectAcl PutLifecycleConfiguration
  on arn:aws:s3:::<BucketName>
  on arn:aws:s3:::<BucketName>/*
SESBulkTemplatedCrudPolicy
  allow ses: GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail
      + ses: SendBulkTemplatedEmail VerifyEmailIdentity
  on arn:aws:ses:REGION:ACCOUNT:identity/<IdentityName>
SESBulkTemplatedCrudPolicy_v2
  allow ses: SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail
  on arn:aws:ses:REGION:ACCOUNT:identity/<IdentityName>
  on arn:aws:ses:REGION:ACCOUNT:template/<TemplateName>
  allow ses: GetIdentityVerificationAttributes VerifyEmailIdentity
  on *
SESCrudPolicy
  allow ses: GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity
  on arn:aws:ses:REGION:ACCOUNT:identity/<IdentityName>
SESEmailTemplateCrudPolicy
  allow ses: CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate
  on *
SESSendBouncePolicy
  allow ses: SendBounce
  on arn:aws:ses:REGION:ACCOUNT:identity/<IdentityName>
SNSCrudPolicy
  allow sns: ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish
  on arn:aws:sns:REGION:ACCOUNT:<TopicName>*
SNSPublishMessagePolicy
  allow sns: Publish
  on arn:aws:sns:REGION:ACCOUNT:<TopicName>
SQSPollerPolicy
  allow sqs: ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch
      + sqs: GetQueueAttributes ReceiveMessage
  on arn:aws:sqs:REGION:ACCOUNT:<QueueName>
SQSSendMessagePolicy
  allow sqs: SendMessage*
  on arn:aws:sqs:REGION:ACCOUNT:<QueueName>
SSMParameterReadPolicy
  allow ssm: DescribeParameters
  on *
  allow ssm: GetParameters GetParameter GetParametersByPath
  on arn:aws:ssm:REGION:ACCOUNT:parameter/<ParameterName>
SSMParameterWithSlashPrefixReadPolicy
  allow ssm: DescribeParameters
  on *
  allow ssm: GetParameters GetParameter GetParametersByPath
  on arn:aws:ssm:REGION:ACCOUNT:parameter<ParameterName>
SageMakerCreateEndpointConfigPolicy
  allow sagemaker: CreateEndpointConfig
  on arn:aws:sagemaker:REGION:ACCOUNT:endpoint-config/<EndpointConfigName>
SageMakerCreateEndpointPolicy
  allow sagemaker: CreateEndpoint
  on arn:aws:sagemaker:REGION:ACCOUNT:endpoint/<EndpointName>
ServerlessRepoReadWriteAccessPolicy
  allow serverlessrepo: CreateApplication CreateApplicationVersion UpdateApplication GetApplication
      + serverlessrepo: ListApplications ListApplicationVersions ListApplicationDependencies
  on arn:aws:serverlessrepo:REGION:ACCOUNT:applications/*
StepFunctionsCallbackPolicy
  allow states: SendTaskFailure SendTaskHeartbeat SendTaskSuccess
  on arn:aws:states:REGION:ACCOUNT:stateMachine:<StateMachineName>
StepFunctionsExecutionPolicy
  allow states: StartExecution
  on arn:aws:states:REGION:ACCOUNT:stateMachine:<StateMachineName>
StepFunctionsExecutionPolicy_v2
  allow states: StartExecution StartSyncExecution
  on arn:aws:states:REGION:ACCOUNT:stateMachine:<StateMachineName>
TextractDetectAnalyzePolicy
  allow textract: DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument
  on *
TextractGetResultPolicy
  allow textract: GetDocumentTextDetection GetDocumentAnalysis
  on *
TextractPolicy
  allow textract: *
  on *
VPCAccessPolicy
  allow ec2: CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface
  on *
`;
