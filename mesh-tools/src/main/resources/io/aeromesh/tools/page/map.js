// The mesh: nodes, the edges between them, and contexts around their hosts.

import {svg, set, say, sync} from './draw.js';
import {Layout} from './layout.js';
import * as words from './words.js';

const RADIUS = 13;
const ORBIT = 25;
const SATELLITES_MAX = 12;
const LABELLED_MAX = 24;
const TAU = 2 * Math.PI;
const STATES = {
  LOCAL: 'on this machine',
  REMOTE: 'elsewhere',
  SILENT: 'does not answer',
  GONE: 'host of contexts, not here'
};

/** Edges of one kind look alike; what has no colour of its own is of the last kind. */
const KINDS = ['shm', 'inproc', 'aeron:ipc', 'aeron:udp'];
const kindClass = kind => 'kind-' + (KINDS.indexOf(kind) < 0 ? 'other' : KINDS.indexOf(kind));

export class MeshMap {
  constructor(frame, legend, onSelect) {
    this.frame = frame;
    this.legend = legend;
    this.onSelect = onSelect;
    this.layout = new Layout(() => this.move());
    this.picture = null;
    this.selected = '';
    this.isLabelled = null;
    this.edges = svg('g');
    this.labels = svg('g');
    this.nodes = svg('g');
    this.root = svg('svg', {role: 'group', 'aria-label': 'Nodes and edges of the mesh'});
    this.root.append(this.edges, this.labels, this.nodes);
    frame.append(this.root);
    this.root.addEventListener('click', event => {
      if (event.target === this.root) {
        this.onSelect('');
      }
    });
    new ResizeObserver(() => this.draw()).observe(frame);
  }

  show(picture, selected, isLabelled) {
    this.picture = picture;
    this.selected = selected;
    this.isLabelled = isLabelled;
    this.draw();
  }

  /** Whether labels of all edges would be legible. */
  static hasRoom(picture) {
    return picture.links.length <= LABELLED_MAX;
  }

