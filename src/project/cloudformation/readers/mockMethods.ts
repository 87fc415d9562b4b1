import type { MockMethod } from '../../../model/http.ts';
import { entries, text, type Value } from '../../intrinsics/value.ts';
import { amend, type Collected } from './collected.ts';

/** Adds a method that answers without a function to its API, where that is known. */
export function addMock(apiId: string, mock: MockMethod, { resources }: Collected): void {
  amend(
    resources.apis,
    api => api.apiId === apiId,
    api => ({ ...api, mocks: [...(api.mocks ?? []), mock] }),
  );
}

/**
 * What a mock integration says first; its mapping templates are left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 *
 * @param parameters such as `method.response.header.Access-Control-Allow-Origin`, with texts within quotes.
 */
export function mockResponse(
  statusCode: string | undefined,
  parameters: Value | undefined,
): Pick<MockMethod, 'status' | 'headers'> {
  const headers = entries(parameters).flatMap(([name, value]) => {
    const header = /^method\.response\.header\.(.+)$/.exec(name)?.[1];
    const literal = /^'(.*)'$/.exec(text(value) ?? '')?.[1];
    return header === undefined || literal === undefined ? [] : [[header, literal] as const];
  });
  return { status: Number(statusCode) || 200, headers: Object.fromEntries(headers) };
}
