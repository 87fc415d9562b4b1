import type { Cors, FunctionUrlConfig } from '@aws-sdk/client-lambda';
import type { CorsDefinition, FunctionUrlDefinition } from '../../../../model/versions.ts';
import type { UrlSetting } from '../../../store/settingTable.ts';
import { type Catalog, functionArn, functionExists } from '../../../versions/catalog.ts';
import { notFound, type Refused } from '../../../versions/errors.ts';
import { type Deployment, referenceOf } from '../deployment.ts';

/** A function URL, whoever has defined it. */
export interface FunctionUrl {
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly setting: Omit<UrlSetting, 'id'>;
  /** Whether a template of the workspace defines it. */
  readonly inTemplate: boolean;
}

/** The URLs of a function, the template's first. */
export function urlsOf(catalog: Catalog, functionName: string): readonly FunctionUrl[] {
  const modifiedAt = catalog.functions.get(functionName)?.latest.modifiedAt ?? catalog.clock.now();
  const defined = catalog.workspace.urls(functionName).map(url => ({
    functionName,
    qualifier: url.qualifier,
    inTemplate: true,
    setting: {
      authType: url.authType,
      invokeMode: url.invokeMode,
      ...(url.cors ? { cors: url.cors } : {}),
      createdAt: modifiedAt,
      modifiedAt,
    },
  }));
  const own = catalog.settings.list(functionName, 'url').map(({ qualifier, value }) => ({
    functionName,
    qualifier: qualifier === '' ? undefined : qualifier,
    inTemplate: false,
    setting: value,
  }));
  const isDefined = ({ qualifier }: FunctionUrl) => defined.some(each => each.qualifier === qualifier);
  return [...defined, ...own.filter(url => !isDefined(url))];
}

/** What the API has set, in the form in which templates define it; for the front doors. */
export function urlDefinitions(catalog: Catalog, root: string): readonly FunctionUrlDefinition[] {
  return catalog.settings
    .all('url')
    .filter(({ functionName }) => functionExists(catalog, functionName))
    .filter(
      ({ functionName, qualifier }) =>
        !catalog.workspace.urls(functionName).some(url => (url.qualifier ?? '') === qualifier),
    )
    .map(({ functionName, qualifier, value }) => ({
      logicalId: value.id,
      stackId: 'api',
      definedAt: { file: root, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
      functionName,
      ...(qualifier === '' ? {} : { qualifier }),
      authType: value.authType,
      invokeMode: value.invokeMode,
      ...(value.cors ? { cors: value.cors } : {}),
    }));
}

/** The URL of a function or an alias; what is not there is told in AWS's words. */
export function existingUrl(
  deployment: Deployment,
  name: string | undefined,
  asked: string | undefined,
): { readonly kind: 'found'; readonly url: FunctionUrl } | Refused {
  const target = urlTarget(deployment, name, asked);
  if (target.kind === 'failed') return target;
  const { functionName, qualifier } = target;
  const url = urlsOf(deployment.catalog, functionName).find(each => each.qualifier === qualifier);
  return url ? { kind: 'found', url } : notFound('The resource you requested does not exist.');
}

/** The function, or the alias, that a URL is for. */
export function urlTarget(
  deployment: Deployment,
  name: string | undefined,
  asked: string | undefined,
):
  | { readonly kind: 'target'; readonly functionName: string; readonly qualifier: string | undefined }
  | Refused {
  const reference = referenceOf(deployment, name, asked);
  if (reference.kind === 'failed') return reference;
  const { functionName, qualifier } = reference;
  const { catalog, template } = deployment;
  const hasAlias =
    qualifier === undefined ||
    template.defines(functionName, qualifier) ||
    catalog.aliases.get(functionName, qualifier) !== undefined;
  return functionExists(catalog, functionName) && hasAlias
    ? { kind: 'target', functionName, qualifier }
    : notFound('Function does not exist');
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionUrlConfig.html */
export function describeUrl({ catalog, urlOf }: Deployment, url: FunctionUrl): FunctionUrlConfig {
  const { functionName, qualifier, setting } = url;
  return {
    FunctionUrl: urlOf(functionName, qualifier) ?? '',
    FunctionArn: functionArn(catalog, functionName, qualifier),
    AuthType: setting.authType,
    ...(setting.cors ? { Cors: corsOutput(setting.cors) } : {}),
    CreationTime: new Date(setting.createdAt).toISOString(),
    LastModifiedTime: new Date(setting.modifiedAt).toISOString(),
    InvokeMode: setting.invokeMode,
  };
}

export function corsInput(cors: Cors): CorsDefinition {
  const { AllowCredentials, AllowHeaders, AllowMethods, AllowOrigins, ExposeHeaders, MaxAge } = cors;
  return {
    ...(AllowCredentials === undefined ? {} : { allowCredentials: AllowCredentials }),
    ...(AllowHeaders === undefined ? {} : { allowHeaders: AllowHeaders }),
    ...(AllowMethods === undefined ? {} : { allowMethods: AllowMethods }),
    ...(AllowOrigins === undefined ? {} : { allowOrigins: AllowOrigins }),
    ...(ExposeHeaders === undefined ? {} : { exposeHeaders: ExposeHeaders }),
    ...(MaxAge === undefined ? {} : { maxAgeSeconds: MaxAge }),
  };
}

function corsOutput(cors: CorsDefinition): Cors {
  const { allowCredentials, allowHeaders, allowMethods, allowOrigins, exposeHeaders, maxAgeSeconds } = cors;
  return {
    ...(allowCredentials === undefined ? {} : { AllowCredentials: allowCredentials }),
    ...(allowHeaders === undefined ? {} : { AllowHeaders: [...allowHeaders] }),
    ...(allowMethods === undefined ? {} : { AllowMethods: [...allowMethods] }),
    ...(allowOrigins === undefined ? {} : { AllowOrigins: [...allowOrigins] }),
    ...(exposeHeaders === undefined ? {} : { ExposeHeaders: [...exposeHeaders] }),
    ...(maxAgeSeconds === undefined ? {} : { MaxAge: maxAgeSeconds }),
  };
}
