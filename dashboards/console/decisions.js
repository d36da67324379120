// The decision log: what the detector and the operators decided, newest first.

import { get } from './api.js';
import { h } from './dom.js';
import { percent, whole } from './format.js';
import { clusterLink, empty, rolloutLink, table, tag, time, TONES } from './words.js';

const PART = 50;
const ACTIONS = ['', 'HALT', 'HOLD', 'CLEAR', 'ALARM', 'OVERRIDE'];
const filter = { action: '', limit: PART };

export function leave() {
  filter.limit = PART;
}

export async function render({ again }) {
  const query = new URLSearchParams({ limit: String(Math.min(1000, filter.limit)) });
  if (filter.action) query.set('action', filter.action);
  const log = await get(`/v1/decisions?${query}`);
  return {
    title: 'Decisions · Andon',
    body: [
      h('h1', null, 'Decisions'),
      h('p', { class: 'tools' }, h('label', null, 'Show ', h('select', {
        id: 'action',
        onchange: (event) => {
          filter.action = event.target.value;
          filter.limit = PART;
          again();
        },
      }, ACTIONS.map((action) => h('option', { value: action }, action || 'all actions')))),
      h('span', { class: 'quiet' }, `${whole(log.total)} remembered`)),
      log.decisions.length === 0
        ? empty('Nothing was decided', filter.action ? `No ${filter.action} is remembered.` : 'Every HALT, HOLD, CLEAR, ALARM and override will stand here.')
        : table('Decisions, newest first', ['Time', 'Action', 'About', 'Why'], log.decisions.map(row)),
      log.next && filter.limit < 1000
        ? h('p', { class: 'more' }, h('button', { type: 'button', onclick: () => { filter.limit += PART; again(); } }, 'Show older')) : undefined,
    ],
  };
}

function row(decision) {
  const override = decision.kind === 'override';
  const action = override ? `${decision.decision} by hand` : decision.action;
  return h('tr', { key: decision.signalId ?? `${decision.time}${decision.rolloutId}` },
    h('td', null, time(decision.time)),
    h('td', null, tag(action, override ? 'info' : TONES[decision.action])),
    h('th', { scope: 'row' }, decision.rolloutId ? rolloutLink(decision.rolloutId) : clusterLink(decision.cluster)),
    h('td', { class: 'why' }, decision.reason,
      h('small', null, override
        ? h('bdi', null, `${decision.actor}, `) : decision.probability === undefined ? undefined : `${percent(decision.probability)} sure. `,
      override ? ['until ', time(decision.expires)] : decision.rolloutId && decision.cluster ? ['in ', clusterLink(decision.cluster)] : undefined)));
}
