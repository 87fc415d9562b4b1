import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated */
export const endOfLifeRuntime = defineRule({
  name: 'end-of-life-runtime',
  severity: 'warning',
  title: 'A runtime gets no security updates any more',
  messages: {
    ended:
      '{runtime} has had no security updates since {date}, and Lambda stops creating and updating functions that use it. Take {next}.',
  },
  checkTemplates({ model }, report) {
    for (const { runtime, ranges, definedAt } of model.functions) {
      const date = ended[runtime];
      if (date === undefined) continue;
      const next = followers.find(({ of }) => of.test(runtime))?.next ?? 'a supported one';
      report({ range: ranges?.runtime ?? definedAt, message: 'ended', data: { runtime, date, next } });
    }
  },
});

/** Lambda's runtimes of which the date of deprecation has passed. */
const ended: Readonly<Record<string, string>> = {
  dotnet8: 'November 2026',
  'python3.10': 'October 2026',
  'provided.al2': 'July 2026',
  'nodejs20.x': 'April 2026',
  'ruby3.2': 'March 2026',
  'python3.9': 'December 2025',
  'nodejs18.x': 'September 2025',
  dotnet6: 'December 2024',
  'python3.8': 'October 2024',
  'nodejs16.x': 'June 2024',
  java8: 'January 2024',
  'go1.x': 'January 2024',
  provided: 'January 2024',
  'ruby2.7': 'December 2023',
  'nodejs14.x': 'December 2023',
  'python3.7': 'December 2023',
  'dotnetcore3.1': 'April 2023',
  'nodejs12.x': 'March 2023',
  'python3.6': 'July 2022',
  'dotnetcore2.1': 'January 2022',
  'nodejs10.x': 'July 2021',
  'ruby2.5': 'July 2021',
  'python2.7': 'July 2021',
  'nodejs8.10': 'March 2020',
  'nodejs6.10': 'August 2019',
  'nodejs4.3': 'March 2020',
};

const followers = [
  { of: /^nodejs/, next: 'nodejs24.x' },
  { of: /^python/, next: 'python3.14' },
  { of: /^ruby/, next: 'ruby3.4' },
  { of: /^java/, next: 'java25' },
  { of: /^dotnet/, next: 'dotnet10' },
  { of: /^(go|provided)/, next: 'provided.al2023' },
];
