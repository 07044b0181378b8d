/**
 * One tab at a time: two tabs with the same unit would overwrite each other. A browser gives a lock back when its tab
 * is closed or dies; where there are no locks (a page without https) the tab that is there answers.
 */

/** How long an earlier run in the same tab may take to go. Milliseconds; shorter than the wait before the first save. */
const PATIENCE = 500;

/** Calls `taken` where another tab has claimed the same name. Returns how to give the name back. */
export function claim(name: string, taken: () => void): () => void {
  try {
    return navigator.locks ? claimLock(name, taken) : claimByAsking(name, taken);
  } catch {
    // Neither is allowed in this frame: nothing can be known of other tabs.
    return () => undefined;
  }
}

function claimLock(name: string, taken: () => void): () => void {
  const waiting = new AbortController();
  const patience = window.setTimeout(() => waiting.abort(), PATIENCE);
  let release = () => waiting.abort();
  navigator.locks
    .request(name, { signal: waiting.signal }, () => {
      window.clearTimeout(patience);
      return new Promise<void>((done) => {
        release = done;
      });
    })
    .catch(() => waiting.signal.aborted && taken());
  return () => release();
}

function claimByAsking(name: string, taken: () => void): () => void {
  const channel = new BroadcastChannel(name);
  const mine = Math.random();
  channel.onmessage = ({ data }) => {
    if (data === mine) {
      channel.close();
      taken();
    } else {
      channel.postMessage(data);
    }
  };
  channel.postMessage(mine);
  return () => channel.close();
}
