"""With which rights an administrator acts now, held until he is done."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from congress_app.accounts.models import User
from congress_app.accounts.queries import active_actor
from congress_app.database import db
from congress_app.kernel.errors import Forbidden
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence


def standing(actor: Actor, user: User | None = None) -> Actor:
    """The actor with the rights he holds now; his row and the user's are held to the end.

    What the gate read may have been taken since. Of two who take each other's rights the
    second finds his own gone, so whoever acted last is an administrator still. Raises
    Forbidden `rights_gone` when the actor's account was closed.
    """
    held = {actor.id} if actor.kind == "user" else set()
    held |= {user.id} if user is not None else set()
    # In one order, or two who act on each other would wait for each other.
    rows = select(User.id).where(User.id.in_(held)).order_by(User.id)
    db.session.execute(rows.with_for_update()).all()
    if user is not None:
        db.session.refresh(user)
    if actor.kind != "user":
        return actor
    now = active_actor(actor.id) if actor.id is not None else None
    if now is None:
        told = N_("Tài khoản của bạn vừa bị khóa nên việc này không được thực hiện.")
        raise Forbidden("rights_gone", Sentence(told))
    return replace(now, address=actor.address)
