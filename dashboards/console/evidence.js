// Tables of what changed, of who may have done it, and of what came of a signal.

import { h, name } from './dom.js';
import { factor, level, percent } from './format.js';
import { clusterLink, rolloutLink, table, tag, time, TONES } from './words.js';

export function changeTable(changes) {
  return table('Change points', ['Since', 'Cluster', 'Series', ['Before', 'number'], ['After', 'number'], ['Change', 'number'], 'State'],
    [...changes].reverse().map((change) => h('tr', { key: `${change.cluster}${change.series}${change.onset}${change.ended}` },
      h('td', null, time(change.onset)),
      h('td', null, clusterLink(change.cluster)),
      h('th', { scope: 'row' }, name(change.series)),
      h('td', { class: 'number' }, level(change.before, change.unit)),
      h('td', { class: 'number' }, level(change.after, change.unit)),
      h('td', { class: 'number' }, factor(change.before, change.after)),
      h('td', null, tag(change.ended ? 'ended' : change.kind.toLowerCase(), change.ended ? 'fine' : 'stop')))));
}

export function evidenceTable(evidence) {
  return table('Evidence', ['Series', ['Before', 'number'], ['After', 'number'], ['Change', 'number'], 'Since', ['By chance', 'number']],
    evidence.map((one) => h('tr', { key: `${one.series}${one.kind}` },
      h('th', { scope: 'row' }, name(one.series)),
      h('td', { class: 'number' }, level(one.before, one.unit)),
      h('td', { class: 'number' }, level(one.after, one.unit)),
      h('td', { class: 'number' }, factor(one.before, one.after)),
      h('td', null, time(one.onset)),
      h('td', { class: 'number' }, one.falseAlarmProbability < 1e-12 ? '< 1e-12' : one.falseAlarmProbability.toPrecision(1)))));
}

/** Who was considered, with probabilities; the rest belongs to "none of them". */
export function candidateList(signal) {
  const candidates = [...(signal.candidates ?? [])].sort((one, other) => other.probability - one.probability);
  const rest = Math.max(0, 1 - candidates.reduce((sum, candidate) => sum + candidate.probability, 0));
  return h('ul', { class: 'candidates' },
    candidates.map((candidate) => h('li', { key: candidate.rolloutId },
      rolloutLink(candidate.rolloutId), meter(candidate.probability, candidate.rolloutId === signal.rolloutId ? 'stop' : 'quiet'),
      h('small', null, candidate.exonerated ? [tag('exonerated', 'fine'), ' '] : undefined, candidate.why ?? ''))),
    h('li', { key: ' none' }, h('span', null, 'none of them'), meter(rest, 'quiet')));
}

const meter = (probability, tone) => h('span', { class: 'coverage' },
  h('span', { class: 'bar', 'aria-hidden': 'true' }, h('span', { class: `fill ${tone}`, style: { width: `${probability * 100}%` } })),
  h('span', { class: 'number' }, percent(probability)));

const ARRIVED = { SENT: 'sent', ACKNOWLEDGED: 'acknowledged', VERIFIED: 'verified: it stands still', FAILED: 'failed', SUPPRESSED: 'suppressed' };
const DELIVERY_TONES = { ACKNOWLEDGED: 'info', VERIFIED: 'fine', FAILED: 'stop' };

/** Signals, what became of them, and what operators said, in the order in which it happened. */
export function timeline(story) {
  const lines = [
    ...story.signals.map((signal) => ({ at: signal.time, key: signal.signalId, tone: TONES[signal.action], tag: signal.action, text: signal.reason })),
    ...story.overrides.map((override) => ({
      at: override.time, key: `o${override.time}`, tone: 'info', tag: `${override.decision} by hand`, text: `${override.actor}: ${override.reason}`,
    })),
    ...story.deliveries.map((delivery) => ({
      at: delivery.time,
      key: `d${delivery.signalId}${delivery.sink}${delivery.status}${delivery.attempt}`,
      tone: DELIVERY_TONES[delivery.status],
      tag: delivery.sink,
      text: `${ARRIVED[delivery.status] ?? delivery.status}${delivery.latencyMillis === undefined ? '' : ` in ${delivery.latencyMillis} ms`}, ${delivery.target}`
        + `${delivery.attempt > 1 ? `, attempt ${delivery.attempt}` : ''}${delivery.detail ? `: ${delivery.detail}` : ''}`,
    })),
  ].sort((one, other) => one.at.localeCompare(other.at));
  return h('ol', { class: 'timeline' }, lines.map((line) => h('li', { key: line.key },
    time(line.at), tag(line.tag, line.tone), h('span', { class: 'why' }, line.text))));
}
