// A box whose text can be copied with one press. Without script it is a plain box.
customElements.define('copy-box', class extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector('button')) {
      return;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(this.querySelector('code').textContent);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Select and copy';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    this.append(button);
  }
});

// Light, dark, or what the system says; remembered by this browser.
customElements.define('theme-switch', class extends HTMLElement {
  connectedCallback() {
    const select = document.createElement('select');
    select.setAttribute('aria-label', 'Theme');
    for (const [value, text] of [['', 'System theme'], ['light', 'Light theme'], ['dark', 'Dark theme']]) {
      select.add(new Option(text, value));
    }
    select.value = document.documentElement.dataset.theme ?? '';
    select.addEventListener('change', () => {
      if (select.value) {
        document.documentElement.dataset.theme = select.value;
      } else {
        delete document.documentElement.dataset.theme;
      }
      try {
        localStorage.setItem('lathe-theme', select.value);
      } catch {
        // It holds for this page, then.
      }
    });
    this.replaceChildren(select);
  }
});

// What cannot be undone asks first; without script the form is simply sent.
document.addEventListener('submit', event => {
  const words = event.submitter?.dataset.confirm;
  if (!words || event.defaultPrevented) {
    return;
  }
  event.preventDefault();
  ask(words, event.submitter);
});

function ask(words, submitter) {
  const dialog = document.createElement('dialog');
  const text = document.createElement('p');
  text.id = 'confirm-text';
  text.textContent = words;
  dialog.setAttribute('aria-labelledby', text.id);
  const actions = document.createElement('div');
  actions.className = 'actions';
  const go = document.createElement('button');
  go.className = 'primary';
  go.type = 'button';
  go.textContent = submitter.textContent.trim();
  const stay = document.createElement('button');
  stay.type = 'button';
  stay.textContent = 'Cancel';
  stay.autofocus = true;
  actions.append(go, stay);
  dialog.append(text, actions);
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    submitter.focus();
  });
  stay.addEventListener('click', () => dialog.close());
  go.addEventListener('click', () => {
    dialog.close();
    send(submitter.form);
  });
  dialog.showModal();
}

// A form is sent once, however often its button is pressed, and shows that it is on its way.
function send(form) {
  busy(form);
  form.submit();
}

function busy(form) {
  form.setAttribute('aria-busy', 'true');
}

document.addEventListener('submit', event => {
  if (event.defaultPrevented || event.target.target) {
    return;
  }
  if (event.target.getAttribute('aria-busy')) {
    event.preventDefault();
    return;
  }
  busy(event.target);
});

addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[aria-busy]')) {
    form.removeAttribute('aria-busy');
  }
});

// The workbench is away: say so, look for it, and go on where the page stood.
let looking = false;

function away() {
  const notice = document.getElementById('away');
  if (notice) {
    notice.hidden = false;
  }
  if (!looking) {
    looking = true;
    setTimeout(look, 1000);
  }
}

async function look() {
  try {
    const answer = await fetch('/api/v1/health', { cache: 'no-store' });
    if (answer.ok) {
      back();
      return;
    }
  } catch {
    // Still away.
  }
  setTimeout(look, 2000);
}

function back() {
  looking = false;
  const notice = document.getElementById('away');
  if (notice) {
    notice.hidden = true;
  }
  for (const waiting of document.querySelectorAll('[hx-trigger~="again"]')) {
    htmx.trigger(waiting, 'again');
  }
}

document.addEventListener('htmx:sendError', away);
document.addEventListener('htmx:timeout', away);
document.addEventListener('htmx:sseError', away);
document.addEventListener('htmx:sseOpen', () => {
  if (looking) {
    back();
  }
});
document.addEventListener('htmx:responseError', event => {
  // The login has ended meanwhile: the page itself says how to get another.
  if (event.detail.xhr.status === 401) {
    location.reload();
  } else {
    away();
  }
});
