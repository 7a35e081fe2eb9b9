// Where nodes are drawn: neighbours attract each other, all others push each other away, in a plane without an end;
// then what came out is fitted into the frame, and who would lie over another is moved aside.

const STEPS_NEW = 500;
const STEPS_CHANGED = 160;
const STEPS_A_FRAME = 8;
const HEAT = 0.4;
const MARGIN_X = 64;
const MARGIN_Y = 44;
const SCALE_MAX = 280;
const ROOM_X = 76;
const ROOM_Y = 52;
const ROUNDS = 120;
const TAU = 2 * Math.PI;

export class Layout {
  constructor(onMoved) {
    this.onMoved = onMoved;
    this.nodes = new Map();
    this.places = new Map();
    this.links = [];
    this.stepsLeft = 0;
    this.signature = '';
    this.isScheduled = false;
  }

  /** Where in the frame a node is, or undefined. */
  place(name) {
    return this.places.get(name);
  }

  /** Takes what there is now; moves nothing as long as that is the same. */
  update(names, links, width, height) {
    this.width = width;
    this.height = height;
    const signature = JSON.stringify([names, links]);
    if (signature === this.signature) {
      this.fit();
      return;
    }
    const isNew = this.nodes.size === 0;
    const before = this.nodes;
    this.signature = signature;
    this.links = links;
    this.nodes = new Map();
    names.forEach((name, i) => this.nodes.set(name, before.get(name) ?? this.first(name, i, names.length, before)));
    this.stepsLeft = this.stepsAll = isNew ? STEPS_NEW : STEPS_CHANGED;
    if (isNew || matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden) {
      this.step(this.stepsLeft);
    } else {
      this.schedule();
    }
    this.fit();
  }

  /** On a circle, or beside a neighbour that has its place already. */
  first(name, index, total, before) {
    const angle = TAU * index / total;
    const link = this.links.find(([a, b]) => a === name && before.has(b) || b === name && before.has(a));
    const middle = link ? before.get(link[0] === name ? link[1] : link[0]) : {x: 0, y: 0};
    const radius = link ? 0.5 : Math.sqrt(total);
    return {x: middle.x + radius * Math.cos(angle), y: middle.y + radius * Math.sin(angle)};
  }

  schedule() {
    if (!this.isScheduled) {
      this.isScheduled = true;
      requestAnimationFrame(() => {
        this.isScheduled = false;
        this.step(Math.min(STEPS_A_FRAME, this.stepsLeft));
        this.fit();
        this.onMoved();
        if (this.stepsLeft > 0) {
          this.schedule();
        }
      });
    }
  }

  /** Steps of Fruchterman and Reingold, each cooler, with a little pull to the middle for what nothing else holds. */
  step(steps) {
    const all = [...this.nodes.values()];
    for (const end = this.stepsLeft - steps; this.stepsLeft > end; this.stepsLeft--) {
      const heat = HEAT * this.stepsLeft / this.stepsAll;
      all.forEach(node => {
        node.dx = -node.x * 0.03;
        node.dy = -node.y * 0.03;
      });
      for (let i = 0; i < all.length; i++) {
        for (let j = i + 1; j < all.length; j++) {
          push(all[i], all[j], i + j);
        }
      }
      this.links.forEach(([from, to]) => pull(this.nodes.get(from), this.nodes.get(to)));
      for (const node of all) {
        const length = Math.hypot(node.dx, node.dy);
        if (length > 0) {
          node.x += node.dx / length * Math.min(length, heat);
          node.y += node.dy / length * Math.min(length, heat);
        }
      }
    }
  }

  /** Each direction has a scale of its own, as frames are wide. */
  fit() {
    const all = [...this.nodes];
    const x = axis(all.map(([, node]) => node.x), MARGIN_X, this.width);
    const y = axis(all.map(([, node]) => node.y), MARGIN_Y, this.height);
    this.places = new Map(all.map(([name, node]) => [name, {x: x(node.x), y: y(node.y)}]));
    this.spread([...this.places.values()]);
  }

  spread(all) {
    let isMoved = true;
    for (let round = 0; round < ROUNDS && isMoved; round++) {
      isMoved = false;
      for (let i = 0; i < all.length; i++) {
        for (let j = i + 1; j < all.length; j++) {
          isMoved = apart(all[i], all[j]) || isMoved;
        }
      }
      for (const place of all) {
        place.x = Math.min(this.width - MARGIN_X, Math.max(MARGIN_X, place.x));
        place.y = Math.min(this.height - MARGIN_Y, Math.max(MARGIN_Y, place.y));
      }
    }
  }
}

function axis(values, margin, length) {
  const least = Math.min(...values);
  const extent = Math.max(...values) - least;
  const scale = Math.min(SCALE_MAX, (length - 2 * margin) / Math.max(extent, 1e-6));
  return value => length / 2 + (value - least - extent / 2) * scale;
}

function apart(a, b) {
  const x = ROOM_X - Math.abs(a.x - b.x);
  const y = ROOM_Y - Math.abs(a.y - b.y);
  if (x <= 0.5 || y <= 0.5) {
    return false;
  }
  if (x / ROOM_X < y / ROOM_Y) {
    const way = a.x < b.x ? -x / 2 : x / 2;
    a.x += way;
    b.x -= way;
  } else {
    const way = a.y < b.y ? -y / 2 : y / 2;
    a.y += way;
    b.y -= way;
  }
  return true;
}

function push(a, b, seed) {
  let x = a.x - b.x;
  let y = a.y - b.y;
  if (Math.abs(x) + Math.abs(y) < 1e-3) { // in one place: apart, the same way each time
    x = Math.cos(seed);
    y = Math.sin(seed);
  }
  const force = 1 / (x * x + y * y);
  a.dx += x * force;
  a.dy += y * force;
  b.dx -= x * force;
  b.dy -= y * force;
}

function pull(a, b) {
  if (!a || !b || a === b) {
    return;
  }
  const x = a.x - b.x;
  const y = a.y - b.y;
  const force = Math.hypot(x, y);
  a.dx -= x * force;
  a.dy -= y * force;
  b.dx += x * force;
  b.dy += y * force;
}
