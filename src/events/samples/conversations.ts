import type { LexV2Intent } from 'aws-lambda';
import { defineSample, type Sample } from './sample.ts';
import { arn, jsonObject, requestId, sourceIp } from './values.ts';

/** GraphQL, bots and calls. */
export const conversationSamples: readonly Sample[] = [
  defineSample({
    id: 'appsync:resolver',
    kind: 'appSync',
    title: 'AppSync resolves a field',
    parameters: { type: 'Query', field: 'getOrder', arguments: '{"id":"order-1"}', username: 'jane' },
    build: ({ type, field, username, ...rest }) => ({
      arguments: jsonObject(rest.arguments),
      identity: {
        sub: requestId,
        issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example',
        username,
        claims: { sub: requestId, token_use: 'access' },
        sourceIp: [sourceIp],
        defaultAuthStrategy: 'ALLOW',
        groups: null,
      },
      source: null,
      request: { headers: { host: 'example.appsync-api.us-east-1.amazonaws.com' }, domainName: null },
      info: {
        selectionSetList: ['id'],
        selectionSetGraphQL: '{\n  id\n}',
        parentTypeName: type,
        fieldName: field,
        variables: {},
      },
      prev: null,
      stash: {},
    }),
  }),
  defineSample({
    id: 'lex:fulfillment',
    kind: 'lex',
    title: 'A Lex V2 bot has all that it needs',
    parameters: { bot: 'FlowerShop', intent: 'OrderFlowers', slot: 'FlowerType', value: 'roses' },
    build: ({ bot, intent: name, slot, value }) => {
      const intent: LexV2Intent = {
        name,
        confirmationState: 'Confirmed',
        state: 'ReadyForFulfillment',
        slots: {
          [slot]: {
            shape: 'Scalar',
            value: { originalValue: value, interpretedValue: value, resolvedValues: [value] },
          },
        },
      };
      return {
        messageVersion: '1.0',
        invocationSource: 'FulfillmentCodeHook',
        inputMode: 'Text',
        responseContentType: 'text/plain; charset=utf-8',
        sessionId: '123456789012345',
        inputTranscript: value,
        bot: {
          id: 'ABCDEF1234',
          name: bot,
          aliasId: 'TSTALIASID',
          aliasName: 'TestBotAlias',
          localeId: 'en_US',
          version: 'DRAFT',
        },
        interpretations: [{ intent, nluConfidence: 0.94 }],
        proposedNextState: { dialogAction: { type: 'Close' }, intent },
        sessionState: { sessionAttributes: {}, activeContexts: [], intent, originatingRequestId: requestId },
        transcriptions: [
          {
            transcription: value,
            transcriptionConfidence: 1,
            resolvedContext: { intent: name },
            resolvedSlots: {},
          },
        ],
      };
    },
  }),
  defineSample({
    id: 'connect:contact-flow',
    kind: 'connect',
    title: 'A contact flow of Amazon Connect runs a function',
    parameters: { phoneNumber: '+15555550100' },
    build: ({ phoneNumber }, place) => ({
      Details: {
        ContactData: {
          Attributes: {},
          Channel: 'VOICE',
          ContactId: requestId,
          CustomerEndpoint: { Address: phoneNumber, Type: 'TELEPHONE_NUMBER' },
          InitialContactId: requestId,
          InitiationMethod: 'INBOUND',
          InstanceARN: arn(place, 'connect', 'instance/9308c2a1-9bc6-4cea-8290-6c0b4a6d38fa'),
          PreviousContactId: requestId,
          Queue: null,
          SystemEndpoint: { Address: '+15555550199', Type: 'TELEPHONE_NUMBER' },
          MediaStreams: { Customer: { Audio: null } },
        },
        Parameters: {},
      },
      Name: 'ContactFlowEvent',
    }),
  }),
];
