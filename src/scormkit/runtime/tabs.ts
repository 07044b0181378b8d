/**
 * One tab at a time: two tabs with the same unit would overwrite each other. A browser gives a lock back when its tab
 * is closed or dies; where there are no locks (a page without https) the tab that is there answers.
 */

/** How long an earlier run in the same tab may take to go. Milliseconds; shorter than the wait before the first save. */
const PATIENCE = 500;

/** Calls `decided` with whether this tab has the name to itself, once. Returns how to give the name back. */
export function claim(name: string, decided: (alone: boolean) => void): () => void {
  try {
    return navigator.locks ? claimLock(name, decided) : claimByAsking(name, decided);
  } catch {
    // Neither is allowed in this frame: nothing can be known of other tabs.
    decided(true);
    return () => undefined;
  }
}

function claimLock(name: string, decided: (alone: boolean) => void): () => void {
  const { locks } = navigator;
  const waiting = new AbortController();
  let granted = false;
  let release = () => waiting.abort();
  const timer = window.setTimeout(async () => {
    // On a slow device the time is over before the lock has come: somebody must really have it.
    const { held } = await locks.query();
    if (granted || waiting.signal.aborted || !held?.some((lock) => lock.name === name)) return;
    waiting.abort();
    decided(false);
  }, PATIENCE);
  const mine = locks.request(name, { signal: waiting.signal }, () => {
    window.clearTimeout(timer);
    granted = true;
    decided(true);
    return new Promise<void>((done) => {
      release = done;
    });
  });
  // Given up, or not allowed in this frame.
  mine.catch(() => waiting.signal.aborted || decided(true));
  return () => release();
}

function claimByAsking(name: string, decided: (alone: boolean) => void): () => void {
  const channel = new BroadcastChannel(name);
  const mine = Math.random();
  const timer = window.setTimeout(() => decided(true), PATIENCE);
  channel.onmessage = ({ data }) => {
    if (data === mine) {
      window.clearTimeout(timer);
      channel.close();
      decided(false);
    } else {
      channel.postMessage(data);
    }
  };
  channel.postMessage(mine);
  return () => channel.close();
}
