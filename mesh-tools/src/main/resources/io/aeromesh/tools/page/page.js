// Asks for the last look each second and shows it.

import {say, set, sync, html} from './draw.js';
import {MeshMap} from './map.js';
import {showPlots} from './plots.js';
import {Tables} from './tables.js';
import {showLists} from './lists.js';
import * as words from './words.js';

const INTERVAL_MS = 1000;
const PATIENCE_MS = 5000;

const part = id => document.getElementById(id);
const labels = part('labels');
const filter = part('filter');

let picture = null;
let selected = '';
let labelsWanted = null; // labels of all edges: as the user said, else as there is room
let news = {number: 0, atMs: performance.now()};

const map = new MeshMap(part('frame'), part('legend'), select);
const tables = new Tables(name => select(name === selected ? '' : name));

function select(name) {
  selected = name;
  show();
}

function isMatched(texts) {
  const wanted = filter.value.trim().toLowerCase();
  return texts.some(text => text.toLowerCase().includes(wanted));
}

function isShown(node, texts) {
  return (selected === '' || node === selected) && isMatched(texts);
}

function show() {
  if (!picture) {
    return;
  }
  if (selected !== '' && !picture.nodes.some(node => node.name === selected)) {
    selected = '';
  }
  labels.checked = labelsWanted ?? MeshMap.hasRoom(picture);
  map.show(picture, selected, labels.checked);
  showPlots(part('plots'), picture, selected);
  tables.show(picture, isShown);
  showLists(picture, isShown, isMatched);
  showWords();
}

function showWords() {
  const nodes = picture.nodes.filter(node => node.host === '' && node.state !== 'GONE');
  const contexts = picture.nodes.length - picture.nodes.filter(node => node.host === '').length;
  const rate = picture.links.reduce((sum, link) => sum + Math.max(0, link.packetsIn), 0);
  say(part('mesh'), picture.mesh);
  document.title = `${picture.mesh} \u00b7 ${words.plural(nodes.length, 'node')} \u00b7 Aeromesh`;
  const figures = [[words.plural(nodes.length, 'node'), ''], [words.plural(contexts, 'context'), ''],
    [words.plural(picture.links.length, 'edge'), ''], [words.rate(rate).replace('/s', ' packets/s'), ''],
    [words.plural(picture.crashes.length, 'crash'), picture.crashes.length ? 'bad' : '']];
  sync(part('figures'), figures.map((figure, i) => ({i, figure})), item => item.i, () => html('li'), (item, {figure}) => {
    say(item, figure[0]);
    set(item, {class: figure[1] || null});
  });
  say(part('source'), `Nodes of this machine: files in ${picture.directory}. Others: ${picture.source}.` +
    (picture.otherMeshes.length ? ` Other meshes in that directory: ${picture.otherMeshes.join(', ')}.` : ''));
  sync(part('problems'), picture.problems, problem => problem, problem => html('li', {}, problem));
  say(part('whose'), selected === '' ? 'all nodes here' : selected);
  set(part('all'), {hidden: selected === ''});
  set(part('timeless'), {hidden: picture.times.some(of => of.node === selected)});
  set(part('empty'), {hidden: picture.nodes.length > 0});
}

function showState(problem) {
  const isLate = performance.now() - news.atMs > PATIENCE_MS;
  set(part('state'), {class: problem || isLate ? 'bad' : 'good'});
  say(part('state'), problem || (isLate ? 'no news for ' + words.duration(performance.now() - news.atMs) : 'live'));
}

async function look() {
  let problem = '';
  try {
    const answer = await fetch('picture.json', {signal: AbortSignal.timeout(PATIENCE_MS)});
    if (answer.ok) {
      picture = await answer.json();
      if (picture.number !== news.number) {
        news = {number: picture.number, atMs: performance.now()};
        show();
      }
    } else {
      problem = (await answer.text()).trim();
    }
  } catch {
    problem = 'mesh page does not answer: what is shown is old';
  }
  showState(problem);
  setTimeout(look, INTERVAL_MS);
}

labels.addEventListener('change', () => {
  labelsWanted = labels.checked;
  show();
});
filter.addEventListener('input', show);
part('routes').addEventListener('change', show);
part('all').addEventListener('click', () => select(''));
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    select('');
  } else if (event.key === '/' && document.activeElement !== filter) {
    event.preventDefault();
    filter.focus();
  }
});
look();
