// Says when to look again: at once when something happens, every two seconds while the page is seen, and after a lost
// connection as soon as there is one. Keeps what is known of the connection itself.

import { clock, span } from './format.js';
import { show } from './dom.js';

const REFRESH_MILLIS = 2000;
const BURST_MILLIS = 150;
const LONGEST_WAIT_MILLIS = 10_000;
const STALE_MILLIS = 15_000;

/** Rules of the policy may say otherwise of single rollouts: their signals are marked. */
const MODES = {
  ENFORCE: ['enforcing', 'Signals are acted upon: what is halted is stopped'],
  OBSERVE: ['observing only', 'Signals say what would have been done: nothing is stopped'],
};

export const facts = { connected: false, failure: undefined, offsetMillis: 0, newest: undefined, intervalMillis: 0, trouble: undefined, mode: undefined };

/** The detector's time of day: the clock of this machine may be wrong. */
export const now = () => Date.now() + facts.offsetMillis;

let refresh = async () => {};
let planned = false;
let again = false;
let failures = 0;

/** Many events of one moment are one refresh, and there is never more than one under way. */
export function soon(delay = BURST_MILLIS) {
  if (planned) {
    again = true;
    return;
  }
  planned = true;
  setTimeout(async () => {
    again = false;
    try {
      await refresh();
    } finally {
      planned = false;
      if (again) soon();
    }
  }, delay);
}

/** Notes what every answer says about the detector as a whole. */
export function heard(answer) {
  facts.offsetMillis = Date.parse(answer.now) - Date.now();
  facts.trouble = answer.trouble;
  facts.mode = answer.mode;
  const sampled = (answer.clusters ?? []).filter((cluster) => cluster.lastSample);
  facts.newest = sampled.length ? Math.max(...sampled.map((cluster) => Date.parse(cluster.lastSample))) : undefined;
  facts.intervalMillis = Math.max(0, ...sampled.map((cluster) => cluster.intervalMillis ?? 0));
}

export function succeeded() {
  failures = 0;
  facts.failure = undefined;
  facts.asOf = now();
  say();
}

export function failed(error) {
  failures++;
  facts.failure = error.message;
  say();
}

/** When samples of such an interval are missed: three in a row, and never sooner than after 15 s. */
export const staleAfter = (intervalMillis) => Math.max(STALE_MILLIS, 3 * (intervalMillis ?? 0));

function condition() {
  if (facts.failure) {
    return ['broken', 'not connected', `Not connected: ${facts.failure}. ${facts.asOf
      ? `What you see is as of ${clock(facts.asOf)}.` : 'Nothing was seen yet.'} Trying again by itself.`];
  }
  if (!facts.asOf) return ['', 'connecting …'];
  if (facts.trouble) return ['stale', 'not ready', `The detector cannot decide now: ${facts.trouble}.`];
  if (!facts.newest) return ['stale', 'no samples yet', undefined];
  const age = now() - facts.newest;
  const ago = `last sample ${span(age)} ago`;
  if (age > staleAfter(facts.intervalMillis)) {
    return ['stale', ago, `No samples: the ${ago}. What you see is what was known then; no data never means fine.`];
  }
  return ['live', `live · ${ago}`, undefined];
}

function say() {
  const [tone, text, banner] = condition();
  const state = document.getElementById('state');
  state.className = `pill ${tone}`;
  // A screen reader hears a change of condition, not every second of it.
  state.setAttribute('aria-label', text.replace(/last sample \d.*/, tone === 'live' ? 'samples arrive' : text));
  show(state, text);
  const mode = document.getElementById('mode');
  mode.hidden = !facts.mode;
  mode.className = `pill ${facts.mode === 'OBSERVE' ? 'stale' : ''}`;
  mode.title = MODES[facts.mode]?.[1] ?? '';
  show(mode, MODES[facts.mode]?.[0] ?? '');
  const place = document.getElementById('banner');
  place.hidden = !banner;
  place.className = `banner ${tone}`;
  show(place, banner ?? '');
}

/** @param look asks and shows; @param happened is told of every event */
export function begin(look, happened) {
  refresh = look;
  listen(happened);
  setInterval(say, 1000);
  setInterval(() => {
    if (!document.hidden && (failures < 3 || Date.now() % LONGEST_WAIT_MILLIS < REFRESH_MILLIS)) soon(0);
  }, REFRESH_MILLIS);
  document.addEventListener('visibilitychange', () => document.hidden || soon(0));
  soon(0);
}

function listen(happened, waitMillis = 500) {
  const events = new EventSource('/v1/events');
  let wait = waitMillis;
  events.onopen = () => {
    facts.connected = true;
    wait = 500;
    soon(0);
  };
  for (const kind of ['signal', 'change-point', 'rollout', 'delivery', 'override']) {
    events.addEventListener(kind, (event) => {
      happened(kind, JSON.parse(event.data));
      soon();
    });
  }
  events.onerror = () => {
    facts.connected = false;
    // Browsers give up on some errors, such as a proxy's 502 during a restart. This page does not.
    events.close();
    setTimeout(() => listen(happened, Math.min(wait * 2, LONGEST_WAIT_MILLIS)), wait);
  };
}
