// How things are called and coloured, in one place. A state is always a word too, never only a colour.

import { h, name } from './dom.js';
import { clock, plural, span } from './format.js';
import { now, staleAfter } from './live.js';

export const TONES = { HALT: 'stop', ALARM: 'stop', HOLD: 'wait', CLEAR: 'fine', OVERRIDE: 'info', ALLOW: 'info' };

export const tag = (text, tone) => h('span', { class: `tag ${tone ?? 'quiet'}` }, text);

/** Of a signal that is not to be acted upon. */
export const onlyObserved = (signal) => (signal.mode === 'OBSERVE' ? tag('observed only', 'quiet') : undefined);

export const time = (instant, className) =>
  h('time', { datetime: instant, title: instant, class: className }, clock(instant, now()));

export const ago = (instant) => `${span(now() - Date.parse(instant))} ago`;

export const rolloutLink = (rolloutId) =>
  h('a', { href: `#/rollouts/${encodeURIComponent(rolloutId)}` }, name(rolloutId));

export const clusterLink = (cluster) =>
  h('a', { href: `#/clusters/${encodeURIComponent(cluster)}` }, name(cluster));

/** What becomes of a rollout: word, tone and rank in lists. */
export function rolloutState(rollout) {
  const standing = rollout.standing?.action;
  if (standing === 'HALT') return { text: 'halted', tone: 'stop', rank: 0 };
  if (standing === 'HOLD') return { text: 'held', tone: 'wait', rank: 1 };
  switch (rollout.phase) {
    case 'COMPLETED': return { text: 'completed', tone: 'fine', rank: 4 };
    case 'STARTED':
    case 'PROGRESSING': return { text: rollout.phase.toLowerCase(), tone: 'info', rank: 2 };
    default: return { text: rollout.phase.toLowerCase().replace('_', ' '), tone: 'quiet', rank: 3 };
  }
}

/** How a cluster fares. Silence is a state of its own: no data is never fine. */
export function clusterState(cluster) {
  if (cluster.hurt) return { text: 'hurt', tone: 'stop', rank: 0 };
  if (!cluster.lastSample) return { text: 'no data', tone: 'quiet', rank: 2 };
  const age = now() - Date.parse(cluster.lastSample);
  if (age > staleAfter(cluster.intervalMillis)) return { text: `silent for ${span(age)}`, tone: 'wait', rank: 1 };
  return { text: 'fine', tone: 'fine', rank: 3 };
}

/** Coverage as a bar with its numbers beside it. */
export function coverage(rollout) {
  const ratio = rollout.total > 0 ? Math.min(1, rollout.updated / rollout.total) : 0;
  return h('span', { class: 'coverage' },
    h('span', { class: 'bar', 'aria-hidden': 'true' },
      h('span', { class: `fill ${rolloutState(rollout).tone}`, style: { width: `${ratio * 100}%` } })),
    h('span', { class: 'number' }, rollout.total > 0 ? `${Math.floor(ratio * 100)} %` : '–'));
}

export const empty = (title, text) => h('div', { class: 'empty' }, h('p', null, h('strong', null, title)), h('p', null, text));

/** Cuts a list, and says so: nothing is left out silently. */
export function cut(all, most, noun, more) {
  if (all.length <= most) return undefined;
  return h('p', { class: 'more' }, `${most} of ${plural(all.length, noun)} shown. `,
    h('button', { type: 'button', onclick: more }, `Show all ${all.length}`));
}

/** @param columns names, or names with a class */
export function table(caption, columns, rows) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', null,
      h('caption', { class: 'unseen' }, caption),
      h('thead', null, h('tr', null, columns.map((column) =>
        (Array.isArray(column) ? h('th', { scope: 'col', class: column[1] }, column[0]) : h('th', { scope: 'col' }, column))))),
      h('tbody', null, rows)));
}
