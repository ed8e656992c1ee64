"""Print `docs/permissions.md` from the code: `python -m tools.permissions > docs/permissions.md`.

A test compares the page with what this prints, so the page cannot be older than the code.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from congress_app import create_app
from congress_app.accounts.permission_words import PERMISSION_LABELS
from congress_app.kernel.permissions import (
    PRIVILEGED_ROLES,
    ROLE_LABELS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
)
from congress_app.web.guards import Access, access_of
from congress_app.web.rates import rate_of

HEAD = """# Who may do what

Printed from the code by `python -m tools.permissions`; do not edit. The tables stand in `congress_app/kernel/permissions.py`, the questions under each route.

A grant is a role for a unit and everything below it. A permission is asked for a place:

- **congress**: the unit that holds the congress in the address, wholly;
- **part**: a part of that congress is enough, and the page shows that part only;
- **reach**: any unit; lists and things are limited to the units of the grants, and what lies elsewhere answers 404;
- **rule**: no address asks for it alone, a rule below the pages does.

Without any part in the place the answer is 404, with another part 403. An administrator is told which of the two and why under *Tài khoản → Vì sao không làm được?*
"""  # noqa: E501


def main() -> None:
    """Print the page."""
    print(page(create_app()), end="")


def page(app: Flask) -> str:
    """The whole page."""
    return "\n".join([HEAD, *_roles(), "", *_table(app), "", *_open(app)]) + "\n"


def _roles() -> Iterator[str]:
    yield "## Roles"
    yield ""
    yield "| role | name | privileged: second factor, 15 idle minutes | permissions |"
    yield "|---|---|---|---|"
    for role, label in ROLE_LABELS.items():
        mark = "yes" if role in PRIVILEGED_ROLES else ""
        yield f"| `{role}` | {label} | {mark} | {len(ROLE_PERMISSIONS[role])} |"


def _table(app: Flask) -> Iterator[str]:
    places = _places(app)
    yield "## Permissions"
    yield ""
    yield "| permission | in words | asked for | " + " | ".join(ROLE_LABELS) + " |"
    yield "|---|---|---|" + ":-:|" * len(Role)
    for permission in Permission:
        held = ("●" if permission in ROLE_PERMISSIONS[role] else "" for role in ROLE_LABELS)
        asked = ", ".join(sorted(places.get(permission, {"rule"})))
        words = PERMISSION_LABELS[permission]
        yield f"| `{permission}` | {words} | {asked} | " + " | ".join(held) + " |"


def _places(app: Flask) -> dict[Permission, set[str]]:
    found: dict[Permission, set[str]] = {}
    for rule, access in _declared(app):
        if access.permission is not None:
            scoped = "congress_id" in rule.arguments
            place = ("part" if access.partly else "congress") if scoped else "reach"
            found.setdefault(access.permission, set()).add(place)
    return found


def _open(app: Flask) -> Iterator[str]:
    yield "## Open addresses"
    yield ""
    yield "Nothing else answers somebody who is not signed in; a paired device reaches `/api/v1/`."
    yield ""
    yield "| address | methods | requests a minute and process | wrong links are counted |"
    yield "|---|---|---|---|"
    for rule, access in _declared(app):
        if access.kind == "public":
            rate = rate_of(rule.endpoint, frozenset(rule.arguments))
            methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            misses = "yes" if rate.counts_misses else ""
            yield f"| `{rule.rule}` | {methods} | {rate.requests} | {misses} |"


def _declared(app: Flask) -> Iterator[tuple[Rule, Access]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        access = access_of(app.view_functions[rule.endpoint])
        if access is not None:
            yield rule, access


if __name__ == "__main__":
    main()
