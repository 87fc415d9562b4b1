import { arn, type Configuration, checkConfiguration, functionOf as fn } from './support/terraform.ts';

const cases: Readonly<Record<string, Configuration>> = {
  'queues, topics and subscriptions': {
    tf: `resource "aws_sqs_queue" "dead" { fifo_queue = true }
resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 2 })
}
resource "aws_sqs_queue" "late" {}
resource "aws_sqs_queue_redrive_policy" "late" {
  queue_url      = aws_sqs_queue.late.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.jobs.arn, maxReceiveCount = 3 })
}
resource "aws_sns_topic" "news" { name = "news" }
resource "aws_sns_topic_subscription" "jobs" {
  topic_arn            = aws_sns_topic.news.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.jobs.arn
  filter_policy        = jsonencode({ a = ["b"] })
  raw_message_delivery = true
}
resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = jsonencode({ Statement = [] })
}`,
    model: {
      resources: {
        queues: [
          { name: 'dead.fifo', fifo: true },
          {
            name: 'jobs',
            visibilityTimeoutSeconds: 60,
            redrive: { deadLetterTargetArn: arn('sqs', 'dead.fifo'), maxReceiveCount: 2 },
          },
          { name: 'late', redrive: { deadLetterTargetArn: arn('sqs', 'jobs'), maxReceiveCount: 3 } },
        ],
        subscriptions: [
          {
            topicArn: arn('sns', 'news'),
            endpoint: arn('sqs', 'jobs'),
            filterPolicy: { a: ['b'] },
            rawMessageDelivery: true,
          },
        ],
        resourcePolicies: [{ resourceArns: [arn('sqs', 'jobs')] }],
      },
    },
  },
  'versions, aliases, URLs and permissions': {
    tf: `${fn('orders', 'publish = true')}
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.arn
  function_version = aws_lambda_function.orders.version
}
resource "aws_lambda_alias" "old" {
  name             = "old"
  function_name    = "orders"
  function_version = "3"
  routing_config { additional_version_weights = { "4" = 0.2 } }
}
resource "aws_lambda_function_url" "u" {
  function_name      = aws_lambda_function.orders.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = "NONE"
  cors { allow_origins = ["*"] }
}
resource "aws_lambda_function_event_invoke_config" "c" {
  function_name          = aws_lambda_function.orders.function_name
  maximum_retry_attempts = 0
  destination_config {
    on_failure { destination = "arn:aws:sqs:us-east-1:1:q" }
  }
}
resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "s3.amazonaws.com"
}`,
    model: {
      resources: {
        versions: [
          { functionName: 'orders', logicalId: 'aws_lambda_function.orders.version', implicit: true },
        ],
        aliases: [
          { name: 'live', target: { kind: 'published' } },
          {
            name: 'old',
            target: { kind: 'number', version: '3' },
            additionalVersion: { target: { kind: 'number', version: '4' }, weight: 0.2 },
          },
        ],
        functionUrls: [
          { functionName: 'orders', qualifier: 'live', authType: 'NONE', cors: { allowOrigins: ['*'] } },
        ],
        eventInvokeConfigs: [
          { qualifier: '$LATEST', maximumRetryAttempts: 0, onFailureArn: 'arn:aws:sqs:us-east-1:1:q' },
        ],
        functionPermissions: [{ functionName: 'orders', qualifier: 'live', principal: 's3.amazonaws.com' }],
      },
    },
  },
  'provisioned concurrency belongs to the alias of its own function, or to the version': {
    tf: `${fn('orders', 'publish = true')}
${fn('invoices', 'publish = true')}
resource "aws_lambda_alias" "invoices" {
  name             = "live"
  function_name    = aws_lambda_function.invoices.function_name
  function_version = aws_lambda_function.invoices.version
}
resource "aws_lambda_alias" "orders" {
  name             = "live"
  function_name    = aws_lambda_function.orders.arn
  function_version = aws_lambda_function.orders.version
}
resource "aws_lambda_provisioned_concurrency_config" "orders" {
  function_name                     = aws_lambda_alias.orders.function_name
  qualifier                         = aws_lambda_alias.orders.name
  provisioned_concurrent_executions = 2
}
resource "aws_lambda_provisioned_concurrency_config" "invoices" {
  function_name                     = aws_lambda_function.invoices.function_name
  qualifier                         = aws_lambda_function.invoices.version
  provisioned_concurrent_executions = 3
}`,
    model: {
      resources: {
        aliases: [
          { name: 'live', functionName: 'invoices' },
          { name: 'live', functionName: 'orders', provisionedConcurrency: 2 },
        ],
        versions: [{ functionName: 'orders' }, { functionName: 'invoices', provisionedConcurrency: 3 }],
      },
    },
  },
  'mappings, streams and tables': {
    tf: `${fn('orders')}
resource "aws_kinesis_stream" "clicks" {
  name             = "clicks"
  shard_count      = 2
  retention_period = 48
}
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  range_key        = "at"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "at"
    type = "N"
  }
  global_secondary_index {
    name     = "by-at"
    hash_key = "at"
  }
  ttl {
    attribute_name = "expires"
    enabled        = true
  }
}
resource "aws_lambda_event_source_mapping" "clicks" {
  function_name                  = aws_lambda_function.orders.arn
  event_source_arn               = aws_kinesis_stream.clicks.arn
  starting_position              = "LATEST"
  bisect_batch_on_function_error = true
  filter_criteria {
    filter { pattern = jsonencode({ data = { a = [1] } }) }
  }
  destination_config {
    on_failure { destination_arn = "arn:aws:sqs:us-east-1:1:q" }
  }
}
resource "aws_lambda_event_source_mapping" "orders" {
  function_name     = aws_lambda_function.orders.arn
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  starting_position = "TRIM_HORIZON"
  scaling_config { maximum_concurrency = 5 }
}`,
    model: {
      resources: {
        streams: [{ name: 'clicks', shardCount: 2, retentionHours: 48 }],
        tables: [
          {
            keys: [
              { attribute: 'id', type: 'HASH' },
              { attribute: 'at', type: 'RANGE' },
            ],
            globalIndexes: [{ name: 'by-at' }],
            stream: { viewType: 'NEW_IMAGE' },
            timeToLiveAttribute: 'expires',
          },
        ],
        eventSourceMappings: [
          {
            source: { kind: 'kinesis', arn: arn('kinesis', 'stream/clicks') },
            bisectBatchOnFunctionError: true,
            filters: [{ data: { a: [1] } }],
            onFailureArn: 'arn:aws:sqs:us-east-1:1:q',
          },
          { source: { kind: 'dynamodb' }, maximumConcurrency: 5 },
        ],
      },
    },
  },
  'buckets that notify, and rules that target': {
    tf: `${fn('orders')}
resource "aws_s3_bucket" "files" { bucket = "files" }
resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_notification" "files" {
  bucket      = aws_s3_bucket.files.id
  eventbridge = true
  lambda_function {
    lambda_function_arn = aws_lambda_function.orders.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "in/"
  }
  queue {
    queue_arn = "arn:aws:sqs:us-east-1:1:q"
    events    = ["s3:ObjectRemoved:*"]
  }
}
resource "aws_cloudwatch_event_bus" "shop" { name = "shop" }
resource "aws_cloudwatch_event_rule" "paid" {
  name           = "paid"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = ["shop"] })
  is_enabled     = false
}
resource "aws_cloudwatch_event_target" "paid" {
  rule           = aws_cloudwatch_event_rule.paid.name
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  arn            = aws_lambda_function.orders.arn
  input_path     = "$.detail"
  retry_policy { maximum_retry_attempts = 1 }
  dead_letter_config { arn = "arn:aws:sqs:us-east-1:1:q" }
}
resource "aws_scheduler_schedule" "tick" {
  name                         = "tick"
  schedule_expression          = "rate(1 hour)"
  schedule_expression_timezone = "Europe/Berlin"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = aws_lambda_function.orders.arn
    role_arn = "arn:aws:iam::1:role/r"
    input    = jsonencode({ a = 1 })
  }
}`,
    model: {
      resources: {
        buckets: [{ versioning: true, eventBridge: true }],
        bucketNotifications: [
          { events: ['s3:ObjectCreated:*'], prefix: 'in/' },
          { targetArn: 'arn:aws:sqs:us-east-1:1:q' },
        ],
        rules: [
          {
            arn: arn('events', 'rule/shop/paid'),
            eventPattern: { source: ['shop'] },
            enabled: false,
            targets: [
              {
                id: 'paid',
                inputPath: '$.detail',
                maximumRetryAttempts: 1,
                deadLetterTargetArn: 'arn:aws:sqs:us-east-1:1:q',
              },
            ],
          },
        ],
        schedules: [
          {
            name: 'tick',
            timezone: 'Europe/Berlin',
            input: '{"a":1}',
            targetArn: arn('lambda', 'function:orders'),
          },
        ],
      },
      triggers: [{ kind: 's3' }, { kind: 'eventBridge' }, { kind: 'schedule' }],
    },
  },
};

suite('Resources of Terraform configurations', () => {
  for (const [name, configuration] of Object.entries(cases)) {
    test(name, () => checkConfiguration(configuration));
  }
});
