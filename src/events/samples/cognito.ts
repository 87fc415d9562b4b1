import { defineSample, type Sample, type SamplePlace } from './sample.ts';

const user = { userPoolId: 'us-east-1_Example', userName: 'jane', email: 'jane@example.com' };
type User = Readonly<Record<keyof typeof user, string>>;

/** The triggers of a user pool; each wants its event back, with the response filled in. */
export const cognitoSamples: readonly Sample[] = [
  defineSample({
    id: 'cognito:pre-sign-up',
    kind: 'cognitoPreSignUp',
    title: 'A user is about to be signed up',
    parameters: user,
    build: (given, place) => ({
      ...common(given, place),
      triggerSource: 'PreSignUp_SignUp',
      request: { userAttributes: { email: given.email } },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    }),
  }),
  defineSample({
    id: 'cognito:post-confirmation',
    kind: 'cognitoPostConfirmation',
    title: 'A user was confirmed',
    parameters: user,
    build: (given, place) => ({
      ...common(given, place),
      triggerSource: 'PostConfirmation_ConfirmSignUp',
      request: { userAttributes: attributes(given, 'CONFIRMED') },
      response: {},
    }),
  }),
  defineSample({
    id: 'cognito:pre-authentication',
    kind: 'cognitoPreAuthentication',
    title: 'A user is about to sign in',
    parameters: user,
    build: (given, place) => ({
      ...common(given, place),
      triggerSource: 'PreAuthentication_Authentication',
      request: { userAttributes: attributes(given, 'CONFIRMED') },
      response: {},
    }),
  }),
  defineSample({
    id: 'cognito:post-authentication',
    kind: 'cognitoPostAuthentication',
    title: 'A user has signed in',
    parameters: user,
    build: (given, place) => ({
      ...common(given, place),
      triggerSource: 'PostAuthentication_Authentication',
      request: { userAttributes: attributes(given, 'CONFIRMED'), newDeviceUsed: false },
      response: {},
    }),
  }),
  defineSample({
    id: 'cognito:pre-token-generation',
    kind: 'cognitoPreTokenGeneration',
    title: 'A token is about to be made',
    parameters: { ...user, group: 'customers' },
    build: ({ group, ...given }, place) => ({
      ...common(given, place),
      version: '2',
      triggerSource: 'TokenGeneration_Authentication',
      request: {
        userAttributes: attributes(given, 'CONFIRMED'),
        groupConfiguration: { groupsToOverride: [group], iamRolesToOverride: [] },
        scopes: ['aws.cognito.signin.user.admin'],
      },
      response: { claimsAndScopeOverrideDetails: {} },
    }),
  }),
  defineSample({
    id: 'cognito:custom-message',
    kind: 'cognitoCustomMessage',
    title: 'A message to a user is about to be sent',
    parameters: user,
    build: (given, place) => ({
      ...common(given, place),
      triggerSource: 'CustomMessage_SignUp',
      request: {
        userAttributes: attributes(given, 'UNCONFIRMED'),
        codeParameter: '{####}',
        linkParameter: '{##Click Here##}',
        usernameParameter: null,
      },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    }),
  }),
  defineSample({
    id: 'cognito:define-auth-challenge',
    kind: 'cognitoDefineAuthChallenge',
    title: 'The next challenge of a custom sign-in is to be chosen',
    parameters: user,
    build: (given, place) => ({
      ...common(given, place),
      triggerSource: 'DefineAuthChallenge_Authentication',
      request: { userAttributes: attributes(given, 'CONFIRMED'), session: [] },
      response: { issueTokens: false, failAuthentication: false },
    }),
  }),
  defineSample({
    id: 'cognito:user-migration',
    kind: 'cognitoUserMigration',
    title: 'A user that the pool does not know signs in',
    parameters: { userPoolId: user.userPoolId, userName: user.userName, password: 'secret' },
    build: ({ password, ...given }, place) => ({
      ...common(given, place),
      triggerSource: 'UserMigration_Authentication',
      request: { password },
      response: { userAttributes: {}, desiredDeliveryMediums: ['EMAIL'] },
    }),
  }),
];

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html */
function common({ userPoolId, userName }: Omit<User, 'email'>, { region }: SamplePlace) {
  return {
    version: '1',
    region,
    userPoolId,
    userName,
    callerContext: { awsSdkVersion: 'aws-sdk-js-3.1164.0', clientId: '1example23456789' },
  };
}

function attributes({ email }: User, status: string): Record<string, string> {
  return {
    sub: '5d6f0b3a-2f0c-4a8e-9a53-0c7f6f4a9b11',
    'cognito:user_status': status,
    email_verified: 'true',
    email,
  };
}
