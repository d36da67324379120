// An operator's word: allow or halt, with a reason and an end. The token stays in this page and nowhere else.

import { post } from './api.js';
import { h } from './dom.js';
import { now } from './live.js';

let token = '';

/** Asks for everything in a dialog; @param done when the detector has taken it */
export function askForOverride(rolloutId, standing, done) {
  const said = h('p', { role: 'alert', class: 'stop' });
  const close = () => dialog.close();
  const form = h('form', { method: 'dialog', onsubmit: (event) => send(event, rolloutId, form, said, close, done) },
    h('h2', { id: 'override-title' }, 'Override ', h('bdi', null, rolloutId)),
    h('p', { class: 'quiet' }, 'Your word outranks the detector until it ends. It is written into the log with your reason.'),
    h('fieldset', null, h('legend', null, 'Decision'),
      choice('ALLOW', 'Allow: let it go on, whatever the evidence', standing !== undefined),
      choice('HALT', 'Halt: stop it, whatever the evidence', standing === undefined)),
    h('label', null, 'Reason', h('textarea', { name: 'reason', required: true, maxlength: '1000', rows: '3', placeholder: 'why, with a ticket or an incident' })),
    h('div', { class: 'two' },
      h('label', null, 'For', h('select', { name: 'minutes' }, [[30, '30 minutes'], [60, '1 hour'], [240, '4 hours'], [1440, '1 day']]
        .map(([value, text]) => h('option', { value: String(value), selected: value === 60 }, text)))),
      h('label', null, 'Your name (optional)', h('input', { name: 'actor', autocomplete: 'username', maxlength: '100' }))),
    h('label', null, 'Token', h('input', { name: 'token', type: 'password', required: true, autocomplete: 'off', value: token }),
      h('small', null, 'one of http.tokens; kept in this page until it is closed')),
    said,
    h('p', { class: 'buttons' }, h('button', { type: 'button', onclick: close }, 'Cancel'), h('button', { type: 'submit', class: 'primary' }, 'Override')));
  const dialog = h('dialog', { 'aria-labelledby': 'override-title', onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
}

const choice = (value, text, checked) => h('label', { class: 'choice' },
  h('input', { type: 'radio', name: 'decision', value, checked, required: true }), text);

async function send(event, rolloutId, form, said, close, done) {
  event.preventDefault();
  const button = form.querySelector('[type=submit]');
  const given = new FormData(form);
  token = given.get('token').trim();
  button.disabled = true;
  said.textContent = '';
  try {
    await post('/v1/overrides', token, {
      rolloutId,
      decision: given.get('decision'),
      reason: given.get('reason').trim(),
      actor: given.get('actor').trim() || undefined,
      expires: new Date(now() + Number(given.get('minutes')) * 60_000).toISOString(),
    });
    close();
    done();
  } catch (failure) {
    said.textContent = `Not taken: ${failure.message}`;
    if (failure.status === 401) token = '';
  } finally {
    button.disabled = false;
  }
}
