// How far a signal has come: who was told, who acts, and whether the rollout was seen to stand still.

import { after } from './format.js';
import { h } from './dom.js';
import { table, tag, time } from './words.js';

const STEPS = ['sent', 'acknowledged', 'verified', 'stopped'];
const WORDS = { stopped: 'the rollout stopped' };

const troubled = (delivered) => delivered.sinks.filter((sink) => sink.trouble);
const withheld = (delivered) => delivered.sinks.filter((sink) => sink.suppressed);

/** The way in one line, for a card. */
export function way(delivered) {
  if (!delivered) return undefined;
  const sinks = delivered.sinks.length;
  const failing = troubled(delivered).length;
  return h('p', { class: 'quiet facts way' },
    STEPS.filter((step) => delivered[step]).map((step) => h('span', { class: step === 'verified' || step === 'stopped' ? 'fine' : undefined },
      `${WORDS[step] ?? step} ${after(delivered.emitted, delivered[step])}`)),
    sinks === 0 ? h('span', null, 'not sent by any sink') : undefined,
    withheld(delivered).length ? h('span', null, `withheld by ${withheld(delivered).length} of ${sinks} sinks`) : undefined,
    failing ? h('span', { class: 'stop' }, `${failing} of ${sinks} sinks in trouble`) : undefined);
}

/** The same step by step, and sink by sink. */
export function deliveredSection(delivered) {
  if (!delivered) return undefined;
  return h('section', { 'aria-labelledby': 'delivered-title' },
    h('h2', { id: 'delivered-title' }, 'How far it has come'),
    h('ol', { class: 'steps' },
      h('li', { class: 'done' }, h('strong', null, 'emitted'), time(delivered.emitted),
        delivered.repetitions ? h('small', null, `said again ${delivered.repetitions === 1 ? 'once' : `${delivered.repetitions} times`}`) : undefined),
      STEPS.map((step) => h('li', { class: delivered[step] ? 'done' : undefined },
        h('strong', null, WORDS[step] ?? step), delivered[step] ? h('span', { title: delivered[step] }, after(delivered.emitted, delivered[step])) : h('span', null, 'not yet')))),
    delivered.sinks.length === 0 ? h('p', { class: 'quiet' }, 'No sink has reported: the signal is on the topic andon.signals, and none was configured, or none runs.')
      : table('Deliveries by sink', ['Sink', 'State', ['Sent', 'number'], ['Acknowledged', 'number'], ['Verified', 'number'], 'Trouble'],
        delivered.sinks.map((sink) => h('tr', { key: sink.sink },
          h('th', { scope: 'row' }, h('bdi', null, sink.sink)),
          h('td', null, state(sink)),
          ['sent', 'acknowledged', 'verified'].map((step) => h('td', { class: 'number' }, sink[step] ? after(delivered.emitted, sink[step]) : '–')),
          h('td', { class: 'why' }, sink.trouble ? [sink.trouble, h('small', null, `failed ${sink.failures === 1 ? 'once' : `${sink.failures} times`}, `,
            sink.retryAt ? ['tried again at ', time(sink.retryAt)] : 'given up')] : '–')))));
}

function state(sink) {
  if (sink.verified) return tag('verified', 'fine');
  if (sink.trouble) return sink.retryAt ? tag('retrying', 'wait') : tag('failed', 'stop');
  if (sink.acknowledged) return tag('acknowledged', 'info');
  if (sink.sent) return tag('sent', 'info');
  if (sink.suppressed) return tag('withheld', 'quiet');
  return tag('waiting', 'quiet');
}
