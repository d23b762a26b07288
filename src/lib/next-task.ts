/**
 * Resolves in a fresh task, so that waiting messages get in first.
 *
 * A `MessageChannel`, because nested `setTimeout` is held back to 4 ms, and to a
 * second or more in a hidden tab.
 */

/** In Node a listening port would keep the process alive for ever. */
type Port = MessagePort & { readonly ref?: () => void; readonly unref?: () => void };

let channel: MessageChannel | undefined;
const waiting: (() => void)[] = [];

export function nextTask(): Promise<void> {
  channel ??= openChannel();
  const { port1, port2 } = channel;
  return new Promise((resolve) => {
    waiting.push(resolve);
    (port1 as Port).ref?.();
    port2.postMessage(null);
  });
}

function openChannel(): MessageChannel {
  const opened = new MessageChannel();
  opened.port1.onmessage = () => {
    waiting.shift()?.();
    if (waiting.length === 0) (opened.port1 as Port).unref?.();
  };
  return opened;
}
