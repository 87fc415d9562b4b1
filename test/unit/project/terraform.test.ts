import { check } from './support/check.ts';
import { arn, type Configuration, checkConfiguration, functionOf as fn } from './support/terraform.ts';

const cases: Readonly<Record<string, Configuration>> = {
  'a function with literal values': {
    tf: fn(
      'orders',
      `description   = "d"
  timeout       = 9
  memory_size   = 512
  architectures = ["arm64"]
  layers        = ["arn:aws:lambda:us-east-1:1:layer:l:1"]
  reserved_concurrent_executions = 0
  ephemeral_storage { size = 1024 }
  environment { variables = { A = "b", N = 1 } }
  tracing_config { mode = "Active" }
  dead_letter_config { target_arn = "arn:aws:sqs:us-east-1:1:q" }
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }
  logging_config { log_format = "JSON" }
  snap_start { apply_on = "PublishedVersions" }
  file_system_config {
    arn              = "arn:aws:elasticfilesystem:us-east-1:1:access-point/a"
    local_mount_path = "/mnt/a"
  }
  tags = { team = "shop" }`,
    ),
    model: {
      functions: [
        {
          name: 'orders',
          logicalId: 'aws_lambda_function.orders',
          description: 'd',
          timeoutSeconds: 9,
          memorySizeMb: 512,
          architecture: 'arm64',
          ephemeralStorageMb: 1024,
          reservedConcurrency: 0,
          environment: { A: 'b', N: '1' },
          tracing: 'Active',
          deadLetterTargetArn: 'arn:aws:sqs:us-east-1:1:q',
          vpc: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], ipv6AllowedForDualStack: false },
          logging: { format: 'JSON' },
          snapStart: 'PublishedVersions',
          fileSystems: [{ localMountPath: '/mnt/a' }],
          tags: { team: 'shop' },
          codeDirectory: '/project/src',
          entryFile: '/project/src/index.ts',
          definedAt: { file: '/project/main.tf', startLine: 2, startColumn: 1 },
        },
      ],
      stacks: [{ id: 'main.tf', name: 'project', dialect: 'terraform' }],
    },
  },
  'resources that are no part of the model': {
    tf: fn(
      'orders',
      `environment { variables = {
    GROUP = aws_lb_target_group.orders.arn
    NAME  = aws_lb_target_group.orders.name
    ID    = random_string.suffix.result
    BARE  = aws_lb.orders
    LOWER = "\${lower(random_string.suffix.result)}-x"
  } }`,
    ).concat(`
resource "aws_lb" "orders" {}
resource "aws_lb_target_group" "orders" { name = "orders" }
resource "random_string" "suffix" { length = 4 }`),
    model: {
      functions: [
        {
          environment: {
            GROUP: '<unresolved aws_lb_target_group.orders.arn>',
            NAME: 'orders',
            ID: '<unresolved random_string.suffix.result>',
            BARE: '<unresolved aws_lb.orders>',
            LOWER: '<unresolved lower(…)>-x',
          },
        },
      ],
    },
  },
  'variables, locals, files of variables and functions': {
    tf: `variable "stage" { default = "dev" }
variable "team" {}
locals {
  name = "shop-\${var.stage}"
  tags = merge({ a = "b" }, { team = var.team })
}
${fn('orders', 'environment { variables = { NAME = local.name, UP = upper(local.name), F = format("%s/%d", var.team, 3), J = jsonencode({ a = [1] }), C = join("+", concat(["a"], ["b"])), R = replace("a-b", "-", "_"), W = terraform.workspace, U = uuid() } }\n  tags = local.tags')}`,
    files: { 'terraform.tfvars': 'team = "prints"\n', 'x.auto.tfvars': 'stage = "prod"\n' },
    model: {
      functions: [
        {
          environment: {
            NAME: 'shop-prod',
            UP: 'SHOP-PROD',
            F: 'prints/3',
            J: '{"a":[1]}',
            C: 'a+b',
            R: 'a_b',
            W: 'default',
            U: '<unresolved uuid(…)>',
          },
          tags: { a: 'b', team: 'prints' },
        },
      ],
      placeholders: [{ text: '<unresolved uuid(…)>', range: { file: '/project/main.tf' } }],
    },
  },
  'archives lead to what they are made from': {
    tf: `data "archive_file" "folder" {
  type        = "zip"
  source_dir  = "\${path.module}/src"
  output_path = "a.zip"
}
data "archive_file" "file" {
  type        = "zip"
  source_file = "src/index.ts"
  output_path = "b.zip"
}
${fn('a').replace('"src"', 'data.archive_file.folder.output_path')}
${fn('b').replace('"src"', 'data.archive_file.file.output_path')}
resource "aws_lambda_function" "c" {
  function_name = "c"
  handler       = "index.handler"
  runtime       = "nodejs24.x"
  filename      = "c.zip"
  #               ^^^^^^^ info: is an archive
}`,
    model: {
      functions: [
        { name: 'a', codeDirectory: '/project/src', entryFile: '/project/src/index.ts' },
        { name: 'b', codeDirectory: '/project/src', entryFile: '/project/src/index.ts' },
        { name: 'c' },
      ],
    },
  },
  'the account, the region and policies of data sources': {
    tf: `data "aws_region" "now" {}
data "aws_caller_identity" "me" {}
data "aws_iam_policy_document" "d" {
  statement {
    sid       = "S"
    effect    = "Deny"
    actions   = ["a:*"]
    resources = ["r"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::1:root"]
    }
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["v"]
    }
  }
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.d.json
  inline_policy {
    name   = "i"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "x", Resource = "arn:aws:sqs:\${data.aws_region.now.name}:\${data.aws_caller_identity.me.account_id}:q" }] })
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"y\\", \\"Resource\\": \\"*\\"}]}"
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}`,
    model: {
      resources: {
        roles: [
          {
            trust: {
              statements: [
                {
                  sid: 'S',
                  effect: 'Deny',
                  principals: { AWS: ['arn:aws:iam::1:root'] },
                  conditions: { StringEquals: { k: ['v'] } },
                },
              ],
            },
            inlinePolicies: [{ name: 'i', document: { statements: [{ resources: [arn('sqs', 'q')] }] } }],
            managedPolicyArns: ['arn:aws:iam::000000000000:policy/p'],
          },
        ],
        managedPolicies: [{ document: { statements: [{ actions: ['y'] }] } }],
      },
    },
  },
  'modules of the workspace': {
    tf: `module "queue" {
  source = "./modules/queue"
  prefix = "shop"
}
module "registry" { source = "terraform-aws-modules/lambda/aws" }
${fn('orders', 'environment { variables = { URL = module.queue.url, NONE = module.queue.gone } }')}`,
    files: {
      'modules/queue/main.tf': `variable "prefix" { default = "unused" }
resource "aws_sqs_queue" "jobs" { name = "\${var.prefix}-jobs" }
output "url" { value = aws_sqs_queue.jobs.url }
`,
    },
    model: {
      functions: [
        {
          environment: {
            URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/shop-jobs',
            NONE: '<unresolved module.queue.gone>',
          },
        },
      ],
      resources: { queues: [{ name: 'shop-jobs', logicalId: 'module.queue.aws_sqs_queue.jobs' }] },
    },
  },
  'resources that are turned off, names that are shared, circles': {
    tf: `locals {
  a = local.b
  b = local.a
}
resource "aws_sqs_queue" "off" { count = 0 }
resource "aws_sqs_queue" "orders" {}
${fn('orders', 'environment { variables = { Q = aws_sqs_queue.orders.name, CIRCLE = local.a, GONE = aws_sqs_queue.gone.arn } }')}`,
    model: {
      functions: [
        {
          environment: {
            Q: 'orders',
            CIRCLE: '<unresolved local.a>',
            GONE: '<unresolved aws_sqs_queue.gone.arn>',
          },
        },
      ],
      resources: { queues: [{ name: 'orders' }] },
    },
  },
};

suite('Terraform configurations', () => {
  for (const [name, configuration] of Object.entries(cases)) {
    test(name, () => checkConfiguration(configuration));
  }

  test('container images are said', () =>
    check({
      files: { 'main.tf': `resource "aws_lambda_function" "image" {\n  package_type = "Image"\n}\n` },
      problems: ['main.tf:1:1-40 info: aws_lambda_function.image is a container image'],
      model: { functions: [{ runtime: 'container image' }] },
    }));

  test('all files of a folder are one configuration, and a broken one keeps none of it', () =>
    check({
      files: {
        'a.tf': `resource "aws_sqs_queue" "a" {\n`,
        'b.tf': `resource "aws_sqs_queue" "b" {}\n`,
      },
      problems: ['a.tf:1:30-31 error: This file does not parse: a closing brace is missing'],
      model: { resources: {}, functions: [] },
    }));

  test('a folder without anything that functions touch is none', () =>
    check({
      files: { 'main.tf': 'terraform { required_version = ">= 1" }\n' },
      model: { stacks: [], files: [] },
    }));
});