  draw() {
    const width = this.frame.clientWidth;
    const height = this.frame.clientHeight;
    if (!this.picture || width === 0) {
      return;
    }
    set(this.root, {viewBox: `0 0 ${width} ${height}`});
    const drawn = this.picture.nodes.filter(node => node.host === '');
    const names = drawn.map(node => node.name).sort();
    this.layout.update(names, this.picture.links.map(link => [link.from, link.to]), width, height);
    const contexts = groupByHost(this.picture.nodes);
    this.drawLinks(places(this.picture.links));
    sync(this.nodes, drawn.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name)), node => node.name,
      node => this.makeNode(node), (group, node) => this.updateNode(group, node, contexts.get(node.name) ?? []));
    this.drawLegend();
    this.move();
  }

  drawLinks(links) {
    sync(this.edges, links, link => link.key,
      () => svg('g', {class: 'edge'}, svg('title'), svg('path', {fill: 'none'})),
      (group, link) => {
        group.link = link;
        set(group, {class: `edge ${kindClass(link.kind)}${link.isSilent ? ' silent' : ''}${this.near(link)}`,
          'data-ends': `${link.from} ${link.to}`});
        say(group.firstChild, titleOf(link));
        set(group.lastChild, {'stroke-width': widthOf(link.packetsIn)});
      });
    const labelled = links.filter(link => this.isLabelled || this.touches(link));
    sync(this.labels, labelled, link => link.key,
      () => svg('g', {}, svg('rect', {rx: 3}), svg('text', {y: -3}), svg('text', {y: 9})),
      (group, link) => {
        const [ground, kind, rates] = group.children;
        group.link = link;
        set(group, {class: 'edge-label' + this.near(link)});
        say(kind, `${link.kind || link.edge}${link.metric < 0 ? '' : ' \u00b7 metric ' + link.metric}`);
        say(rates, link.packetsIn < 0 ? '' :
          `${words.rate(link.packetsIn)} \u00b7 ${words.byteRate(link.bytesIn)}`);
        const width = 6 + Math.max(kind.getComputedTextLength(), rates.getComputedTextLength());
        set(ground, {x: round(-width / 2), y: -13, width: round(width), height: rates.textContent ? 26 : 14});
      });
  }

  touches(link) {
    return this.selected !== '' && (link.from === this.selected || link.to === this.selected);
  }

  near(link) {
    return this.selected === '' ? '' : this.touches(link) ? ' near' : ' far';
  }

  makeNode(node) {
    const group = svg('g', {role: 'button', tabindex: 0},
      svg('title'), svg('g', {class: 'satellites'}), svg('circle', {r: RADIUS, class: 'body'}),
      svg('text', {class: 'name', y: RADIUS + 15}), svg('text', {class: 'more', y: -ORBIT - 8}));
    const select = () => this.onSelect(this.selected === node.name ? '' : node.name);
    group.addEventListener('click', select);
    group.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        select();
      }
    });
    return group;
  }

  updateNode(group, node, contexts) {
    const [title, satellites, , name, more] = group.children;
    group.node = node;
    const isFar = this.selected !== '' && this.selected !== node.name &&
      !this.picture.links.some(link => this.touches(link) && (link.from === node.name || link.to === node.name));
    const about = `${node.name}, ${STATES[node.state]}` +
      (contexts.length ? `, ${words.plural(contexts.length, 'context')}` : '') +
      (node.state === 'LOCAL' ? `, process ${node.processId}, ${words.rate(node.packetsIn)} in, ` +
        `${words.rate(node.forwarded)} forwarded, ${words.plural(node.distinctErrors, 'distinct error')}` : '');
    set(group, {
      class: `node ${node.state.toLowerCase()}${node.distinctErrors > 0 ? ' faulty' : ''}${isFar ? ' far' : ''}`,
      'aria-pressed': String(this.selected === node.name), 'aria-label': about, 'data-name': node.name});
    say(title, about);
    say(name, node.name.length > 22 ? node.name.slice(0, 21) + '\u2026' : node.name);
    say(more, contexts.length > SATELLITES_MAX ? `+${contexts.length - SATELLITES_MAX}` : '');
    const shown = contexts.slice(0, SATELLITES_MAX);
    sync(satellites, shown, context => context.name,
      context => svg('circle', {r: 4, class: 'context', 'data-name': context.name}, svg('title')),
      (circle, context) => {
        const angle = TAU * shown.indexOf(context) / Math.max(6, shown.length) - TAU / 4;
        set(circle, {cx: round(ORBIT * Math.cos(angle)), cy: round(ORBIT * Math.sin(angle))});
        say(circle.firstChild, `context ${context.name}, process ${context.processId}`);
      });
  }

  drawLegend() {
    const kinds = [...new Set(this.picture.links.map(link => link.kind || 'other'))].sort();
    sync(this.legend, kinds, kind => kind, kind => {
      const sample = svg('svg', {class: 'sample', viewBox: '0 0 24 8', 'aria-hidden': 'true'},
        svg('path', {d: 'M1 4H23', 'stroke-width': 3, class: kindClass(kind)}));
      const item = document.createElement('li');
      item.append(sample, kind);
      return item;
    });
  }

  move() {
    for (const group of this.nodes.children) {
      const place = this.layout.place(group.node.name);
      if (place) {
        set(group, {transform: `translate(${round(place.x)} ${round(place.y)})`});
      }
    }
    for (const group of this.edges.children) {
      const course = this.course(group.link);
      if (course) {
        set(group.lastChild, {d: `M${round(course.a.x)} ${round(course.a.y)}Q${round(course.x)} ${round(course.y)} ` +
          `${round(course.b.x)} ${round(course.b.y)}`});
      }
    }
    for (const group of this.labels.children) {
      const course = this.course(group.link);
      if (course) {
        const x = (course.a.x + 2 * course.x + course.b.x) / 4;
        const y = (course.a.y + 2 * course.y + course.b.y) / 4;
        set(group, {transform: `translate(${round(x)} ${round(y)})`});
      }
    }
  }

  /** The ends, and the point that bends the line: several edges between two nodes go side by side. */
  course(link) {
    const a = this.layout.place(link.from);
    const b = this.layout.place(link.to);
    if (!a || !b) {
      return null;
    }
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const bend = 56 * link.lane;
    return {a, b, x: (a.x + b.x) / 2 - (b.y - a.y) / length * bend, y: (a.y + b.y) / 2 + (b.x - a.x) / length * bend};
  }
}

/** Gives each link a key that stays, and a lane beside the others of its pair. */
function places(links) {
  const pairs = new Map();
  for (const link of links) {
    const pair = `${link.from}\n${link.to}`;
    pairs.set(pair, [...pairs.get(pair) ?? [], link]);
  }
  const placed = [];
  for (const [pair, ofPair] of pairs) {
    ofPair.forEach((link, i) => placed.push({...link, key: `${pair}\n${link.kind}\n${link.edge}`,
      lane: i - (ofPair.length - 1) / 2}));
  }
  return placed;
}

function groupByHost(nodes) {
  const groups = new Map();
  nodes.filter(node => node.host).forEach(node => groups.set(node.host, [...groups.get(node.host) ?? [], node]));
  return groups;
}

const widthOf = packets => round(Math.min(7, 1.6 + Math.max(0, Math.log10(1 + Math.max(0, packets)))));

const titleOf = link => `${link.from} \u2013 ${link.to}: ${link.edge}, ${link.kind || 'kind unknown'}, ` +
  `metric ${link.metric < 0 ? 'unknown' : link.metric}, round trip ${words.nanoseconds(link.roundTripNs)}, ` +
  `${words.rate(link.packetsIn)}, ${words.byteRate(link.bytesIn)}${link.isSilent ? ', does not answer' : ''}`;

const round = value => Math.round(value * 10) / 10;
