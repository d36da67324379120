// The fleet: what stands, which rollouts are under way, how the clusters are.

import { get } from './api.js';
import { way } from './delivered.js';
import { h, name } from './dom.js';
import { factor, level, percent, plural, seconds, whole } from './format.js';
import { ago, clusterLink, clusterState, coverage, cut, empty, onlyObserved, rolloutLink, rolloutState, table, tag, time, TONES } from './words.js';

const FIRST_CLUSTERS = 25;
const FIRST_ROLLOUTS = 20;
const open = { clusters: false, rollouts: false };

export async function render({ clusters: answer, again }) {
  const rollouts = (await get('/v1/rollouts?brief=true')).rollouts
    .map((rollout) => ({ ...rollout, state: rolloutState(rollout) }))
    .sort((one, other) => one.state.rank - other.state.rank || other.firstSeen.localeCompare(one.firstSeen));
  const clusters = answer.clusters.map((cluster) => ({ ...cluster, state: clusterState(cluster) }))
    .sort((one, other) => one.state.rank - other.state.rank || one.cluster.localeCompare(other.cluster));
  const signals = standing(rollouts, clusters);
  const halts = rollouts.filter((rollout) => rollout.state.rank === 0).length;
  return {
    title: halts ? `(${halts}) halted · Andon` : 'Fleet · Andon',
    body: [
      headline(rollouts, clusters, answer),
      signals.length ? h('section', { 'aria-label': 'What stands', class: 'cards' }, signals.map(([signal, delivered]) => card(signal, delivered))) : undefined,
      rolloutSection(rollouts, again),
      clusterSection(clusters, answer, again),
    ],
  };
}

function standing(rollouts, clusters) {
  const alarms = clusters.filter((cluster) => cluster.alarm).map((cluster) => [cluster.alarm, cluster.delivered]);
  const order = ['HALT', 'ALARM', 'HOLD'];
  return [...rollouts.filter((rollout) => rollout.standing).map((rollout) => [rollout.standing, rollout.delivered]), ...alarms]
    .sort(([one], [other]) => order.indexOf(one.action) - order.indexOf(other.action) || other.time.localeCompare(one.time));
}

function headline(rollouts, clusters, answer) {
  const count = (rank) => rollouts.filter((rollout) => rollout.state.rank === rank).length;
  const hurt = answer.hurt;
  const silent = clusters.filter((cluster) => cluster.state.rank === 1).length;
  const unknown = clusters.filter((cluster) => cluster.state.rank === 2).length;
  const words = [
    count(0) && [plural(count(0), 'rollout'), ' halted', 'stop'],
    count(1) && [plural(count(1), 'rollout'), ' held', 'wait'],
    hurt && [plural(hurt, 'cluster'), ' hurt', 'stop'],
    silent && [plural(silent, 'cluster'), ' silent', 'wait'],
    unknown && [plural(unknown, 'cluster'), ' without data', 'quiet'],
  ].filter(Boolean);
  if (clusters.length === 0) return h('h1', null, 'No cluster is known yet');
  if (words.length === 0) {
    return h('h1', { class: 'headline' }, h('span', { class: 'fine' },
      clusters.length === 1 ? 'The cluster is fine' : `All ${clusters.length} clusters are fine`),
    count(2) ? h('small', null, `${plural(count(2), 'rollout')} under way`) : h('small', null, 'no rollout under way'));
  }
  return h('h1', { class: 'headline' }, words.map(([number, what, tone], index) =>
    [index ? ', ' : '', h('span', { class: tone }, number + what)]));
}

/** @param delivered how far it has come; absent where nobody asks */
export function card(signal, delivered) {
  const tone = TONES[signal.action];
  return h('article', { class: `card ${tone}`, key: signal.signalId },
    h('p', { class: 'cardhead' }, tag(signal.action, tone), onlyObserved(signal),
      signal.rolloutId ? rolloutLink(signal.rolloutId) : clusterLink(signal.cluster),
      signal.rolloutId && signal.cluster ? h('span', { class: 'quiet' }, 'hurts ', clusterLink(signal.cluster)) : undefined,
      h('span', { class: 'quiet end' }, time(signal.time), ` · ${ago(signal.time)}`)),
    h('p', { class: 'reason' }, signal.reason),
    way(delivered),
    h('p', { class: 'quiet facts' },
      signal.probability === undefined ? undefined : h('span', null, `${percent(signal.probability)} sure`),
      signal.exposure ? h('span', null, `${whole(signal.exposure.updated)} of ${whole(signal.exposure.total)} places exposed`) : undefined,
      signal.until ? h('span', null, 'until ', time(signal.until)) : undefined,
      signal.rolloutId ? h('a', { href: `#/rollouts/${encodeURIComponent(signal.rolloutId)}/signals/${encodeURIComponent(signal.signalId)}` }, 'Evidence') : undefined));
}

