// Drawing on the page picture: drag, or click two corners. It fills the same form that works
// without scripts, so there is one way in and one audit event.
const sheet = document.getElementById('sheet');
const draft = document.getElementById('draft');
const edges = ['x0', 'y0', 'x1', 'y1'].map((name) => document.getElementById(name));
const box = document.querySelector('[data-box]');
const said = document.getElementById('said');
const SMALLEST = 2; // points: less is a click, not a drag
let start = null;
let corner = null;

function pointOf(event) {
  const bounds = sheet.getBoundingClientRect();
  const width = Number(sheet.dataset.width);
  const height = Number(sheet.dataset.height);
  return {
    x: Math.min(Math.max(((event.clientX - bounds.left) / bounds.width) * width, 0), width),
    y: Math.min(Math.max(((event.clientY - bounds.top) / bounds.height) * height, 0), height),
  };
}

function show(from, to) {
  const values = [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)];
  draft.setAttribute('x', values[0]);
  draft.setAttribute('y', values[1]);
  draft.setAttribute('width', values[2] - values[0]);
  draft.setAttribute('height', values[3] - values[1]);
  edges.forEach((input, n) => { input.value = values[n].toFixed(1); });
  box.open = true;
}

function isArea(from, to) {
  return Math.abs(from.x - to.x) > SMALLEST && Math.abs(from.y - to.y) > SMALLEST;
}

function begin(event) {
  if (event.button !== 0) return;
  event.preventDefault();
  start = pointOf(event);
  sheet.setPointerCapture(event.pointerId);
}

function move(event) {
  if (start && isArea(start, pointOf(event))) show(start, pointOf(event));
}

function end(event) {
  if (!start) return;
  const here = pointOf(event);
  if (isArea(start, here)) {
    show(start, here);
    corner = null;
    said.textContent = 'Area chosen. Choose why, then leave it out.';
  } else if (corner && isArea(corner, here)) {
    show(corner, here);
    corner = null;
    said.textContent = 'Area chosen. Choose why, then leave it out.';
  } else {
    corner = here;
    said.textContent = 'First corner set. Click the opposite corner.';
  }
  start = null;
}

function showTyped() {
  const [x0, y0, x1, y1] = edges.map((input) => Number.parseFloat(input.value));
  if ([x0, y0, x1, y1].every(Number.isFinite)) {
    draft.setAttribute('x', Math.min(x0, x1));
    draft.setAttribute('y', Math.min(y0, y1));
    draft.setAttribute('width', Math.abs(x1 - x0));
    draft.setAttribute('height', Math.abs(y1 - y0));
  }
}

function showTicked() {
  sheet.querySelectorAll('.desk-line-shown').forEach((shown) => shown.remove());
  document.querySelectorAll('input[name="lines"]:checked').forEach((tick) => {
    const [x0, y0, x1, y1] = tick.dataset.rect.split(' ').map(Number);
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    rect.setAttribute('class', 'desk-line-shown');
    rect.setAttribute('x', x0);
    rect.setAttribute('y', y0);
    rect.setAttribute('width', x1 - x0);
    rect.setAttribute('height', y1 - y0);
    sheet.append(rect);
  });
}

// The area has a form of its own: what was chosen for one form goes for the other.
function share({ target }) {
  if (!['code', 'comment'].includes(target.name)) return;
  document.querySelectorAll(`[name="${target.name}"]`).forEach((field) => { field.value = target.value; });
}

if (sheet && sheet.dataset.marking) {
  sheet.addEventListener('pointerdown', begin);
  sheet.addEventListener('pointermove', move);
  sheet.addEventListener('pointerup', end);
  sheet.addEventListener('pointercancel', () => { start = null; });
  edges.forEach((input) => input.addEventListener('input', showTyped));
  document.addEventListener('change', showTicked);
  document.addEventListener('change', share);
  showTyped();
  showTicked();
}
