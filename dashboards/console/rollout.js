// One rollout: what was decided and why, how it spread, what its clusters measured meanwhile, who else could have been it.

import { get, part } from './api.js';
import { chart, coverageChart, dnsChart, latencyChart, marksOf, release } from './charts.js';
import { deliveredSection } from './delivered.js';
import { dosePlot } from './dose.js';
import { h, name } from './dom.js';
import { percent, plural, span, whole } from './format.js';
import { candidateList, changeTable, evidenceTable, timeline } from './evidence.js';
import { now } from './live.js';
import { askForOverride } from './override.js';
import { clusterLink, coverage, empty, onlyObserved, rolloutState, tag, time, TONES } from './words.js';

/** Series of more clusters are not asked for at once: the plot would not be readable. */
const MOST_DOSED = 4;
const BEFORE_MILLIS = 10 * 60_000;
let chosen;

export function leave() {
  chosen = undefined;
  // Who goes back or follows a link has not answered.
  document.querySelector('dialog')?.close();
  release();
}

export async function render({ path: [rolloutId, , signalId], clusters, again }) {
  const [story, { courses }] = await Promise.all([
    get(`/v1/rollouts/${part(rolloutId)}`),
    get(`/v1/rollouts/${part(rolloutId)}/course`),
  ]);
  const signal = story.signals.find((one) => one.signalId === signalId) ?? headline(story);
  const ranked = rank(story, signal, clusters.clusters);
  const cluster = ranked.includes(chosen) ? chosen : ranked[0];
  const since = new Date(Date.parse(story.firstSeen) - BEFORE_MILLIS).toISOString();
  const dosed = [...new Set([cluster, ...ranked])].filter(Boolean).slice(0, MOST_DOSED);
  const series = new Map(await Promise.all(dosed.map(async (one) => [one, await get(`/v1/clusters/${part(one)}/series?since=${since}`)])));
  const halt = story.signals.find((one) => one.action === 'HALT');
  const until = halt ? Date.parse(halt.time) : Infinity;
  const courseOf = (one) => courses.find((course) => course.cluster === one);
  const state = rolloutState(story);
  return {
    title: `${state.text}: ${rolloutId} · Andon`,
    body: [
      head(story, state, signal, again),
      signal ? verdict(story, signal) : h('p', { class: 'verdict fine' }, 'Nothing was said of this rollout: no series of its clusters changed in a way that it could have caused.'),
      deliveredSection(story.delivered),
      h('section', { 'aria-labelledby': 'charts-title' },
        h('div', { class: 'sectionhead' },
          h('h2', { id: 'charts-title' }, 'What its clusters measured'),
          ranked.length > 1 ? h('label', null, 'Cluster ', h('select', { id: 'cluster', 'aria-label': 'Cluster', onchange: (event) => { chosen = event.target.value; again(); } },
            ranked.slice(0, 200).map((one) => h('option', { key: one, value: one, selected: one === cluster }, one)))) : cluster ? clusterLink(cluster) : undefined),
        cluster ? h('div', { class: 'charts' },
          chart('latency', `API server latency in ${cluster}`, 'Band: coverage. Shaded: when the change began.'),
          chart('dns', `DNS errors in ${cluster}`, 'Band: coverage. Shaded: when the change began.'),
          chart('coverage', 'Coverage by cluster', 'Share of places that run the new revision.'),
          dosePlot(dosed.filter((one) => courseOf(one)).map((one) => [courseOf(one), series.get(one)]), until)) : empty('No cluster was reached', '')),
      signal?.candidates?.length ? h('section', { 'aria-labelledby': 'candidates-title' }, h('h2', { id: 'candidates-title' }, 'Who could have done it'), candidateList(signal)) : undefined,
      signal?.evidence?.length ? h('section', { 'aria-labelledby': 'evidence-title' }, h('h2', { id: 'evidence-title' }, 'Evidence'), evidenceTable(signal.evidence)) : undefined,
      h('section', { 'aria-labelledby': 'timeline-title' }, h('h2', { id: 'timeline-title' }, 'What happened'),
        story.signals.length + story.overrides.length + story.deliveries.length ? timeline(story) : empty('Nothing yet', 'Signals, deliveries and overrides will stand here.')),
      story.changePoints.length ? h('section', { 'aria-labelledby': 'changes-title' }, h('h2', { id: 'changes-title' }, 'Change points in its clusters'), changeTable(story.changePoints)) : undefined,
    ],
    after: () => {
      if (!cluster) return;
      const changes = story.changePoints.filter((change) => change.cluster === cluster);
      const marks = marksOf(story.signals);
      latencyChart('latency', series.get(cluster), { course: courseOf(cluster), changes, marks });
      dnsChart('dns', series.get(cluster), { course: courseOf(cluster), changes, marks });
      if (courses.length) coverageChart('coverage', courses, marks);
    },
  };
}

