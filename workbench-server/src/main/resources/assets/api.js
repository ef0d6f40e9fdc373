// One operation of the API, to be called from its page: by the login of this browser, or by the token in the field above.
const MOST_CHARACTERS = 200_000;

customElements.define('api-call', class extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form');
    const actions = document.createElement('div');
    actions.className = 'actions';
    this.send = this.button('Send', 'primary');
    this.stop = this.button('Stop', 'quiet');
    this.stop.type = 'button';
    this.stop.hidden = true;
    this.stop.addEventListener('click', () => this.running?.abort());
    actions.append(this.send, this.stop);
    form.append(actions);
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.call().catch(failure => this.show('No answer: ' + failure.message, ''));
    });
    const status = document.createElement('p');
    status.className = 'answer-status';
    status.setAttribute('role', 'status');
    const body = document.createElement('pre');
    body.className = 'command';
    body.tabIndex = 0;
    body.hidden = true;
    body.setAttribute('aria-label', 'Answer');
    body.setAttribute('role', 'region');
    this.append(status, body);
    this.status = status;
    this.body = body;
  }

  button(text, kind) {
    const button = document.createElement('button');
    button.className = kind;
    button.textContent = text;
    return button;
  }

  request() {
    const method = this.dataset.method;
    const token = document.getElementById('token').value.trim();
    const headers = new Headers();
    let path = this.dataset.path;
    let body;
    const query = new URLSearchParams();
    for (const field of this.querySelectorAll('[data-in]')) {
      const kind = field.dataset.in;
      if (kind === 'body') {
        body = field.type === 'file' ? field.files[0] : field.value;
        headers.set('Content-Type', field.dataset.type);
      } else if (kind === 'path') {
        // A key of the store has several segments.
        path = path.replace('{' + field.name + '}', field.value.split('/').map(encodeURIComponent).join('/'));
      } else if (field.value !== '' && kind === 'query') {
        query.set(field.name, field.value);
      } else if (field.value !== '') {
        headers.set(field.name, field.value);
      }
    }
    if (token) {
      headers.set('Authorization', 'Bearer ' + token);
    } else if (method !== 'GET' && method !== 'HEAD') {
      headers.set('X-CSRF-Token', this.dataset.csrf);
    }
    const credentials = token ? 'omit' : 'same-origin';
    this.running = new AbortController();
    const search = query.toString();
    return [search ? path + '?' + search : path, {
      method, headers, body, credentials, cache: 'no-store', redirect: 'manual', signal: this.running.signal
    }];
  }

  async call() {
    const [url, options] = this.request();
    this.show(options.method + ' ' + url + ' …', '');
    this.stop.hidden = false;
    let text = '';
    let head = '';
    try {
      const answer = await fetch(url, options);
      const about = ['Content-Type', 'ETag', 'Link', 'Content-Range', 'Idempotent-Replayed', 'Allow']
        .filter(name => answer.headers.has(name)).map(name => name + ': ' + answer.headers.get(name));
      head = answer.status + (about.length ? ' · ' + about.join(' · ') : '');
      this.show(head, '');
      const type = answer.headers.get('Content-Type') ?? '';
      if (/json/.test(type)) {
        text = this.pretty(await answer.text());
      } else if (/^text\//.test(type) && answer.body) {
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let part = await reader.read(); !part.done && text.length < MOST_CHARACTERS; part = await reader.read()) {
          text += part.value;
          this.show(head, text);
        }
        this.running.abort();
      } else {
        const bytes = (await answer.arrayBuffer()).byteLength;
        text = bytes > 0 ? bytes + ' bytes' : '';
      }
      this.show(head, text);
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        throw failure;
      }
      this.show(head || 'Stopped.', text);
    } finally {
      this.stop.hidden = true;
    }
  }

  pretty(json) {
    try {
      return JSON.stringify(JSON.parse(json), null, 2);
    } catch {
      return json;
    }
  }

  show(status, text) {
    this.status.textContent = status;
    this.body.hidden = text === '';
    this.body.textContent = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) + '\n… cut off here' : text;
  }
});

// A link to an operation or schema opens it.
function openLinked() {
  const linked = location.hash && document.getElementById(location.hash.slice(1));
  if (linked instanceof HTMLDetailsElement) {
    linked.open = true;
    linked.scrollIntoView();
  }
}
addEventListener('hashchange', openLinked);
openLinked();
