// Values of the form that AWS gives them. They are the same every time, so that a saved event and its expected
// result stay what they are.
import type { SamplePlace } from './sample.ts';

export const requestId = '5d6f0b3a-2f0c-4a8e-9a53-0c7f6f4a9b11';
export const messageId = '19dd0b57-b21e-4ac1-bd88-01bbb068cb78';
export const sourceIp = '192.0.2.1';
export const userAgent = 'curl/8.5.0';

/** A name for what Lambda is told by ARN. */
export function arn({ region, accountId }: SamplePlace, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** Text as records of streams and queues carry it. */
export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** ISO 8601 without fractions of seconds, as EventBridge and Auto Scaling write it. */
export function wholeSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** As in a web server's log: `15/Jan/2026:12:30:00 +0000`. */
export function logTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}

/** JSON text as the value that it stands for; text that is no JSON as it is. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A JSON object, or one that holds the text. */
export function jsonObject(text: string): Record<string, unknown> {
  const value = jsonOrText(text);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : { value };
}
