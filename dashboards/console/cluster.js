// One cluster: how its API servers and its DNS fared, and what changed.

import { get, part } from './api.js';
import { chart, dnsChart, latencyChart, release } from './charts.js';
import { h, name } from './dom.js';
import { plural } from './format.js';
import { changeTable } from './evidence.js';
import { card } from './fleet.js';
import { clusterState, empty, tag } from './words.js';

export const leave = release;

export async function render({ path: [cluster] }) {
  const levels = await get(`/v1/clusters/${part(cluster)}/series`);
  const state = clusterState(levels);
  return {
    title: `${cluster} · Andon`,
    body: [
      h('p', { class: 'crumbs' }, h('a', { href: '#/' }, 'Fleet'), ' / cluster'),
      h('h1', null, name(cluster), ' ', tag(state.text, state.tone)),
      h('p', { class: 'quiet' }, [levels.environment, levels.nodes && plural(levels.nodes, 'node')].filter(Boolean).join(' · ')),
      levels.alarm ? h('div', { class: 'cards' }, card(levels.alarm, levels.delivered)) : undefined,
      h('div', { class: 'charts' },
        chart('latency', 'API server latency', 'All ordinary requests. The band would show a rollout; open one to see it.'),
        chart('dns', 'DNS errors', 'Share of look-ups that failed or timed out.')),
      h('h2', null, 'Change points'),
      levels.changePoints.length ? changeTable(levels.changePoints) : empty('No series has changed', 'A change of level, a vanished series or a rising share of errors would stand here.'),
    ],
    after: () => {
      latencyChart('latency', levels, { changes: levels.changePoints });
      dnsChart('dns', levels, { changes: levels.changePoints });
    },
  };
}
