// What has gone wrong, and what has happened: crashes, distinct errors, events.

import {html, set, say, sync} from './draw.js';
import * as words from './words.js';

const part = id => document.getElementById(id);

const ROUTES = ['route', 'route-lost'];

/**
 * @param isShown   whether a line of a node is, by the node's name and the texts of the line.
 * @param isMatched whether a crash is: a node that has crashed can not be selected.
 */
export function showLists(picture, isShown, isMatched) {
  const crashes = picture.crashes.filter(crash => isMatched([crash.node]));
  const errors = picture.errors.filter(error => isShown(error.node, [error.node, error.headline]));
  const events = picture.events.filter(event => (part('routes').checked || !ROUTES.includes(event.kind)) &&
    isShown(event.node, [event.node, event.kind, event.subject, event.detail]));
  fill('crashes', crashes, crash => crash.instance, makeCrash, updateCrash);
  fill('errors', errors, error => `${error.node}\n${error.firstMs}\n${error.headline}`, makeError, updateError);
  fill('events', events, event => `${event.node}\n${event.timeMs}\n${event.number}`, makeEvent);
}

function fill(id, items, keyOf, make, update) {
  sync(part(id).querySelector('ol'), items, keyOf, make, update);
  say(part(id).querySelector('.count'), String(items.length));
  say(part(id).querySelector('.none'), items.length ? '' : 'none');
}

function makeError(error) {
  return html('li', {}, html('details', {},
    html('summary', {}, html('strong', {class: 'times'}), html('span', {class: 'who'}, error.node), error.headline),
    html('p', {class: 'when'}), html('pre', {}, error.stack || 'no stack was noted')));
}

function updateError(item, error) {
  say(item.querySelector('.times'), words.count(error.count) + '\u00d7');
  say(item.querySelector('.when'), `first ${words.date(error.firstMs)}, last ${words.date(error.lastMs)}` +
    (error.isCrash ? '; the node has crashed' : ''));
  set(item, {class: error.isCrash ? 'crash' : null});
}

function makeEvent(event) {
  const value = event.value < 0 ? '' : event.kind === 'slow-cycle' ? words.nanoseconds(event.value) : String(event.value);
  return html('li', {class: 'event ' + event.kind, title: event.doc},
    html('time', {}, words.timeOfDay(event.timeMs)), html('span', {class: 'who'}, event.node),
    html('span', {class: 'kind'}, event.kind),
    html('span', {}, [event.subject, event.detail, value].filter(text => text).join(' \u00b7 ')));
}

function makeCrash(crash) {
  return html('li', {class: 'crash', 'data-name': crash.node}, html('details', {},
    html('summary', {}, html('span', {class: 'who'}, crash.node),
      `process ${crash.processId} ended without closing; last heard of ${words.date(crash.lastMs)}, ` +
      `after ${words.duration(crash.lastMs - crash.startMs)}` +
      (crash.errors.length ? `; last error: ${crash.errors[0].headline}` : '; no errors')),
    html('h4', {}, 'Its last errors'), html('ol', {class: 'last errors'}),
    html('h4', {}, 'Its last events'), html('ol', {class: 'last events'})));
}

function updateCrash(item, crash) {
  const [errors, events] = item.querySelectorAll('ol.last');
  sync(errors, crash.errors, error => `${error.firstMs}\n${error.headline}`, makeError, updateError);
  sync(events, crash.events, event => String(event.number), makeEvent);
}
