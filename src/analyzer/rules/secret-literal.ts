import { ts } from 'ts-morph';
import { staticName } from '../syntax.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html */
export const secretLiteral = defineRule({
  name: 'secret-literal',
  severity: 'error',
  title: 'A key or another secret is written in the code',
  messages: {
    accessKey:
      "An access key is written in the code, for everyone who can read it or the deployment package. Let the function's execution role give the permissions, and delete the key.",
    secret:
      'A secret is written in the code, for everyone who can read it or the deployment package. Keep it in Secrets Manager or in Parameter Store.',
  },
  check({ nodes }, report) {
    for (const node of nodes.of('StringLiteral', 'NoSubstitutionTemplateLiteral')) {
      if (!ts.isStringLiteralLike(node)) continue;
      if (isAccessKey(node)) report({ node, message: 'accessKey' });
      else if (isSecret(node.text)) report({ node, message: 'secret' });
    }
  },
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
function isAccessKey(node: ts.StringLiteralLike): boolean {
  const { text, parent } = node;
  if (/EXAMPLE/i.test(text)) return false;
  if (/^A[KS]IA[A-Z2-7]{16}$/.test(text)) return true;
  const name = ts.isPropertyAssignment(parent) ? staticName(parent.name) : undefined;
  return name === 'secretAccessKey' && /^[A-Za-z0-9/+]{40}$/.test(text);
}

/** Forms that nothing else has: a private key in PEM, and tokens of services that mark theirs. */
function isSecret(text: string): boolean {
  return (
    /-----BEGIN (RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\s*\S{20}/.test(text) ||
    /^(ghp_|gho_|ghs_)[A-Za-z0-9]{36}$|^github_pat_\w{80,}$|^sk_live_[A-Za-z0-9]{24,}$|^xox[bp]-\d{8,}-[\w-]{20,}$/.test(
      text,
    )
  );
}
