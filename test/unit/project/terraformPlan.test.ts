import { check, type ExpectedModel, type Project } from './support/check.ts';
import {
  arn,
  configured,
  plannedOrders as orders,
  planned,
  refers,
  type Values,
} from './support/terraform.ts';

interface Plan {
  readonly plan: Values;
  readonly files?: Readonly<Record<string, string>>;
  readonly model?: ExpectedModel;
  readonly problems?: Project['problems'];
}

const plans: Readonly<Record<string, Plan>> = {
  'values that are known, and expressions of those that are not': {
    plan: {
      format_version: '1.2',
      terraform_version: '1.9.0',
      planned_values: {
        root_module: {
          resources: [
            orders,
            planned('aws_sqs_queue.jobs', { name: 'jobs-prod', visibility_timeout_seconds: 54 }),
            planned('aws_iam_role.orders', { name: 'orders-role', path: '/' }),
          ],
        },
      },
      configuration: {
        root_module: {
          resources: [
            configured('aws_lambda_function.orders', {
              function_name: refers('var.stage'),
              role: refers('aws_iam_role.orders.arn', 'aws_iam_role.orders'),
              environment: [{ variables: refers('aws_sqs_queue.jobs.url', 'aws_sqs_queue.jobs') }],
              dead_letter_config: [{ target_arn: refers('aws_sqs_queue.jobs.arn', 'aws_sqs_queue.jobs') }],
              timeout: { constant_value: 3 },
            }),
          ],
        },
      },
    },
    model: {
      functions: [
        {
          name: 'orders-prod',
          logicalId: 'aws_lambda_function.orders',
          timeoutSeconds: 9,
          roleArn: 'arn:aws:iam::000000000000:role/orders-role',
          deadLetterTargetArn: arn('sqs', 'jobs-prod'),
          entryFile: '/project/src/index.ts',
          definedAt: { file: '/project/plan.json' },
        },
      ],
      stacks: [{ id: 'plan.json', dialect: 'terraform', file: '/project/plan.json' }],
    },
  },
  'modules, also those with a count': {
    plan: {
      format_version: '1.2',
      planned_values: {
        root_module: {
          child_modules: [
            {
              address: 'module.shop["eu"]',
              resources: [
                planned('module.shop["eu"].aws_sqs_queue.jobs', { name: 'eu-jobs' }),
                planned('module.shop["eu"].aws_sns_topic_subscription.jobs', { protocol: 'sqs' }),
                planned('module.shop["eu"].aws_sns_topic.news', { name: 'eu-news' }),
              ],
            },
          ],
        },
      },
      configuration: {
        root_module: {
          module_calls: {
            shop: {
              source: './shop',
              module: {
                resources: [
                  configured('aws_sns_topic_subscription.jobs', {
                    topic_arn: refers('aws_sns_topic.news.arn', 'aws_sns_topic.news'),
                    endpoint: refers('aws_sqs_queue.jobs.arn', 'aws_sqs_queue.jobs'),
                  }),
                ],
              },
            },
          },
        },
      },
    },
    model: {
      resources: {
        queues: [{ name: 'eu-jobs', logicalId: 'module.shop["eu"].aws_sqs_queue.jobs' }],
        subscriptions: [{ topicArn: arn('sns', 'eu-news'), endpoint: arn('sqs', 'eu-jobs') }],
      },
    },
  },
  'resources with a count': {
    plan: {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            planned('aws_subnet.private[0]', { cidr_block: '10.0.0.0/24' }, { index: 0 }),
            planned('aws_subnet.private[1]', { cidr_block: '10.0.1.0/24' }, { index: 1 }),
            {
              ...orders,
              values: { ...(orders.values as Values), vpc_config: [{ security_group_ids: ['sg-1'] }] },
            },
          ],
        },
      },
      configuration: {
        root_module: {
          resources: [
            configured('aws_lambda_function.orders', {
              vpc_config: [
                {
                  subnet_ids: refers(
                    'aws_subnet.private[0].id',
                    'aws_subnet.private[0]',
                    'aws_subnet.private',
                  ),
                },
              ],
            }),
          ],
        },
      },
    },
    model: {
      functions: [{ vpc: { subnetIds: ['subnet-private0'], securityGroupIds: ['sg-1'] } }],
      resources: {
        subnets: [
          { id: 'subnet-private0', cidrBlock: '10.0.0.0/24', logicalId: 'aws_subnet.private[0]' },
          { id: 'subnet-private1', cidrBlock: '10.0.1.0/24' },
        ],
      },
    },
  },
  'modules of a registry, and all of what has a count': {
    plan: {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              ...orders,
              values: { ...(orders.values as Values), vpc_config: [{}], environment: [{}] },
            },
          ],
          child_modules: [
            {
              address: 'module.network',
              resources: [
                planned('module.network.aws_subnet.private[0]', {}, { index: 0 }),
                planned('module.network.aws_subnet.private[1]', {}, { index: 1 }),
                planned('module.network.aws_security_group.open', {}),
              ],
            },
          ],
        },
      },
      configuration: {
        root_module: {
          resources: [
            configured('aws_lambda_function.orders', {
              vpc_config: [
                {
                  subnet_ids: refers('module.network.private_subnets', 'module.network'),
                  security_group_ids: refers('module.network.open', 'module.network'),
                },
              ],
              environment: [{ variables: { constant_value: { A: 'b' } } }],
            }),
          ],
          module_calls: {
            network: {
              source: 'terraform-aws-modules/vpc/aws',
              expressions: { name: { constant_value: 'shop' } },
              module: {
                outputs: {
                  private_subnets: { expression: refers('aws_subnet.private') },
                  open: { expression: refers('aws_security_group.open.id', 'aws_security_group.open') },
                },
                variables: { name: { default: '' } },
              },
            },
          },
        },
      },
    },
    model: {
      functions: [
        {
          environment: { A: 'b' },
          vpc: {
            subnetIds: ['subnet-networkprivate0', 'subnet-networkprivate1'],
            securityGroupIds: ['sg-networkopen'],
          },
        },
      ],
    },
  },
  'data that was read beforehand': {
    plan: {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              ...orders,
              values: { ...(orders.values as Values), filename: '.build/orders.zip' },
            },
          ],
        },
      },
      prior_state: {
        format_version: '1.0',
        values: {
          root_module: {
            resources: [
              {
                address: 'data.archive_file.orders',
                mode: 'data',
                type: 'archive_file',
                name: 'orders',
                values: { source_dir: './src', output_path: '.build/orders.zip' },
              },
            ],
          },
        },
      },
      configuration: {
        root_module: {
          resources: [
            configured('aws_lambda_function.orders', {
              filename: refers('data.archive_file.orders.output_path', 'data.archive_file.orders'),
            }),
          ],
        },
      },
    },
    model: { functions: [{ codeDirectory: '/project/src', entryFile: '/project/src/index.ts' }] },
  },
  'the configuration beside a plan says where things are': {
    plan: {
      format_version: '1.2',
      variables: { stage: { value: 'prod' } },
      planned_values: {
        root_module: {
          resources: [
            orders,
            planned('aws_lambda_alias.live', {
              name: 'live',
              function_name: 'orders-prod',
              function_version: '7',
            }),
          ],
        },
      },
    },
    files: {
      'main.tf': `variable "stage" {}
resource "aws_lambda_function" "orders" {
  function_name = "orders-\${var.stage}"
  environment {
    variables = { STAGE = var.stage }
  }
}
resource "aws_lambda_alias" "live" {
  name = "live"
}
`,
    },
    model: {
      functions: [
        {
          name: 'orders-prod',
          environment: { STAGE: 'prod' },
          definedAt: { file: '/project/main.tf', startLine: 2 },
        },
      ],
      resources: { aliases: [{ name: 'live', target: { kind: 'number', version: '7' } }] },
      files: ['/project/plan.json', '/project/main.tf'],
    },
  },
  'values that are only known after the deployment': {
    plan: {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              ...orders,
              values: {
                ...(orders.values as Values),
                environment: [{ variables: { STAGE: 'prod' } }],
              },
            },
          ],
        },
      },
      resource_changes: [
        {
          address: 'aws_lambda_function.orders',
          change: { after_unknown: { arn: true, environment: [{ variables: { QUEUE: true } }] } },
        },
      ],
      configuration: {
        root_module: {
          resources: [
            configured('aws_lambda_function.orders', {
              environment: [
                { variables: refers('aws_sqs_queue.jobs.url', 'aws_sqs_queue.jobs', 'var.stage') },
              ],
            }),
          ],
        },
      },
    },
    model: {
      functions: [{ environment: { STAGE: 'prod', QUEUE: '<unresolved QUEUE>' } }],
      placeholders: [{ text: '<unresolved QUEUE>', reason: 'It is known after the deployment.' }],
    },
  },
  'the state of what is deployed': {
    plan: {
      format_version: '1.0',
      values: {
        root_module: {
          resources: [
            planned('aws_sqs_queue.jobs', {
              name: 'jobs',
              arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
              url: 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs',
            }),
          ],
        },
      },
    },
    model: { resources: { queues: [{ name: 'jobs' }] } },
  },
  'an archive whose source is nowhere': {
    plan: {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [{ ...orders, values: { ...(orders.values as Values), filename: 'orders.zip' } }],
        },
      },
    },
    problems: ['plan.json:1:273-285 info: The code of aws_lambda_function.orders is an archive'],
    model: { functions: [{ name: 'orders-prod' }] },
  },
  'JSON that is no plan': {
    plan: { format_version: '1.2', tasks: ['plan'] },
    model: { functions: [], stacks: [], files: [] },
  },
};

suite('Terraform plans', () => {
  for (const [name, { plan, files = {}, model, problems }] of Object.entries(plans)) {
    test(name, () =>
      check({
        files: { 'plan.json': JSON.stringify(plan), 'src/index.ts': '', ...files },
        ...(model && { model }),
        ...(problems && { problems }),
      }),
    );
  }

  test('a plan that does not parse is said where', () =>
    check({
      files: { 'tfplan.json': '{ "format_version": "1.2", ' },
      problems: ['tfplan.json:1:28-29 error: This file is not JSON'],
      model: { functions: [] },
    }));
});
