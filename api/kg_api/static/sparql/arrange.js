// A place for every node of a small network: neighbours near, all others apart; the same rows give the same picture.

const ROUNDS = 250;
const NEAR = 90;
const MARGIN = 24;
const LABEL = 260;

/** Give every node an x and a y, and say how large the picture is; `room` is the width that there is for it. */
export function arrange(nodes, edges, room) {
  nodes.forEach((node, at) => {
    const angle = at * 2.399963; // the golden angle spreads any number of points evenly
    node.x = Math.cos(angle) * NEAR * Math.sqrt(at + 1);
    node.y = Math.sin(angle) * NEAR * Math.sqrt(at + 1);
  });
  for (let round = 0; round < ROUNDS; round++) step(nodes, edges, (NEAR / 4) * (1 - round / ROUNDS));
  return frame(nodes, room);
}

function step(nodes, edges, most) {
  for (const node of nodes) node.push = { x: 0, y: 0 };
  for (let one = 0; one < nodes.length; one++)
    for (let other = one + 1; other < nodes.length; other++)
      push(nodes[one], nodes[other], apart);
  for (const { from, to } of edges) push(from, to, (distance) => -(distance * distance) / NEAR / 2);
  for (const node of nodes) {
    node.push.x -= node.x / 12; // parts that hang on nothing do not drift away
    node.push.y -= node.y / 6;
    const length = Math.hypot(node.push.x, node.push.y) || 1;
    node.x += (node.push.x / length) * Math.min(length, most);
    node.y += (node.push.y / length) * Math.min(length, most);
  }
}

const apart = (distance) => (distance > 4 * NEAR ? 0 : (NEAR * NEAR) / distance);

function push(one, other, force) {
  const [x, y] = [one.x - other.x, one.y - other.y];
  const distance = Math.max(Math.hypot(x, y), 1);
  const by = force(distance) / distance;
  one.push.x += x * by;
  one.push.y += y * by;
  other.push.x -= x * by;
  other.push.y -= y * by;
}

// Labels stand outside: left of what is left of the middle, right of the others.
function frame(nodes, room) {
  const [left, right] = ends(nodes.map((node) => node.x));
  const [top, bottom] = ends(nodes.map((node) => node.y));
  const wide = Math.min(Math.max((room - 2 * LABEL) / Math.max(right - left, 1), 0.6), 2);
  for (const node of nodes) {
    node.before = node.x < (left + right) / 2;
    node.x = Math.round((node.x - left) * wide + LABEL);
    node.y = Math.round(node.y - top + MARGIN);
  }
  return { width: Math.round((right - left) * wide + 2 * LABEL), height: Math.round(bottom - top + 2 * MARGIN) };
}

const ends = (values) => [Math.min(...values), Math.max(...values)];
