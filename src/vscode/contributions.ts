// What package.json contributes and the code relies on, by name. test/repo/manifest.test.ts holds the two
// together; the README's tables are made from both.
import type { Settings } from './support/settings.ts';

/** Every command, with what the README says that it does. */
export const commands: Readonly<Record<`lambdaLens.${string}`, string>> = {
  'lambdaLens.invoke':
    'Pick a function and an event, run the handler in an execution environment of its own, and show the payload and the log.',
  'lambdaLens.invokeAgain':
    'Invoke what was invoked last, with the code and the saved event as they are now.',
  'lambdaLens.invokeWithDebugger':
    'Invoke, with the debugger attached before the code is loaded: breakpoints are hit in the initialisation and in the handler, and no timeout ends what is paused.',
  'lambdaLens.invokeFresh': 'Invoke in a new execution environment: a cold start, whatever is warm.',
  'lambdaLens.invokeAsync':
    'Hand an event over as S3, SNS or EventBridge do: it is queued, retried where the function fails, and told to destinations; its life is in the Invocations view.',
  'lambdaLens.skipWait': 'Let an event of the Invocations view wait no longer for its next attempt.',
  'lambdaLens.skipAllWaits': 'Let no asynchronous event wait any longer.',
  'lambdaLens.pauseClock': 'Hold the clock that retries and schedules go by: nothing that waits becomes due.',
  'lambdaLens.resumeClock': 'Let the clock that retries and schedules go by go on.',
  'lambdaLens.stepClock':
    'Set the clock that retries and schedules go by to the next deadline, paused or not.',
  'lambdaLens.debugEvent':
    'Run an asynchronous event once more as it came, for example one that was dead-lettered, with the debugger attached.',
  'lambdaLens.invokeBatch':
    'Invoke with saved events as the records of an SQS queue, a Kinesis stream or a DynamoDB table, without any mapping.',
  'lambdaLens.selectTarget':
    'Show and act on the functions of an AWS account, by profile and region, or those of this machine again.',
  'lambdaLens.copyCliEnvironment':
    'Copy the variables that make the AWS CLI and SDKs call the local Lambda service, for a shell of your choice.',
  'lambdaLens.setVariables':
    'Give the environment variables that only a deployment knows values for this machine, or open the file that holds them.',
  'lambdaLens.replayInvocation':
    'Invoke the function once more with the event of an invocation, with the code as it is now.',
  'lambdaLens.copyInvocationAs':
    'Copy the last invocation, or one of the Invocations view, for the AWS CLI, for curl, or as a unit test.',
  'lambdaLens.saveInvocationEvent': 'Save the event of an invocation in `.lambda-lens/events`, and open it.',
  'lambdaLens.saveTestEvent': 'Save the event of a test as another saved event, and open it.',
  'lambdaLens.openHandler': 'Open the source file of a function at its handler.',
  'lambdaLens.openTemplate': 'Show where the template defines a function, a trigger or a stack.',
  'lambdaLens.openUrl':
    'Open a route of an API, or a function URL, in the browser; the local Lambda service answers there.',
  'lambdaLens.copyUrl': 'Copy the address at which a route or a function URL answers on this machine.',
  'lambdaLens.publishVersion':
    'Publish a version of a function: its code and configuration as they are now, which never change again.',
  'lambdaLens.createAlias': 'Give a name to a version, for example PROD.',
  'lambdaLens.pointAlias':
    'Send all traffic of an alias to a version. In the Functions view an alias can also be dragged onto one.',
  'lambdaLens.shiftTraffic':
    'Send a share of the traffic of an alias to a second version, after a preview of what that means.',
  'lambdaLens.promoteAlias':
    'Give all traffic of an alias to the version that had a share of it; or point the next alias at the same version.',
  'lambdaLens.rollBackAlias': 'Point an alias at what it pointed at before its last change.',
  'lambdaLens.deleteQualifier':
    'Delete aliases and versions, or functions that are in no template, after it was said what uses them.',
  'lambdaLens.invokeQualifier': 'Pick a version or an alias and an event, and invoke it.',
  'lambdaLens.compareVersions':
    'Show side by side what of the code and the configuration differs between two versions, or between one and the working tree.',
  'lambdaLens.copyArn': 'Copy the ARN of a function, a version or an alias.',
  'lambdaLens.setUpStages':
    'Create the aliases DEV, STAGE and PROD: DEV goes with `$LATEST`, the others begin at the newest version.',
  'lambdaLens.showOlderVersions': 'Show more of the versions of a function.',
  'lambdaLens.refreshFunctions':
    'Read the templates of the workspace again, with the versions and aliases that are shown.',
  'lambdaLens.filterFunctions': 'Show only the functions that have a text in their name.',
  'lambdaLens.startEngine':
    'Start the local Lambda service without invoking anything, for example to look at versions and aliases.',
  'lambdaLens.stopEngine':
    'End the local Lambda service with every execution environment; the next invocation starts it anew.',
  'lambdaLens.hints.toggle': 'Switch the hints in handler files off, or on again.',
  'lambdaLens.hints.showRegions':
    'List what of the active file runs once per execution environment and what on every invocation, and go there.',
  'lambdaLens.findings.list':
    'Look through everything that the handlers of the workspace reach, and show what breaks or costs it on Lambda in the Problems view.',
  'lambdaLens.refreshResources': 'Look again at what is in the queues of the workspace.',
  'lambdaLens.openMessage': 'Open the body of a message, which stays in its queue.',
  'lambdaLens.purgeQueue': 'Delete every message of a local queue.',
  'lambdaLens.uploadFile':
    'Put a file into a local bucket, which triggers functions as an upload does; or drop it on the bucket in the Resources view.',
  'lambdaLens.showLog': 'Show what Lambda Lens itself has logged.',
  'lambdaLens.getStarted': 'Open the walkthrough.',
};

/** What each setting is where the user has set nothing. */
export const settingDefaults: Readonly<Settings> = {
  'hints.mode': 'edges',
  'hints.gutter': true,
  'hints.background': false,
  'hints.codeLens': true,
  'hints.hover': true,
  'templates.codeLens': true,
  'rules.enabled': true,
  'rules.severity': {},
  'node.path': '',
  'engine.region': 'us-east-1',
  'engine.maxEnvironments': 16,
  'engine.idleSeconds': 600,
  'engine.freeze': true,
  'engine.accountConcurrency': 1000,
  'target.readOnly': false,
  'engine.timeScale': 1,
  'http.jwks': '',
  'environment.envVars': '',
  'environment.envFiles': {},
  services: {},
};

/** The values of the settings that offer a choice. */
export const settingChoices = {
  'hints.mode': ['edges', 'full', 'off'],
} as const satisfies { readonly [Name in keyof Settings]?: readonly Settings[Name][] };

/** Every view, in the container `lambdaLens` of the activity bar. */
export const views: readonly string[] = [
  'lambdaLens.functions',
  'lambdaLens.invocations',
  'lambdaLens.resources',
];

/** Every context key of ours that `when` and `enablement` clauses ask for. */
export const contextKeys: readonly string[] = [
  // boolean: code of the file in the active editor is known to run in a function
  'lambdaLens.fileHasPhases',
  // boolean: a function was invoked in this window
  'lambdaLens.hasInvoked',
  // boolean: this window is attached to a running local Lambda service
  'lambdaLens.engineRunning',
  // loading, none or some: what the Functions view has to show
  'lambdaLens.functions',
];
