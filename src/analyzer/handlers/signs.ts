/** How the package that a name was imported from marks what is made with it. */
export type PackageSign = 'type' | 'middy' | 'powertools' | 'adapter' | 'sdk';

/** Packages that are only, or mostly, used in Lambda functions; undefined for all others. */
export function packageSign(specifier: string): PackageSign | undefined {
  if (/^(@types\/)?aws-lambda(\/|$)/.test(specifier)) return 'type';
  if (specifier.startsWith('@middy/')) return 'middy';
  if (specifier.startsWith('@aws-lambda-powertools/')) return 'powertools';
  if (specifier.startsWith('@aws-sdk/') || specifier === 'aws-sdk' || specifier.startsWith('aws-sdk/'))
    return 'sdk';
  if (specifier.startsWith('aws-xray-sdk')) return 'sdk';
  return adapters.test(specifier) ? 'adapter' : undefined;
}

/** Packages that make a handler of something else: a web framework, a wrapper that observes. */
const adapters =
  /^(serverless-http|lambda-api|aws-serverless-express|datadog-lambda-js|@lumigo\/tracer|@sentry\/(aws-)?serverless|@baselime\/lambda-node-opentelemetry|.*(serverless-express|[/-]aws-lambda|-lambda))(\/|$)/;

/** Packages whose presence says that a function called `handler` answers something other than Lambda. */
const otherServers =
  /^(express|koa|fastify|@hapi\/hapi|next|nuxt|react|preact|vue|svelte|@sveltejs\/kit|@remix-run\/.*|astro|@nestjs\/.*|restify|polka|@netlify\/functions|@vercel\/node|@cloudflare\/.*|firebase-functions|@google-cloud\/functions-framework|@azure\/functions|vitest|@jest\/globals|mocha|chai|node:test|@playwright\/test|@testing-library\/.*|@storybook\/.*)(\/|$)/;

export function isOtherServer(specifier: string): boolean {
  return otherServers.test(specifier);
}

/** Tests, mocks and stories: an exported handler there is never one of Lambda's, unless a template says so. */
export function isTestFile(path: string): boolean {
  return /(\.(test|spec|e2e|stories|cy)\.[cm]?[jt]sx?|[\\/](__tests__|__mocks__|__fixtures__)[\\/].*)$/.test(
    path,
  );
}

/** Properties that Lambda's events and context have, and hardly anything else. */
export const eventProperties =
  /\b(?:Records|requestContext|pathParameters|queryStringParameters|multiValueHeaders|rawPath|rawQueryString|isBase64Encoded|detail-type|awslogs|resourceProperties|ResourceProperties|batchItemFailures|awsRequestId|getRemainingTimeInMillis|invokedFunctionArn|callbackWaitsForEmptyEventLoop|functionVersion|AWS_LAMBDA_[A-Z_]+|statusCode)\b/;

/** A response as API Gateway takes it. */
export const makesResponse = /\{\s*['"]?statusCode['"]?\s*[:,]/;
