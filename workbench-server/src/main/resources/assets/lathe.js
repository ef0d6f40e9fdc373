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
