"""What a hostile visitor reads off a page: its links, and its forms with their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass
class Field:
    """One field of a form; `options` are the values a list offers, `checked` is a box's."""

    name: str
    kind: str
    value: str = ""
    checked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form: where it goes, by which method, and its fields in their order."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def has_file(self) -> bool:
        """Whether it takes a file."""
        return any(one.kind == "file" for one in self.fields)


class Page(HTMLParser):
    """Links and forms of one page; addresses of this site only, without fragment."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self._address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._text: Field | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, forms and fields."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self._note_link(told["href"])
        elif tag == "form":
            action = self._here(told.get("action") or self._address) or self._address
            self._form = Form(action, told.get("method", "get").upper())
            self.forms.append(self._form)
        elif tag in ("input", "select", "textarea", "button") and "name" in told:
            self._note_field(tag, told)
        elif tag == "option" and self._select is not None:
            self._select.options.append(told.get("value", ""))
            if "selected" in told:
                self._select.value = told.get("value", "")

    def handle_data(self, data: str) -> None:
        """What stands in a large field."""
        if self._text is not None:
            self._text.value += data

    def handle_endtag(self, tag: str) -> None:
        """A form, a list or a large field ends."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None

    def _note_link(self, target: str) -> None:
        found = self._here(target)
        if found is not None:
            self.links.append(found)

    def _note_field(self, tag: str, told: dict[str, str]) -> None:
        if self._form is None:
            return
        kind = told.get("type", "text") if tag == "input" else tag
        one = Field(told["name"], kind, told.get("value", ""), "checked" in told)
        if tag == "select":
            self._select = one
        elif tag == "textarea":
            self._text = one
        self._form.fields.append(one)

    def _here(self, target: str) -> str | None:
        """The target as an address of this site, or None."""
        parts = urlsplit(urljoin(f"http://localhost{self._address}", target))
        if parts.scheme != "http" or parts.netloc != "localhost":
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")
