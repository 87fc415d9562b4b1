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
      else if (isSecret(node.text) || isPassword(node)) report({ node, message: 'secret' });
    }
  },
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
function isAccessKey(node: ts.StringLiteralLike): boolean {
  const { text, parent } = node;
  const isGiven =
    ts.isPropertyAssignment(parent) && /^(accessKeyId|secretAccessKey)$/.test(staticName(parent.name) ?? '');
  if (isGiven && /^A[KS]IA\w{12,}$|^[A-Za-z0-9/+]{40}$/.test(text)) return true;
  if (/EXAMPLE/i.test(text)) return false;
  return /^A[KS]IA[A-Z2-7]{16}$/.test(text);
}

/** What a property or a variable calls a password or a key, and looks like one; or a URL with a password in it. */
function isPassword({ text, parent }: ts.StringLiteralLike): boolean {
  const [, password, host] = /^[a-z][a-z0-9+]*:\/\/[^:@/\s]+:([^@/\s]+)@([^/:\s]+)/.exec(text) ?? [];
  if (password !== undefined && host !== undefined) {
    return !/^(localhost|127\.|0\.0|db$|postgres$|redis$)/.test(host) && !isPlaceholder(password);
  }
  const isNamed = ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent);
  const name = isNamed && parent.initializer !== undefined ? (staticName(parent.name) ?? '') : '';
  if (
    !/^(password|passwd|pwd|passphrase|secret|api_?key|auth_?token|access_?token|private_?key|signing_?key)$|(_PASSWORD|_SECRET|_API_KEY|_TOKEN|Password|Secret|ApiKey|AuthToken|AccessToken)$/i.test(
      name,
    )
  ) {
    return false;
  }
  return /^[^\s{}<>]{6,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text) && !isPlaceholder(text);
}

function isPlaceholder(text: string): boolean {
  return /^(test|dummy|fake|local|example|changeme|change-me|your|xxx|todo|placeholder|\$|%|arn:|https?:|\/|x-)|example|-(secret|token|key|password)s?$|[/:]/i.test(
    text,
  );
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
