"""What a browser would send back from a page whose form nobody touched."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str | list[str]] = {}
        self._select: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "textarea" and name:
            self._area, self.values[name] = name, ""
        elif tag == "select" and name:
            self._select = name
        elif (
            tag == "option"
            and self._select
            and ("selected" in given or self._select not in self.values)
        ):
            # A list without a chosen option sends its first one.
            self.values[self._select] = given.get("value") or ""

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        value, kind = given.get("value") or "", given.get("type") or "text"
        if kind not in ("checkbox", "radio"):
            self.values[name] = value
        elif "checked" in given:
            before = self.values.get(name, [])
            self.values[name] = [*before, value] if isinstance(before, list) else value

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] = f"{self.values[self._area]}{data}"


def filled(page: str) -> dict[str, str | list[str]]:
    """The names and values of all controls of the page, as they would be sent."""
    form = _Form()
    form.feed(page)
    return form.values
