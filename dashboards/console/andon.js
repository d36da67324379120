// Shows what the API says. Asks once per second while the page is visible, and at once when something happens.

const REFRESH_MILLIS = 1000;
const SIGNALS_SHOWN = 50;

const byId = (id) => document.getElementById(id);

/** An element with text or children; text is never read as HTML. */
function element(name, content, className) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...[content].flat());
  return made;
}

const seconds = (value) => {
  if (value === undefined) return '–';
  return value < 0.1 ? `${(value * 1000).toPrecision(2)} ms` : `${value.toPrecision(2)} s`;
};
const percent = (value) => (value === undefined ? '–' : `${(value * 100).toFixed(1)} %`);
const whole = (value) => (value === undefined ? '–' : Math.round(value).toLocaleString());

function rolloutState(rollout) {
  const standing = rollout.standing?.action;
  if (standing === 'HALT') return ['halted', 'stop'];
  if (standing === 'HOLD') return ['held', 'wait'];
  if (rollout.phase === 'COMPLETED') return ['completed', 'fine'];
  return [rollout.phase.toLowerCase().replace('_', ' '), ''];
}

function rolloutRow(rollout) {
  const bar = document.createElement('progress');
  bar.max = Math.max(1, rollout.total);
  bar.value = rollout.updated;
  bar.ariaLabel = `coverage of ${rollout.rolloutId}`;
  const [text, tone] = rolloutState(rollout);
  const state = element('td', text, tone);
  if (rollout.standing) state.title = rollout.standing.reason;
  return element('tr', [
    element('td', rollout.rolloutId),
    element('td', `${rollout.workload.kind} ${rollout.workload.namespace}/${rollout.workload.name}`, 'quiet'),
    element('td', bar),
    element('td', `${whole(rollout.updated)} / ${whole(rollout.total)}`, 'number'),
    state,
  ]);
}

function clusterState(cluster) {
  if (!cluster.apiserver && !cluster.dns) return ['no data', 'quiet'];
  if (!cluster.hurt) return ['fine', 'fine'];
  return [`hurt: ${cluster.changes.map((change) => change.series).slice(0, 2).join(', ')}`, 'stop'];
}

function clusterRow(cluster) {
  const [text, tone] = clusterState(cluster);
  const number = (value) => element('td', value, 'number');
  return element('tr', [
    element('td', cluster.cluster),
    number(whole(cluster.nodes)),
    number(whole(cluster.apiserver?.requestsPerSecond)),
    number(seconds(cluster.apiserver?.meanSeconds)),
    number(seconds(cluster.apiserver?.p99Seconds)),
    number(percent(cluster.dns?.errorRatio)),
    element('td', text, tone),
  ]);
}

const TONES = { HALT: 'stop', ALARM: 'stop', HOLD: 'wait', CLEAR: 'fine' };

function signalItem(signal) {
  const time = element('time', new Date(signal.time).toLocaleTimeString());
  time.dateTime = signal.time;
  const action = element('span', `${signal.action} ${signal.rolloutId ?? signal.cluster}`, TONES[signal.action]);
  return element('li', [time, action, `: ${signal.reason}`]);
}

async function get(path) {
  const answer = await fetch(path, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

function show(text, broken) {
  byId('state').textContent = text;
  byId('state').classList.toggle('broken', broken);
}

async function refresh() {
  try {
    const [rollouts, clusters, signals] = await Promise.all(
      ['/v1/rollouts', '/v1/clusters', '/v1/signals'].map(get),
    );
    byId('rollouts').replaceChildren(...rollouts.rollouts.map(rolloutRow));
    byId('clusters').replaceChildren(...clusters.clusters.map(clusterRow));
    byId('signals').replaceChildren(...signals.signals.slice(-SIGNALS_SHOWN).reverse().map(signalItem));
    show(`live, newest data ${new Date(clusters.time).toLocaleTimeString()}`, false);
  } catch (failure) {
    // What is on the page is old now, and must not look live.
    show(`not live: ${failure.message}`, true);
  }
}

let waiting = false;

/** Many events of one moment are one refresh. */
function soon() {
  if (waiting) return;
  waiting = true;
  setTimeout(async () => {
    await refresh();
    waiting = false;
  }, 100);
}

const events = new EventSource('/v1/events');
for (const name of ['signal', 'change-point', 'rollout']) events.addEventListener(name, soon);

setInterval(() => {
  if (!document.hidden) soon();
}, REFRESH_MILLIS);
soon();
