"""What the reader has been told: a page of it, and the way to say that it is seen."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.db import db
from ...core.errors import flash_done
from ...core.language import gettext
from ...core.policy import Permission
from ...mail import services as mail
from ..queries import notices as told
from .blueprint import bp


@bp.get("/notices")
@requires(Permission.SETTING_READ)
def notices() -> str:
    rows = told.recent(me())
    return render_template(
        "threads/notices.html", notices=rows, is_unseen=not all(notice.is_seen for notice in rows)
    )


@bp.post("/notices/seen")
@requires(Permission.NOTICE_MARK)
def see_notices() -> ResponseReturnValue:
    mail.seen(me().member_id)
    db.session.commit()
    flash_done(gettext("Allt är märkt som sett."))
    return redirect(url_for("home.index"), 303)
