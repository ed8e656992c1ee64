"""Who may do what, below which unit.

A Role is a set of Permissions; a Grant gives a role for a unit and everything under it;
an Actor holds grants. A unit is named here by its path ("/1/5/23/": the ids from the
root down), so "under" is a prefix. Default deny: what no grant gives is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from congress_app.kernel.sentences import N_


class Permission(StrEnum):
    """Everything that can be allowed, as `resource:action`, in alphabetical order."""

    AUDIT_READ = "audit:read"
    BADGE_ISSUE = "badge:issue"
    BADGE_PRINT = "badge:print"
    CHECKIN_READ = "checkin:read"
    CHECKIN_SCAN = "checkin:scan"
    CHECKIN_SUPERVISE = "checkin:supervise"
    CONGRESS_PLAN = "congress:plan"
    CONGRESS_READ = "congress:read"
    CREDENTIAL_DECIDE = "credential:decide"
    CREDENTIAL_READ = "credential:read"
    DELEGATE_DECIDE = "delegate:decide"
    DELEGATE_EXCEPT = "delegate:except"
    DELEGATE_IMPORT = "delegate:import"
    DELEGATE_READ = "delegate:read"
    DELEGATE_READ_SENSITIVE = "delegate:read_sensitive"
    DELEGATE_REGISTER = "delegate:register"
    DEVICE_MANAGE = "device:manage"
    DOCUMENT_EDIT = "document:edit"
    DOCUMENT_ISSUE = "document:issue"
    DOCUMENT_READ = "document:read"
    DOSSIER_MANAGE = "dossier:manage"
    ELECTION_CERTIFY = "election:certify"
    ELECTION_COUNT = "election:count"
    ELECTION_MANAGE = "election:manage"
    ELECTION_READ = "election:read"
    EXEMPLAR_DECIDE = "exemplar:decide"
    EXEMPLAR_NOMINATE = "exemplar:nominate"
    EXEMPLAR_READ = "exemplar:read"
    PERSON_RIGHTS = "person:rights"
    PROGRAMME_EDIT = "programme:edit"
    PROGRAMME_READ = "programme:read"
    QUOTA_APPROVE = "quota:approve"
    QUOTA_PROPOSE = "quota:propose"
    QUOTA_READ = "quota:read"
    RULEBOOK_EDIT = "rulebook:edit"
    SELF = "self:use"
    SPEECH_REVIEW = "speech:review"
    SPEECH_SUBMIT = "speech:submit"
    UNIT_EDIT = "unit:edit"
    UNIT_READ = "unit:read"
    USER_MANAGE = "user:manage"


class Role(StrEnum):
    """The roles of the house; labels in `ROLE_LABELS`."""

    ADMIN = "admin"
    CHECKIN = "checkin"
    ORGANISER = "organiser"
    REGISTRAR = "registrar"
    SECRETARY = "secretary"
    SUPERVISOR = "supervisor"
    TELLER = "teller"
    VIEWER = "viewer"


ROLE_LABELS: dict[Role, str] = {
    Role.ADMIN: N_("Quản trị hệ thống"),
    Role.ORGANISER: N_("Ban tổ chức"),
    Role.REGISTRAR: N_("Cán bộ đăng ký của đơn vị"),
    Role.SECRETARY: N_("Thư ký, chương trình"),
    Role.TELLER: N_("Kiểm phiếu"),
    Role.CHECKIN: N_("Điểm danh"),
    Role.SUPERVISOR: N_("Giám sát điểm danh"),
    Role.VIEWER: N_("Lãnh đạo theo dõi"),
}

_P = Permission
_READING = frozenset({_P.SELF, _P.UNIT_READ, _P.CONGRESS_READ, _P.PROGRAMME_READ})
_WATCHING = _READING | {
    _P.DELEGATE_READ,
    _P.QUOTA_READ,
    _P.CHECKIN_READ,
    _P.ELECTION_READ,
    _P.CREDENTIAL_READ,
    _P.DOCUMENT_READ,
    _P.EXEMPLAR_READ,
}
_SCANNING = _READING | {_P.CHECKIN_READ, _P.CHECKIN_SCAN}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.ORGANISER: frozenset(Permission)
    - {_P.USER_MANAGE, _P.AUDIT_READ, _P.DOSSIER_MANAGE, _P.PERSON_RIGHTS},
    Role.REGISTRAR: _READING
    | {
        _P.DELEGATE_READ,
        _P.DELEGATE_READ_SENSITIVE,
        _P.DELEGATE_REGISTER,
        _P.DELEGATE_IMPORT,
        _P.QUOTA_READ,
        _P.ELECTION_READ,
        _P.DOCUMENT_READ,
        _P.SPEECH_SUBMIT,
        _P.EXEMPLAR_READ,
        _P.EXEMPLAR_NOMINATE,
    },
    Role.SECRETARY: _WATCHING
    | {
        _P.PROGRAMME_EDIT,
        _P.SPEECH_SUBMIT,
        _P.SPEECH_REVIEW,
        _P.CREDENTIAL_DECIDE,
        _P.ELECTION_MANAGE,
        _P.DOCUMENT_EDIT,
    },
    Role.TELLER: _WATCHING | {_P.ELECTION_COUNT},
    Role.CHECKIN: _SCANNING,
    Role.SUPERVISOR: _SCANNING | {_P.CHECKIN_SUPERVISE, _P.DELEGATE_READ, _P.DEVICE_MANAGE},
    Role.VIEWER: _WATCHING,
}

# What a password alone and a session left open must not give away: accounts, counted votes,
# who was let in, and the ethnicity and party membership of people (NĐ 356/2025/NĐ-CP,
# article 4: limited access to sensitive data), read on a page or taken out as a sheet, a
# paper, a dossier or a person's own data. Not the secretary's work: whoever runs the day
# presses every half hour and must not be signed out between two speeches; what he could
# harm, a result, is taken down only by a named decision and, once shown, by others.
PRIVILEGED_PERMISSIONS = frozenset(
    {
        _P.CHECKIN_SUPERVISE,
        _P.DELEGATE_READ_SENSITIVE,
        _P.DOSSIER_MANAGE,
        _P.ELECTION_COUNT,
        _P.PERSON_RIGHTS,
        _P.USER_MANAGE,
    }
)

# Roles asked for a second factor, whose idle session ends after 15 minutes (TCVN 14423:2026,
# level 2): a role that is given such a permission one day is among them by that alone.
PRIVILEGED_ROLES = frozenset(
    role for role, held in ROLE_PERMISSIONS.items() if held & PRIVILEGED_PERMISSIONS
)


@dataclass(frozen=True)
class Grant:
    """A role for the unit at `unit_path` and every unit below it."""

    role: Role
    unit_path: str

    def gives(self, permission: Permission) -> bool:
        """True when the role holds the permission, wherever it is granted."""
        return permission in ROLE_PERMISSIONS[self.role]


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a signed-in user, a paired device or the command line."""

    kind: str  # "user", "device" or "system"
    id: int | None
    name: str
    display_name: str
    grants: tuple[Grant, ...] = ()
    address: str | None = None

    @property
    def is_privileged(self) -> bool:
        """True when any role asks for the second factor and the short idle time."""
        return any(grant.role in PRIVILEGED_ROLES for grant in self.grants)

    @property
    def role_label(self) -> str:
        """The words for the actor's weightiest role, as `ROLE_LABELS` orders them."""
        held = {grant.role for grant in self.grants}
        return next((label for role, label in ROLE_LABELS.items() if role in held), "")

    def can(self, permission: Permission, unit_path: str) -> bool:
        """May the actor do this for the unit at the path (root: "/")?"""
        return any(
            grant.gives(permission) and unit_path.startswith(grant.unit_path)
            for grant in self.grants
        )

    def can_somewhere(self, permission: Permission) -> bool:
        """May the actor do this for any unit at all?"""
        return any(grant.gives(permission) for grant in self.grants)

    def holds_at_root(self, permission: Permission) -> bool:
        """May the actor do this for a whole tree? Then also for what belongs to no unit."""
        return any(
            grant.gives(permission) and grant.unit_path.count("/") <= 2 for grant in self.grants
        )

    def reach(self, permission: Permission, unit_path: str) -> tuple[str, ...]:
        """The part of the subtree at `unit_path` the actor may do this for.

        All of it gives `(unit_path,)`; else the granted places below it, outermost only;
        empty when there is none. A registrar of a district reaches his district's part
        of the province's congress.
        """
        if self.can(permission, unit_path):
            return (unit_path,)
        below = sorted(
            {
                grant.unit_path
                for grant in self.grants
                if grant.gives(permission) and grant.unit_path.startswith(unit_path)
            }
        )
        outermost: list[str] = []
        for path in below:
            if not any(path.startswith(kept) for kept in outermost):
                outermost.append(path)
        return tuple(outermost)


def system_actor(name: str = "command line") -> Actor:
    """The actor of commands: it may do everything, and the audit log names it so."""
    return Actor(
        kind="system",
        id=None,
        name=name,
        display_name=name,
        grants=(Grant(Role.ADMIN, "/"),),
    )