function rolloutSection(rollouts, again) {
  const rows = open.rollouts ? rollouts : rollouts.slice(0, FIRST_ROLLOUTS);
  return h('section', { 'aria-labelledby': 'rollouts-title' },
    h('h2', { id: 'rollouts-title' }, 'Rollouts'),
    rollouts.length === 0
      ? empty('No rollout was seen', 'Rollouts appear when a CD system posts to /v1/rollouts, or a source watches them.')
      : table('Rollouts by state', ['Rollout', ['Workload', 'wide'], 'Coverage', ['Places', 'number wide'], ['Clusters', 'number wide'], 'State'],
        rows.map((rollout) => h('tr', { key: rollout.rolloutId },
          h('th', { scope: 'row' }, rolloutLink(rollout.rolloutId)),
          h('td', { class: 'quiet wide' }, name(`${rollout.workload.kind} ${rollout.workload.namespace}/${rollout.workload.name}`)),
          h('td', null, coverage(rollout)),
          h('td', { class: 'number wide' }, `${whole(rollout.updated)} / ${whole(rollout.total)}`),
          h('td', { class: 'number wide' }, whole(rollout.clusterCount)),
          h('td', null, tag(rollout.state.text, rollout.state.tone))))),
    open.rollouts ? undefined : cut(rollouts, FIRST_ROLLOUTS, 'rollout', () => { open.rollouts = true; again(); }));
}

function clusterSection(clusters, answer, again) {
  const rows = open.clusters ? clusters : clusters.slice(0, FIRST_CLUSTERS);
  return h('section', { 'aria-labelledby': 'clusters-title' },
    h('h2', { id: 'clusters-title' }, 'Clusters'),
    clusters.length > 8 ? map(clusters) : undefined,
    clusters.length === 0
      ? empty('No cluster was seen', 'Name clusters and their metrics pages in andon.yaml, or start a source that sends samples.')
      : table('Clusters by health', ['Cluster', ['Nodes', 'number wide'], ['Requests/s', 'number wide'], ['Mean', 'number wide'], ['P99', 'number'],
        ['DNS errors', 'number'], 'Health'], rows.map(clusterRow)),
    open.clusters ? undefined : cut(clusters, FIRST_CLUSTERS, 'cluster', () => { open.clusters = true; again(); }),
    answer.next ? h('p', { class: 'more' }, `The first ${whole(clusters.length)} of ${whole(answer.total)} clusters, those that are hurt before all others.`) : undefined);
}

function clusterRow(cluster) {
  const worst = cluster.changes[0];
  return h('tr', { key: cluster.cluster },
    h('th', { scope: 'row' }, clusterLink(cluster.cluster)),
    h('td', { class: 'number wide' }, whole(cluster.nodes)),
    h('td', { class: 'number wide' }, whole(cluster.apiserver?.requestsPerSecond)),
    h('td', { class: 'number wide' }, seconds(cluster.apiserver?.meanSeconds)),
    h('td', { class: 'number' }, seconds(cluster.apiserver?.p99Seconds)),
    h('td', { class: 'number' }, percent(cluster.dns?.errorRatio)),
    h('td', { class: 'health' }, tag(cluster.state.text, cluster.state.tone),
      worst ? h('small', null, name(worst.series), ` ${level(worst.before, worst.unit)} → ${level(worst.after, worst.unit)} (${factor(worst.before, worst.after)})`,
        cluster.changes.length > 1 ? ` and ${cluster.changes.length - 1} more` : '') : undefined));
}

/** One square per cluster: the share that is hurt is seen at a glance. The table says the same in words. */
function map(clusters) {
  const count = (rank) => clusters.filter((cluster) => cluster.state.rank === rank).length;
  return h('div', { class: 'map' },
    h('div', { class: 'squares', role: 'img', 'aria-label': `${count(0)} hurt, ${count(1)} silent, ${count(2)} without data, ${count(3)} fine` },
      clusters.slice(0, 400).map((cluster) => h('span', { key: cluster.cluster, class: cluster.state.tone, title: `${cluster.cluster}: ${cluster.state.text}` }))));
}
