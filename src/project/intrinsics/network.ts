import { type DocNode, rangeOf } from '../document/sourceDocument.ts';
import type { Evaluate, Scope } from './scope.ts';
import { list, numberOf, scalar, text, unresolved, type Value } from './value.ts';

export function availabilityZones(_argument: DocNode, call: DocNode, scope: Scope): Value {
  return list(
    scope.availabilityZones.map(zone => scalar(zone, call)),
    call,
  );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html */
export function cidr(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const [blockNode, countNode, bitsNode] = argument.kind === 'seq' ? argument.items : [];
  const block = text(blockNode && evaluate(blockNode))?.match(/^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/);
  const count = numberOf(countNode && evaluate(countNode));
  const hostBits = bitsNode ? numberOf(evaluate(bitsNode)) : 8;
  if (!block || count === undefined || hostBits === undefined || count > 256 || hostBits > 32) {
    scope.problems.error(
      'Fn::Cidr takes an IPv4 block, how many blocks to cut from it (256 at most), and how many bits each has for hosts.',
      rangeOf(call),
    );
    return unresolved('Fn::Cidr', 'Its arguments are not a block, a count and a number of bits.', call);
  }
  const base = block.slice(1, 5).reduce((address, part) => address * 256 + Number(part), 0);
  const blocks = Array.from({ length: count }, (_, index) => {
    const address = base + index * 2 ** hostBits;
    const parts = [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256);
    return scalar(`${parts.join('.')}/${32 - hostBits}`, call);
  });
  return list(blocks, call);
}
