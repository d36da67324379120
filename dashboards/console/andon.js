// Which view is shown, and when it looks again.

import { get, Refused } from './api.js';
import { h, show } from './dom.js';
import { begin, failed, facts, heard, soon, succeeded } from './live.js';
import { empty } from './words.js';

const VIEWS = {
  '': () => import('./fleet.js'),
  rollouts: () => import('./rollout.js'),
  clusters: () => import('./cluster.js'),
  decisions: () => import('./decisions.js'),
};

const main = document.getElementById('main');
let shown;

/** `#/rollouts/web-42/signals/3f…` is the view "rollouts" with what follows as its arguments. */
function wanted() {
  const parts = location.hash.replace(/^#\/?/, '').split('/');
  try {
    return { hash: location.hash, view: parts[0], path: parts.slice(1).map(decodeURIComponent) };
  } catch {
    return { hash: location.hash, view: 'nowhere', path: [] };
  }
}

async function refresh() {
  const place = wanted();
  const load = VIEWS[place.view];
  if (!load) {
    document.title = 'Andon';
    show(main, empty('There is no such page', 'The address names nothing that this console has.'), h('p', null, h('a', { href: '#/' }, 'To the fleet')));
    return;
  }
  try {
    const view = await load();
    if (shown?.hash !== place.hash) {
      shown?.view.leave?.();
      shown = { hash: place.hash, view };
      main.replaceChildren(h('p', { class: 'loading' }, 'Asking the detector …'));
    }
    const clusters = await get('/v1/clusters?order=health');
    heard(clusters);
    const content = await view.render({ clusters, path: place.path, again: () => soon(0), main });
    if (shown.hash !== location.hash) return;
    document.title = content.title;
    show(main, content.body);
    content.after?.();
    succeeded();
  } catch (failure) {
    if (!(failure instanceof Refused)) console.error(failure);
    failed(failure);
    // What was there stays, and the banner says of when it is.
    if (!facts.asOf) show(main, empty('Nothing to show yet', 'The page fills by itself as soon as the detector answers.'));
  }
}

function mark() {
  const { view } = wanted();
  for (const link of document.querySelectorAll('nav a')) {
    const here = link.dataset.view === (view === 'decisions' ? 'decisions' : 'fleet');
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** People who do not see the page hear of what matters at once. */
function happened(kind, event) {
  if (kind !== 'signal') return;
  document.getElementById('announce').textContent =
    event.action === 'CLEAR' || event.action === 'HALT' || event.action === 'ALARM'
      ? `${event.action} ${event.rolloutId ?? event.cluster}: ${event.reason}` : '';
}

addEventListener('hashchange', () => {
  mark();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
  soon(0);
});
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
mark();
begin(refresh, happened);
