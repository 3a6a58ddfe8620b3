// Sends files one after another in parts, so that a broken upload goes on where it stopped, and
// shows how far each is. Without scripts the form posts them all in the ordinary way.
const PART = 4 * 1024 * 1024;
const TRIES = 6;
const form = document.querySelector('[data-upload]');
const state = document.querySelector('[data-upload-state]');
const list = document.querySelector('[data-sending]');

function say(text) {
  state.hidden = false;
  state.textContent = text;
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// One request; the network is tried again, a refusal is not.
async function ask(address, fields) {
  const body = new FormData();
  body.append('csrf_token', form.querySelector('[name=csrf_token]').value);
  Object.entries(fields).forEach(([name, value]) => body.append(name, value));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(address, { method: 'POST', body });
      if (answer.status < 500) {
        return { refused: !answer.ok, ...(await answer.json()) };
      }
    } catch (fault) {
      if (attempt === TRIES && fault instanceof SyntaxError) {
        throw fault;
      }
    }
    if (attempt === TRIES) {
      throw new Error('cut off');
    }
    await wait(500 * 2 ** attempt);
  }
}

// A line with the file's name, a bar and what became of it.
function row(file) {
  const item = document.createElement('li');
  const name = document.createElement('span');
  const bar = document.createElement('progress');
  const words = document.createElement('span');
  name.className = 'desk-files__name';
  name.textContent = file.name;
  bar.className = 'desk-progress';
  bar.max = Math.max(file.size, 1);
  bar.value = 0;
  bar.setAttribute('aria-label', `${file.name} sent`);
  words.className = 'govuk-hint';
  item.append(name, bar, words);
  list.append(item);
  return { bar, words };
}

async function sendOne(file, shown) {
  const mark = `${file.webkitRelativePath} ${file.lastModified}`;
  let at = await ask(form.dataset.begin, { name: file.name, size: file.size, mark });
  while (!at.refused && !at.whole) {
    shown.bar.value = at.received;
    const part = file.slice(at.received, at.received + PART);
    at = await ask(form.dataset.take + at.id, { start: at.received, part });
  }
  shown.bar.value = file.size;
  shown.words.textContent = at.refused ? at.sentence : at.known ? 'Here already, not added again' : 'Sent';
  return !at.refused;
}

async function send(event) {
  const files = [...form.querySelectorAll('input[type=file]')].flatMap((each) => [...each.files]);
  if (!files.length) {
    return;
  }
  event.preventDefault();
  form.querySelector('[type=submit]').disabled = true;
  list.hidden = false;
  list.replaceChildren();
  const rows = files.map(row);
  let refused = 0;
  try {
    for (const [number, file] of files.entries()) {
      say(`Sending file ${number + 1} of ${files.length}`);
      refused += (await sendOne(file, rows[number])) ? 0 : 1;
    }
  } catch {
    say('The upload was cut off. Nothing is lost: choose the same files and send them again.');
    form.querySelector('[type=submit]').disabled = false;
    return;
  }
  if (refused) {
    say(`${refused} of ${files.length} files were not taken. The others are here.`);
    form.querySelector('[type=submit]').disabled = false;
  } else {
    window.location.assign(window.location.pathname);
  }
}

// A second chooser, for a whole folder.
function offerFolder() {
  const first = form.querySelector('input[type=file]');
  const group = document.createElement('div');
  const label = document.createElement('label');
  const chooser = document.createElement('input');
  group.className = 'govuk-form-group';
  label.className = 'govuk-label govuk-label--s';
  label.htmlFor = 'folder';
  label.textContent = 'Or a whole folder';
  chooser.id = 'folder';
  chooser.type = 'file';
  chooser.className = 'govuk-file-upload';
  chooser.webkitdirectory = true;
  group.append(label, chooser);
  first.closest('.govuk-form-group').after(group);
}

if (form && state && list) {
  form.addEventListener('submit', send);
  offerFolder();
}
