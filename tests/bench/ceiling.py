"""The ceiling: what Flask, its sign-in and the ORM can do at most on this database, with no features."""

from typing import Any

from flask import Flask, render_template, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from jinja2 import DictLoader
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kloss_intranet.auth.models import Session
from kloss_intranet.auth.queries import hash_of
from kloss_intranet.core import clock
from kloss_intranet.core.db import db, engine_options, writing
from kloss_intranet.meetings.models import Meeting
from kloss_intranet.members.models import Member
from kloss_intranet.threads.models import Post, Thread
from tests.bench.data import LISTED, MEETINGS, PAGES, POSTS, THREADS

FRAME = """<!doctype html><html lang="sv"><head><title>{{ title }}</title></head><body>
<header>{{ person.name }}</header><main><h1>{{ title }}</h1>%s</main>
<footer>{{ padding }}</footer></body></html>"""
POSTS_PAGE = FRAME % (
    '{% for post in rows %}<article class="post"><h2>{{ post.institution.name_sv }}</h2>'
    '<p><a href="/members/{{ post.member_id }}">{{ post.signed_name }}</a>, {{ post.signed_title }}, '
    "{{ post.posted_at }}</p>{{ markup(post.body_html) }}</article>{% endfor %}"
)
LIST_PAGE = FRAME % (
    '<ul>{% for thread in rows %}<li><a href="/threads/{{ thread.id }}">{{ thread.title }}</a> '
    "{{ thread.last_seq }}</li>{% endfor %}</ul>"
)
HOME_PAGE = FRAME % (
    '<ul>{% for meeting in rows %}<li><a href="/meetings/{{ meeting.slug }}">{{ meeting.title }}</a> '
    "{{ meeting.starts_at }}</li>{% endfor %}</ul>"
)

TEMPLATES = {"posts.html": POSTS_PAGE, "list.html": LIST_PAGE, "home.html": HOME_PAGE}


class Reader(UserMixin):
    """Who is signed in, as a bare application knows them."""

    def __init__(self, token: str, member: Member) -> None:
        self.id, self.name = token, member.name


def load(token: str) -> Reader | None:
    member = db.session.scalar(
        select(Member)
        .join(Session, Session.member_id == Member.id)
        .where(
            Session.token_hash == hash_of(token),
            Session.ended_at.is_(None),
            Session.expires_at > clock.now(),
        )
    )
    return Reader(token, member) if member else None


def create_ceiling(database_url: str, secret_key: str, sizes: dict[str, int]) -> Flask:
    """The bare application; `sizes` are the product's bytes, which each page is padded to."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader(TEMPLATES)
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="kloss",
        SQLALCHEMY_DATABASE_URI=database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(database_url),
    )
    db.init_app(app)
    LoginManager(app).user_loader(load)
    padding = dict.fromkeys((page.name for page in PAGES), Markup())

    @app.before_request
    def only_reading() -> None:
        """As in the product, a page that is only read takes no write lock."""
        writing.set(False)

    def page(template: str, title: str, query: Any) -> str:
        rows = db.session.scalars(query).all()
        name = request.path[1:]
        values = {"title": title, "person": current_user, "rows": rows, "markup": Markup}
        drawn = render_template(template, **values, padding=padding[name])
        if not padding[name]:
            missing = max(sizes[name] - len(drawn.encode()), 1)
            padding[name] = Markup("." * missing)  # noqa: S704 - dots
        return drawn

    def posts(title: str, first: int) -> str:
        query = (
            select(Post)
            .options(joinedload(Post.institution))
            .where(Post.thread_id == 1, Post.seq >= first)
            .order_by(Post.seq)
            .limit(50)
        )
        return page("posts.html", title, query)

    @app.get("/thread")
    @login_required
    def thread() -> str:
        return posts("Tråd", 1)

    @app.get("/thread-deep")
    @login_required
    def thread_deep() -> str:
        return posts("Tråd", POSTS - 49)

    @app.get("/list")
    @login_required
    def listing() -> str:
        threads = select(Thread).where(Thread.meeting_id == LISTED).order_by(Thread.id).limit(THREADS)
        return page("list.html", "Trådar", threads)

    @app.get("/home")
    @login_required
    def home() -> str:
        return page("home.html", "Översikt", select(Meeting).order_by(Meeting.starts_at).limit(MEETINGS))

    return app
