// Shows how far an upload is. Without scripts the form posts in the ordinary way.
const form = document.querySelector('[data-upload]');
const state = document.querySelector('[data-upload-state]');

function say(text) {
  state.hidden = false;
  state.textContent = text;
}

function send(event) {
  event.preventDefault();
  const call = new XMLHttpRequest();
  call.upload.addEventListener('progress', (sent) => {
    if (sent.lengthComputable) {
      say(`${Math.floor((100 * sent.loaded) / sent.total)}% uploaded`);
    }
  });
  call.addEventListener('load', () => {
    if (call.status < 400) {
      window.location.assign(call.responseURL || window.location.href);
    } else {
      form.removeEventListener('submit', send);
      form.requestSubmit();
    }
  });
  call.addEventListener('error', () => say('The upload was cut off. Nothing is lost: try again.'));
  call.open('POST', form.action);
  call.send(new FormData(form));
  say('Uploading');
}

if (form && state) {
  form.addEventListener('submit', send);
}