/** What is worth the first look: a HALT, before all else. */
function headline(story) {
  return story.standing ?? [...story.signals].reverse().find((signal) => signal.action === 'HALT') ?? story.signals.at(-1);
}

/** The cluster that was hurt first, then those that are hurt, then the others as they were reached. */
function rank(story, signal, clusters) {
  const hurt = new Set(clusters.filter((cluster) => cluster.hurt).map((cluster) => cluster.cluster));
  const places = (story.clusters ?? []).map((place) => place.cluster);
  const changed = new Set(story.changePoints.map((change) => change.cluster));
  const of = (cluster) => (cluster === signal?.cluster ? 0 : hurt.has(cluster) ? 1 : changed.has(cluster) ? 2 : 3);
  return places.map((cluster, index) => [of(cluster), index, cluster]).sort((one, other) => one[0] - other[0] || one[1] - other[1]).map((one) => one[2]);
}

function head(story, state, signal, again) {
  const id = part(story.rolloutId);
  const address = `${location.origin}/#/rollouts/${id}${signal ? `/signals/${part(signal.signalId)}` : ''}`;
  return h('div', { class: 'top' },
    h('p', { class: 'crumbs' }, h('a', { href: '#/' }, 'Fleet'), ' / rollout'),
    h('h1', null, name(story.rolloutId), ' ', tag(state.text, state.tone)),
    h('p', { class: 'quiet facts' },
      h('span', null, name(`${story.workload.kind} ${story.workload.namespace}/${story.workload.name}`)),
      story.revision ? h('span', null, name(story.revision)) : undefined,
      h('span', null, 'since ', time(story.firstSeen)),
      h('span', { class: 'inline' }, coverage(story), ` ${whole(story.updated)} of ${whole(story.total)} places in ${plural(story.clusterCount, 'cluster')}`)),
    h('p', { class: 'buttons' },
      h('button', { type: 'button', class: 'primary', onclick: () => askForOverride(story.rolloutId, story.standing, again) }, 'Override …'),
      h('button', { type: 'button', onclick: (event) => copy(event.currentTarget, address) }, 'Copy link'),
      h('a', { class: 'button', href: `/v1/rollouts/${id}/report${signal ? `?signal=${part(signal.signalId)}` : ''}`, download: '' }, 'Incident report')));
}

async function copy(button, address) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(address);
    button.textContent = 'Copied';
  } catch {
    // Without the right to write to the clipboard the link is shown, to be copied by hand.
    prompt('Copy this link', address);
  }
  setTimeout(() => { button.textContent = label; }, 1500);
}

function verdict(story, signal) {
  const tone = TONES[signal.action];
  const delay = signal.onset ? span(Date.parse(signal.time) - Date.parse(signal.onset)) : undefined;
  const verified = story.deliveries.find((delivery) => delivery.signalId === signal.signalId && delivery.status === 'VERIFIED');
  const fact = (label, value) => (value === undefined ? undefined : h('div', null, h('dt', null, label), h('dd', null, value)));
  return h('article', { class: `card ${tone} verdict` },
    h('p', { class: 'cardhead' }, tag(signal.action, tone), onlyObserved(signal), h('span', { class: 'quiet' }, time(signal.time)),
      story.standing?.signalId === signal.signalId ? h('strong', null, 'stands now') : h('span', { class: 'quiet' }, 'does not stand any more')),
    h('p', { class: 'reason' }, signal.reason),
    h('dl', { class: 'figures' },
      fact('in', signal.cluster ? clusterLink(signal.cluster) : undefined),
      fact('began', signal.onset ? time(signal.onset) : undefined),
      fact('decided after', delay),
      fact('exposure then', signal.exposure ? `${whole(signal.exposure.updated)} of ${whole(signal.exposure.total)}` : undefined),
      fact('how sure', signal.probability === undefined ? undefined : percent(signal.probability)),
      fact('verified', verified ? `after ${span(Date.parse(verified.time) - Date.parse(signal.time))}` : undefined),
      fact('until', signal.until ? time(signal.until) : undefined),
      fact('runs out', signal.expires && Date.parse(signal.expires) > now() ? time(signal.expires) : undefined)));
}
