"""KLOSSnet's intranet: threads before and after each meeting, with no shared position required."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from .core import access, assets, errors, kept, language, security, slots
from .core.config import Settings, read_settings
from .core.db import db, engine_options

HERE = Path(__file__).resolve().parent


def create_app(settings: Settings | None = None) -> Flask:
    """The application: settings, ground floor, then the areas from the lowest up. Raises BadSetting."""
    settings = settings or read_settings()
    app = Flask(
        __name__,
        template_folder=_beside("templates"),
        static_folder=_beside("static"),
        instance_path=str(settings.instance),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config.update(
        SETTINGS=settings,
        TRANSLATIONS=HERE / "translations",
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
    )
    db.init_app(app)
    kept.init_app(app)
    security.init_app(app, settings)
    access.init_app(app)
    language.init_app(app)
    assets.init_app(app)
    slots.init_app(app)
    errors.init_app(app)
    _register_areas(app)
    return app


def _register_areas(app: Flask) -> None:
    from .announcements import views as announcements
    from .attendance import views as attendance
    from .auth import views as auth
    from .breadth import views as breadth
    from .briefing import views as briefing
    from .calendars import views as calendars
    from .desk import views as desk
    from .home import views as home
    from .mail import views as mail
    from .materials import views as materials
    from .meetings import views as meetings
    from .members import views as members
    from .minutes import views as minutes
    from .moderation import views as moderation
    from .planning import views as planning
    from .questions import views as questions
    from .records import views as records
    from .rules import views as rules
    from .settings import views as settings
    from .steering import views as steering
    from .themes import views as themes
    from .threads import views as threads

    areas = (
        members,
        mail,
        themes,
        meetings,
        questions,
        attendance,
        materials,
        breadth,
        calendars,
        minutes,
        planning,
        threads,
        steering,
        briefing,
        moderation,
        announcements,
        rules,
        auth,
        settings,
        records,
        desk,
        home,
    )
    for area in areas:
        app.register_blueprint(area.bp)


def _beside(name: str) -> str:
    """The folder `name`: inside the package when installed from a wheel, beside it in a checkout."""
    return str(HERE / name if (HERE / name).is_dir() else HERE.parent / name)
