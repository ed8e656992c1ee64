"""Which browser and device a session was opened on, in words a person recognises."""

from __future__ import annotations

from congress_app.kernel.sentences import N_, Sentence

# The first sign found wins: Edge and Cốc Cốc also call themselves Chrome, Chrome Safari.
_BROWSERS = (
    ("coc_coc_browser", "Cốc Cốc"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("chrome", "Chrome"),
    ("crios", "Chrome"),
    ("safari", "Safari"),
)
_SYSTEMS = (
    ("windows", "Windows"),
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


def described(user_agent: str | None) -> Sentence:
    """ "Chrome trên Windows", or as much of it as the browser tells."""
    text = (user_agent or "").casefold()
    browser = next((name for sign, name in _BROWSERS if sign in text), None)
    system = next((name for sign, name in _SYSTEMS if sign in text), None)
    if browser and system:
        return Sentence(N_("{browser} trên {system}"), browser=browser, system=system)
    if browser or system:
        return Sentence("{name}", name=browser or system)
    return Sentence(N_("Trình duyệt không rõ"))
