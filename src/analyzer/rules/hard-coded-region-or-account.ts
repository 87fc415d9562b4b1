import { ts } from 'ts-morph';
import { removeProperty } from '../fixes/removeProperty.ts';
import { findCreations, originOf } from '../notes.ts';
import type { Scope } from '../phases/model.ts';
import { staticName, unwrap } from '../syntax.ts';
import { behindNames } from './constants.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html#function-code */
export const hardCodedRegionOrAccount = defineRule({
  name: 'hard-coded-region-or-account',
  severity: 'info',
  title: 'A region or an account is written in the code',
  messages: {
    region:
      'The region is written in the code: deployed to another one, the function still works with {region}. Without it, the client takes the region that the function runs in.',
    name: '{what} is written in the code: every stage, region and account gets the same one. Pass it in an environment variable.',
  },
  check(code, report) {
    const regions = new Set(regionsOf(code));
    for (const node of regions) {
      const fix = removeProperty(node, 'Take the region that the function runs in');
      report({ node, message: 'region', data: { region: node.text }, fix });
    }
    for (const node of code.nodes.of(
      'StringLiteral',
      'NoSubstitutionTemplateLiteral',
      'TemplateExpression',
    )) {
      if (isCompared(node)) continue;
      const text = ts.isTemplateExpression(node) ? node.head.text : (node as ts.StringLiteralLike).text;
      const what = kindOf(text);
      if (what) report({ node, message: 'name', data: { what } });
    }
  },
});

/** What of the text belongs to one region or account. */
function kindOf(text: string): string | undefined {
  if (!text.startsWith('arn:') && !text.includes('.amazonaws.com')) return undefined;
  const [, , region, account] = /^arn:(aws[\w-]*):[\w-]+:([\w-]*):(\d*)/.exec(text) ?? [];
  if ((region && isRegion(region)) || (account && isAccount(account))) return 'This ARN';
  const [, queueAccount] = /^https?:\/\/sqs\.[\w-]+\.amazonaws\.com\/(\d+)\//.exec(text) ?? [];
  if (queueAccount && isAccount(queueAccount)) return "This queue's URL";
  const [, host] = /[.-]([a-z]{2}(?:-gov)?-[a-z]+-\d)\.(?:[a-z-]+\.)?amazonaws\.com\b/.exec(text) ?? [];
  return host && /^(https?:\/\/)?[\w.-]+\.amazonaws\.com/.test(text) ? 'This address' : undefined;
}

function isRegion(text: string): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(text);
}

function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text) && text !== '000000000000';
}

/** Data that is looked for, not something that is used. */
function isCompared(node: ts.Node): boolean {
  if (ts.isCaseClause(node.parent ?? node)) return (node.parent as ts.CaseClause).expression === node;
  return (
    node.parent !== undefined &&
    ts.isBinaryExpression(node.parent) &&
    /^[!=]==?$/.test(ts.tokenToString(node.parent.operatorToken.kind) ?? '')
  );
}

/** Clients of services that are in one region for the whole world. */
const worldwide =
  /^(CloudFront|CloudFrontKeyValueStore|WAF|WAFV2|Route53|Route53Domains|Organizations|IAM|CostExplorer|ACM|Pricing|Shield|Budgets|Support|Health|ECRPUBLIC|GlobalAccelerator|CostandUsageReport\w*|Bedrock\w*)(Client)?$/;

/** The regions that clients are built with, as far as the literals are in this file. */
function* regionsOf(code: ReachedCode): Generator<ts.StringLiteralLike> {
  const { file } = code;
  yield* assignedRegions(code);
  for (const { node, kind, label } of findCreations(file)) {
    const site = code.siteOf(node);
    if (!site || kind !== 'client' || worldwide.test(label.slice(label.lastIndexOf('.') + 1))) continue;
    yield* regionIn(node.arguments?.[0], site.scope, code);
  }
  for (const { calls } of file.units) {
    for (const { node, scope } of calls) {
      if (!ts.isCallExpression(node)) continue;
      const origin = originOf(unwrap(node.expression), scope);
      if (origin?.specifier === 'aws-sdk' && origin.name === 'update') {
        yield* regionIn(node.arguments[0], scope, code);
      }
    }
  }
}

/** `AWS.config.region = 'eu-west-1'` */
function* assignedRegions({ file }: ReachedCode): Generator<ts.StringLiteralLike> {
  for (const { target, value, scope } of file.propertyAssignments.get('region') ?? []) {
    const object = unwrap((unwrap(target) as ts.PropertyAccessExpression).expression);
    const origin = originOf(object, scope);
    const region = unwrap(value);
    const isConfig = origin?.specifier === 'aws-sdk' && origin.name === 'config';
    if (isConfig && ts.isStringLiteralLike(region) && isRegion(region.text)) yield region;
  }
}

function* regionIn(
  options: ts.Node | undefined,
  scope: Scope,
  code: ReachedCode,
): Generator<ts.StringLiteralLike> {
  if (!options) return;
  const { value, scope: at } = behindNames(options, scope, code);
  if (!ts.isObjectLiteralExpression(value)) return;
  const names = value.properties.map(({ name }) => staticName(name));
  if (names.includes('endpoint')) return;
  const property = value.properties[names.indexOf('region')];
  const initializer =
    property && ts.isPropertyAssignment(property)
      ? property.initializer
      : property && ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
  const region = initializer && behindNames(initializer, at, code).value;
  const isHere = region?.getSourceFile() === code.file.source;
  if (region && isHere && ts.isStringLiteralLike(region) && isRegion(region.text)) yield region;
}
