// The projector follows the release: the page is fetched again and shown when it differs.

const POLL_MS = 4000;

async function renew() {
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    if (response.ok && !response.redirected) {
      const fresh = new DOMParser()
        .parseFromString(await response.text(), "text/html")
        .getElementById("screen");
      const shown = document.getElementById("screen");
      if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
    }
  } catch {
    // The hall keeps what it sees until the server answers again.
  }
  setTimeout(renew, POLL_MS);
}

setTimeout(renew, POLL_MS);
