"""Somebody signed in who opens every page and sends every form back changed."""

from __future__ import annotations

from collections import Counter
from random import Random
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.fuzz import honest, values
from tests.fuzz.pages import Field, Form, Page

# Signing out ends the visit, by whatever door; everything else is open to him.
NEVER = ("/sign-out",)
# Of the forms, as many are sent as somebody would who means it.
HONEST = 0.4


class Visitor:
    """Walks the site by chance; keeps what he asked when the server broke.

    Pages of one kind (the same address but for its numbers) are opened in turn, the least
    seen first, so that a long list does not take all the requests.
    """

    def __init__(
        self,
        client: FlaskClient,
        chance: Random,
        start: list[str],
        never: tuple[str, ...] = NEVER,
    ) -> None:
        self._client, self._chance, self._never = client, chance, never
        self._known = dict.fromkeys(start)
        self._seen: Counter[str] = Counter()
        self.requests = 0
        self.statuses: Counter[int] = Counter()
        self.accepted = 0
        self.broken: list[str] = []

    def visit(self) -> None:
        """Open one page, and try its forms and its address."""
        address = min(self._known, key=lambda one: (self._seen[_kind(one)], self._chance.random()))
        self._seen[_kind(address)] += 1
        answer = self._ask("GET", address)
        if answer is None or answer.mimetype != "text/html":
            return
        page = Page(address, answer.text)
        for link in page.links:
            if not link.startswith(self._never):
                self._known.setdefault(link)
        for form in self._chance.sample(page.forms, min(len(page.forms), 4)):
            if not form.action.startswith(self._never):
                self._send(form)
        self._ask("GET", self._spoilt(address))

    def _send(self, form: Form) -> None:
        is_honest = self._chance.random() < HONEST
        data = honest.filled(self._chance, form) if is_honest else self._filled_badly(form)
        if form.method == "GET":
            pairs = [(name, str(one)) for name, one in data.items(multi=True)]
            self._ask("GET", f"{urlsplit(form.action).path}?{urlencode(pairs)}")
        else:
            kind = "multipart/form-data" if form.has_file else "application/x-www-form-urlencoded"
            answer = self._ask("POST", form.action, data=data, content_type=kind)
            self.accepted += is_honest and answer is not None and answer.status_code == 302

    def _filled_badly(self, form: Form) -> MultiDict[str, object]:
        data: MultiDict[str, object] = MultiDict()
        for one in form.fields:
            mark = self._chance.random()
            for _ in range(0 if mark < 0.05 else 2 if mark > 0.97 else 1):
                data.add(one.name, self._filled(one))
        return data

    def _filled(self, one: Field) -> object:
        if one.kind == "file":
            return values.a_file(self._chance)
        likely = [text for text in (one.value, *one.options) if text]
        if one.kind in ("hidden", "submit", "button") and self._chance.random() < 0.8:
            return one.value
        return values.value(self._chance, likely)

    def _spoilt(self, address: str) -> str:
        """The address with one of its numbers or questions changed."""
        parts = urlsplit(address)
        steps = parts.path.split("/")
        numbers = [n for n, step in enumerate(steps) if step.isdigit()]
        if numbers and self._chance.random() < 0.5:
            huge = ["0", "-1", "2147483648", "9223372036854775808", "9" * 60, "1.5", "%00", "ả"]
            steps[self._chance.choice(numbers)] = self._chance.choice(huge)
        pairs = dict(parse_qsl(parts.query, keep_blank_values=True))
        usual = ("page", "q", "unit", "state", "sort", "at", "session", "next", "first", "second")
        names = [*pairs, *usual]
        pairs[self._chance.choice(names)] = self._chance.choice(values.NASTY)
        return f"{'/'.join(steps)}?{urlencode(pairs)}"

    def _ask(self, method: str, address: str, **more: object) -> TestResponse | None:
        self.requests += 1
        told = f"{method} {address[:300]} {str(dict(more).get('data', ''))[:1500]}"
        try:
            answer: TestResponse = self._client.open(address, method=method, **more)
        except Exception as error:  # noqa: BLE001 - whatever escapes would be a 500
            self.broken.append(f"{type(error).__name__}: {error}"[:400] + f"\n    {told}")
            return None
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.broken.append(f"{answer.status_code}\n    {told}")
        # The client of tests takes any header; a server refuses those and answers 500.
        wrong = [line for line in answer.headers if not _can_be_sent("".join(line))]
        self.broken += [f"{line}\n    {told}" for line in wrong]
        return answer


def _can_be_sent(header: str) -> bool:
    return header.isascii() and header.isprintable()


def _kind(address: str) -> str:
    parts = urlsplit(address)
    steps = ("#" if step.isdigit() else step for step in parts.path.split("/"))
    return "/".join(steps) + "?" + ",".join(sorted(dict(parse_qsl(parts.query))))
