// Copies the text for one person, ready to be pasted into Zalo.

const status = document.getElementById("copied");

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const message = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(message.textContent);
      status.textContent = button.dataset.done;
      button.lastChild.textContent = button.dataset.done;
    } catch {
      // Without the right to the clipboard the text is marked, so that one key copies it.
      getSelection().selectAllChildren(message);
    }
  });
}
