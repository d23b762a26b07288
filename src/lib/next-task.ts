/**
 * Resolves in a fresh task, so that waiting messages get in first.
 *
 * A `MessageChannel`, because nested `setTimeout` is held back to 4 ms, and to a
 * second or more in a hidden tab.
 */
let channel: MessageChannel | undefined;
const waiting: (() => void)[] = [];

export function nextTask(): Promise<void> {
  if (channel === undefined) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  const { port2 } = channel;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
