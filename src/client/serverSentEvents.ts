/** One block of an event stream. */
export interface ServerSentEvent {
  /** Absent in a block without an id. */
  readonly id?: string;
  /** `message` unless the stream says otherwise. */
  readonly type: string;
  /** Absent in a block that only sets the id. */
  readonly data?: string;
}

export interface EventParser {
  /** Takes the next piece of text, wherever it was cut. */
  push(text: string): void;
  /** Another stream begins: what the last one left unfinished never happened. */
  restart(): void;
}

/**
 * Takes an event stream apart as it comes in.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createEventParser(onEvent: (event: ServerSentEvent) => void): EventParser {
  let rest = '';
  return {
    push(text) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) onEvent(parseBlock(block));
    },
    restart() {
      rest = '';
    },
  };
}

function parseBlock(block: string): ServerSentEvent {
  let id: string | undefined;
  let type = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') id = value;
    else if (field === 'event') type = value;
    else if (field === 'data') data.push(value);
  }
  return {
    type,
    ...(id === undefined ? {} : { id }),
    ...(data.length === 0 ? {} : { data: data.join('\n') }),
  };
}
