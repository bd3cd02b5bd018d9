"""Taking back that somebody comes in one's place."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.language import gettext
from ...core.policy import Permission
from .. import notifications, queries
from ..models import StandIn
from ..services import standing_in
from .blueprint import bp


@bp.post("/stand-ins/<int:stand_in_id>/withdrawals")
@requires(Permission.STAND_IN_END, find=queries.stand_in_by_id)
def end(stand_in: StandIn) -> ResponseReturnValue:
    standing_in.end(stand_in, me().member_id)
    notifications.tell_of_return(stand_in, me().member_id)
    db.session.commit()
    names = {"comes": stand_in.member.name, "absent": stand_in.absent.name}
    flash_done(
        gettext(
            "%(comes)s kommer inte längre. Svaren och platserna har gått tillbaka till %(absent)s.", **names
        )
    )
    return redirect(url_for("meetings.show", slug=stand_in.meeting.slug, _anchor="sign-up"), 303)
