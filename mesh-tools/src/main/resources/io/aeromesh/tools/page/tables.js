// Tables whose columns sort: by a click on their head, or by Enter where it has the focus.

import {html, set, say, sync} from './draw.js';
import * as words from './words.js';

const number = (title, value, text, hint) => ({title, value, text: row => text(value(row)), isNumber: true, hint});
const name = (title, value) => ({title, value, text: value, isNumber: false});

const NODES = [
  name('Node', row => row.name),
  name('State', row => row.state.toLowerCase()),
  number('Process', row => row.processId, value => value < 0 ? '\u2013' : String(value)),
  number('Packets in', row => row.packetsIn, words.rate, 'from its neighbours; a packet holds many small messages'),
  number('Bytes in', row => row.bytesIn, words.byteRate, 'from its neighbours'),
  number('Forwarded', row => row.forwarded, words.rate, 'packets passed on towards another node'),
  number('Accepted', row => row.acceptedBytes, words.byteRate, 'from its applications, by all channels'),
  number('Received', row => row.receivedBytes, words.byteRate, 'from other nodes, by all channels'),
  number('Resent', row => row.resent, words.rate, 'packets sent again'),
  number('Discarded', row => row.discarded, words.rate, 'packets without a route, or before a full edge'),
  number('Slow cycles', row => row.slowCycles, words.count, 'since it began'),
  number('Errors', row => row.distinctErrors, words.count, 'distinct ones')];

const EDGES = [
  name('Node', row => row.node),
  name('Edge', row => row.edge),
  name('Neighbours', row => row.peers.length > 4 ? `${row.peers.length}` : row.peers.join(', ') || '\u2013'),
  number('Packets in', row => row.packetsIn, words.rate),
  number('Bytes in', row => row.bytesIn, words.byteRate),
  number('Round trip', row => row.roundTripNs, words.nanoseconds, 'smoothed'),
  number('Generations', row => row.generations, words.count, 'how often it came up')];

const CHANNELS = [
  name('Node', row => row.node),
  name('Channel', row => row.channel),
  number('Accepted', row => row.acceptedBytes, words.byteRate, 'from the application'),
  number('Received', row => row.receivedBytes, words.byteRate, 'from the other end'),
  number('Unacknowledged', row => row.unacknowledged, words.bytes, 'accepted, and not yet consumed at the other end'),
  number('Sessions', row => row.sessions, words.count, 'that were connected')];

class Table {
  constructor(id, columns, keyOf, onSelect) {
    this.section = document.getElementById(id);
    this.columns = columns;
    this.keyOf = keyOf;
    this.onSelect = onSelect;
    this.sorted = 0;
    this.isDescending = false;
    this.rows = [];
    this.body = html('tbody');
    this.heads = columns.map((column, i) => this.makeHead(column, i));
    const frame = html('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': id},
      html('table', {}, html('thead', {}, html('tr', {}, ...this.heads)), this.body));
    this.none = html('p', {class: 'none'});
    this.section.append(frame, this.none);
  }

  makeHead(column, index) {
    const button = html('button', {type: 'button', title: column.hint}, column.title);
    button.addEventListener('click', () => {
      this.isDescending = this.sorted === index ? !this.isDescending : column.isNumber;
      this.sorted = index;
      this.draw();
    });
    return html('th', {scope: 'col', class: column.isNumber ? 'number' : null}, button);
  }

  show(rows, total) {
    this.rows = rows;
    this.total = total;
    this.draw();
  }

  draw() {
    const {value, isNumber} = this.columns[this.sorted];
    const sign = this.isDescending ? -1 : 1;
    const sorted = [...this.rows].sort((a, b) =>
      sign * (isNumber ? value(a) - value(b) : String(value(a)).localeCompare(String(value(b)))));
    this.heads.forEach((head, i) => set(head, {'aria-sort': i !== this.sorted ? null :
      this.isDescending ? 'descending' : 'ascending'}));
    sync(this.body, sorted, this.keyOf, () => this.makeRow(), (line, row) => {
      line.row = row;
      this.columns.forEach((column, i) => {
        const cell = line.children[i];
        say(i === 0 ? cell.firstChild : cell, column.text(row));
      });
    });
    say(this.section.querySelector('.count'), this.rows.length === this.total ? String(this.total) :
      `${this.rows.length} of ${this.total}`);
    say(this.none, this.rows.length ? '' : this.total ? 'none of these' : 'none');
  }

  makeRow() {
    const line = html('tr');
    this.columns.forEach((column, i) => {
      const cell = html(i === 0 ? 'th' : 'td', {scope: i === 0 ? 'row' : null, class: column.isNumber ? 'number' : null});
      if (i === 0) {
        const button = html('button', {type: 'button', class: 'name'});
        button.addEventListener('click', () => this.onSelect(line.row.name ?? line.row.node));
        cell.append(button);
      }
      line.append(cell);
    });
    return line;
  }
}

export class Tables {
  constructor(onSelect) {
    this.nodes = new Table('nodes', NODES, row => row.name, onSelect);
    this.edges = new Table('edges', EDGES, row => `${row.node}\n${row.edge}`, onSelect);
    this.channels = new Table('channels', CHANNELS, row => `${row.node}\n${row.channel}`, onSelect);
  }

  /** @param isShown whether a line of a node is, by the node's name and the texts of the line. */
  show(picture, isShown) {
    this.nodes.show(picture.nodes.filter(row => isShown(row.name, [row.name])), picture.nodes.length);
    this.edges.show(picture.edges.filter(row => isShown(row.node, [row.node, row.edge, ...row.peers])),
      picture.edges.length);
    this.channels.show(picture.channels.filter(row => isShown(row.node, [row.node, row.channel])),
      picture.channels.length);
  }
}
