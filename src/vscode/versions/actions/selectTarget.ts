import * as vscode from 'vscode';
import type { AwsAccess, AwsProfile } from '../../../model/awsAccess.ts';
import type { TargetIdentity } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import { pickOrPress } from '../../support/quickPick.ts';
import type { TargetChoiceServices } from '../services.ts';

/** What the command takes from keybindings and other extensions; without a region, or `local`, it asks. */
export interface TargetArguments extends Partial<AwsAccess> {
  readonly folder?: vscode.Uri;
  /** The engine on this machine. */
  readonly local?: boolean;
}

/** Where accounts that were selected before are remembered: by profile, region and endpoint. */
const recentKey = 'recentTargets';
const mostRecent = 5;

/**
 * Asks whose functions the Functions view shows and the commands act on: those of this machine, or an account's. Nothing
 * is called before that is answered.
 */
export async function selectTarget(
  folder: vscode.WorkspaceFolder,
  given: TargetArguments,
  services: TargetChoiceServices,
): Promise<TargetIdentity | undefined> {
  const access = await accessOf(given, services);
  if (access === undefined) return undefined;
  if (access === 'local') {
    await services.targets.select(folder, undefined);
    return services.targets.current(folder)?.identity;
  }
  const fault = faultOfRegion(access.region) ?? faultOfEndpoint(access.endpoint ?? '');
  if (fault !== undefined) throw new UserError(fault);
  const target = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Connecting to {0}', nameOf(access)),
      cancellable: true,
    },
    (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return services.targets.select(folder, access, controller.signal).catch(error => {
        if (controller.signal.aborted) throw new vscode.CancellationError();
        throw error;
      });
    },
  );
  const others = recent(services).filter(each => JSON.stringify(each) !== JSON.stringify(access));
  await services.state.update(recentKey, [access, ...others].slice(0, mostRecent));
  return target?.identity;
}

async function accessOf(
  given: TargetArguments,
  services: TargetChoiceServices,
): Promise<AwsAccess | 'local' | undefined> {
  const { local, profile, region, endpoint } = given;
  if (local) return 'local';
  if (region === undefined) return askAccess(services);
  return {
    region,
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

type Choice = vscode.QuickPickItem & {
  readonly chosen?: 'local' | 'chain' | AwsAccess | { readonly profile: AwsProfile };
};

const withEndpoint: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('link'),
  tooltip: vscode.l10n.t('At Another Endpoint...'),
};

async function askAccess(services: TargetChoiceServices): Promise<AwsAccess | 'local' | undefined> {
  const profiles = await services.targets.profiles();
  const separator = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const seen = recent(services);
  const items: readonly Choice[] = [
    {
      label: vscode.l10n.t('$(vm) Local'),
      description: vscode.l10n.t('the Lambda service on this machine'),
      chosen: 'local',
    },
    ...(seen.length > 0 ? [separator(vscode.l10n.t('Selected before'))] : []),
    ...seen.map(
      (access): Choice => ({
        label: `$(history) ${access.profile ?? vscode.l10n.t('Default credentials')}`,
        description: [access.region, access.endpoint].filter(part => part !== undefined).join(' · '),
        chosen: access,
      }),
    ),
    separator(vscode.l10n.t('AWS')),
    ...profiles.map(
      (profile): Choice => ({
        label: `$(cloud) ${profile.name}`,
        description: [kindText(profile), profile.region].filter(part => part !== undefined).join(' · '),
        buttons: [withEndpoint],
        chosen: { profile },
      }),
    ),
    {
      label: vscode.l10n.t('$(cloud) Default credentials'),
      description: vscode.l10n.t('as the AWS SDK finds them: the environment first'),
      buttons: [withEndpoint],
      chosen: 'chain',
    },
  ];
  const title = vscode.l10n.t('Select Target');
  const picked = await pickOrPress(items, { title, placeholder: vscode.l10n.t('Whose functions?') });
  const chosen = picked?.item.chosen;
  if (!picked || chosen === undefined || chosen === 'local') return chosen as 'local' | undefined;
  if (chosen !== 'chain' && 'region' in chosen) return chosen;
  const profile = chosen === 'chain' ? undefined : chosen.profile;
  const endpoint = picked.button ? await askEndpoint(title) : '';
  if (endpoint === undefined) return undefined;
  const region = await askRegion(title, profile?.region);
  if (region === undefined) return undefined;
  return {
    region,
    ...(profile === undefined ? {} : { profile: profile.name }),
    ...(endpoint === '' ? {} : { endpoint }),
  };
}

/** https://docs.aws.amazon.com/general/latest/gr/lambda-service.html, those that most accounts use. */
const regions: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'sa-east-1',
];

async function askRegion(title: string, own: string | undefined): Promise<string | undefined> {
  const first = [...new Set([own, process.env.AWS_REGION].filter(region => region !== undefined))];
  const other = vscode.l10n.t('Another region...');
  const picked = await vscode.window.showQuickPick(
    [...first, ...regions.filter(region => !first.includes(region)), other],
    { title, placeHolder: vscode.l10n.t('In which region?') },
  );
  if (picked !== other) return picked;
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The region, for example eu-central-2'),
    ignoreFocusOut: true,
    validateInput: faultOfRegion,
  });
}

function askEndpoint(title: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Where Lambda’s API answers; empty: where AWS has it'),
    placeHolder: 'http://127.0.0.1:4566',
    ignoreFocusOut: true,
    validateInput: faultOfEndpoint,
  });
}

function faultOfRegion(region: string): string | undefined {
  return /^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(region)
    ? undefined
    : vscode.l10n.t('"{0}" is no region. One is called, for example, eu-central-1.', region);
}

function faultOfEndpoint(endpoint: string): string | undefined {
  if (endpoint === '') return undefined;
  const url = URL.parse(endpoint);
  // What is remembered of a target is not to hold anything secret.
  if (url && (url.username !== '' || url.password !== '')) {
    return vscode.l10n.t('An endpoint has no user and no password in it: the profile has the credentials.');
  }
  if (url && /^https?:$/.test(url.protocol)) return undefined;
  return vscode.l10n.t('"{0}" is no endpoint. One is, for example, http://127.0.0.1:4566.', endpoint);
}

function kindText({ kind }: AwsProfile): string | undefined {
  const texts = {
    sso: vscode.l10n.t('IAM Identity Center'),
    role: vscode.l10n.t('a role'),
    process: vscode.l10n.t('a program'),
    keys: undefined,
  };
  return texts[kind];
}

function recent({ state }: TargetChoiceServices): readonly AwsAccess[] {
  return state.get<readonly AwsAccess[]>(recentKey, []);
}

function nameOf({ profile, region }: AwsAccess): string {
  return profile === undefined ? region : `${profile} · ${region}`;
}
