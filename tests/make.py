"""Makes one row of each noun, with what it needs filled in; each call is a transaction of its own."""

import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from flask import Flask

from kloss_intranet.core import clock, text
from kloss_intranet.core.db import db
from kloss_intranet.core.swedish import sort_key
from kloss_intranet.files.services import keeping
from kloss_intranet.materials import models as materials
from kloss_intranet.meetings import models as meetings
from kloss_intranet.members import models as members
from kloss_intranet.questions import models as questions
from kloss_intranet.themes import models as themes
from kloss_intranet.threads import models as threads

PASSWORD = "elva gröna tallar"
LONG_AGO = date(2020, 1, 1)


@cache
def hashed(password: str) -> str:
    """The password's hash with the least work that Argon2 allows: tests hash much and guard nothing."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


class Make:
    """`make.member(name="Ada")`; every argument is a column, and columns left out get something fitting."""

    def __init__(self, app: Flask) -> None:
        self.app, self.numbers = app, itertools.count(1)

    @contextmanager
    def session(self) -> Iterator[Any]:
        """A session for a look or a change behind the application's back; committed at the end."""
        with self.app.app_context():
            yield db.session
            db.session.commit()

    def add(self, row: Any) -> Any:
        with self.session() as session:
            session.add(row)
        return row

    def institution(self, name: str | None = None, **columns: Any) -> members.Institution:
        number = next(self.numbers)
        name = name or f"Högskola {number}"
        return self.add(
            members.Institution(
                **{
                    "slug": f"hogskola-{number}",
                    "name_sv": name,
                    "name_en": f"{name} (en)",
                    "short_name": f"H{number}",
                    "city": "Orten",
                    "country": "SE",
                    "mail_domain": f"h{number}.example",
                    "sort_key": sort_key(name),
                    "in_kloss": True,
                }
                | columns
            )
        )

    def member(self, name: str | None = None, **columns: Any) -> members.Member:
        number = next(self.numbers)
        name = name or f"Person {number}"
        defaults = {
            "email": f"person{number}@example.org",
            "sort_key": sort_key(name),
            "created_at": clock.now(),
            "password_hash": hashed(PASSWORD),
        }
        return self.add(members.Member(**defaults | {"name": name} | columns))

    def mandate(self, member: Any = None, institution: Any = None, **columns: Any) -> members.Mandate:
        member, institution = member or self.member(), institution or self.institution()
        defaults = {"title": "Förvaltningschef", "starts_on": LONG_AGO}
        ids = {"member_id": member.id, "institution_id": institution.id}
        return self.add(members.Mandate(**defaults | ids | columns))

    def role(self, member: Any, kind: str, **columns: Any) -> members.Role:
        row = {"member_id": member.id, "kind": members.RoleKind(kind), "starts_on": LONG_AGO}
        return self.add(members.Role(**row | columns))

    def theme(self, name: str | None = None, **columns: Any) -> themes.Theme:
        number = next(self.numbers)
        name = name or f"Tema {number}"
        row = {"slug": f"tema-{number}", "position": number, "name_sv": name, "name_en": f"{name} (en)"}
        return self.add(themes.Theme(**row | columns))

    def meeting(
        self, title: str | None = None, hosts: tuple[Any, ...] = (), **columns: Any
    ) -> meetings.Meeting:
        """An ordinary meeting of two days, a month from now unless `starts_at` says otherwise."""
        number = next(self.numbers)
        starts = columns.pop("starts_at", clock.now().replace(microsecond=0) + timedelta(days=30))
        meeting = meetings.Meeting(
            **{
                "slug": f"traff-{number}",
                "title": title or f"Träff {number}",
                "kind": meetings.MeetingKind.ORDINARY,
                "mode": meetings.MeetingMode.ON_SITE,
                "state": meetings.MeetingState.OPEN,
                "starts_at": starts,
                "ends_at": starts + timedelta(days=2),
                "time_zone": clock.STOCKHOLM,
                "place": "Orten",
            }
            | columns
        )
        self.add(meeting)
        for position, institution in enumerate(hosts, 1):
            self.add(meetings.Host(meeting_id=meeting.id, position=position, institution_id=institution.id))
        return meeting

    def admission(self, meeting: Any, member: Any, kind: str, **columns: Any) -> meetings.Admission:
        row = {
            "meeting_id": meeting.id,
            "member_id": member.id,
            "kind": meetings.AdmissionKind(kind),
            "ends_on": clock.today() + timedelta(days=60),
        }
        return self.add(meetings.Admission(**row | columns))

    def agenda_item(self, meeting: Any, title: str = "Punkt", **columns: Any) -> meetings.AgendaItem:
        row = {"meeting_id": meeting.id, "position": next(self.numbers), "title": title}
        return self.add(meetings.AgendaItem(**row | columns))

    def folder(
        self, meeting: Any, name: str = "Underlag", readers: str = "members", **columns: Any
    ) -> materials.Folder:
        row = {"meeting_id": meeting.id, "position": next(self.numbers), "name": name}
        return self.add(materials.Folder(**row | {"readers": materials.Readers(readers)} | columns))

    def material(
        self,
        folder: Any,
        member: Any,
        content: bytes = b"Vad vi skrev upp.\n",
        name: str = "anteckningar.txt",
        **columns: Any,
    ) -> materials.Material:
        """A file in its first version in `folder`, laid there by `member`."""
        now = clock.now()
        with self.session() as session:
            file = keeping.store(io.BytesIO(content), name, self.app.config["SETTINGS"].files)
            row = {"folder_id": folder.id, "title": name, "added_by_id": member.id, "added_at": now}
            material = materials.Material(**row | columns)
            session.add(material)
            session.flush()
            by = {"member_id": member.id, "added_at": material.added_at}
            session.add(
                materials.MaterialVersion(material_id=material.id, number=1, file_id=file.id, name=name, **by)
            )
        return material

    def question(
        self, title: str | None = None, items: tuple[Any, ...] = (), **columns: Any
    ) -> questions.Question:
        number = next(self.numbers)
        row = {
            "slug": f"fraga-{number}",
            "title": title or f"Fråga {number}",
            "state": questions.QuestionState.TREATED,
            "raised_at": datetime(2022, 1, 1, tzinfo=UTC),
        }
        question = self.add(questions.Question(**row | columns))
        for item in items:
            self.add(questions.Treatment(agenda_item_id=item.id, question_id=question.id))
        return question

    def thread(self, meeting: Any = None, theme: Any = None, **columns: Any) -> threads.Thread:
        meeting, theme = meeting or self.meeting(), theme or self.theme()
        row = {"title": f"Tråd {next(self.numbers)}", "opened_at": clock.now() - timedelta(days=1)}
        ids = {"meeting_id": meeting.id, "theme_id": theme.id}
        return self.add(threads.Thread(**row | ids | columns))

    def post(
        self,
        thread: Any,
        member: Any,
        body: str = "Vi började i det lilla.",
        parent: Any = None,
        **columns: Any,
    ) -> threads.Post:
        """An experience, or a reply to `parent`; signed as the member's name and `mandate` say."""
        mandate = columns.pop("mandate", None)
        with self.session() as session:
            kept = session.get(threads.Thread, thread.id)
            seq = kept.last_seq + 1
            kind = threads.PostKind.REPLY if parent else threads.PostKind.EXPERIENCE
            row = {
                "thread_id": thread.id,
                "seq": seq,
                "root_seq": parent.root_seq if parent else seq,
                "parent_id": parent.id if parent else None,
                "kind": kind,
                "aspect": None if parent else threads.Aspect.METHOD,
                "factor": None if parent else threads.Factor.HELPING,
                "body": body,
                "body_html": text.to_html(body),
                "policy": text.POLICY,
                "posted_at": clock.now(),
                "member_id": member.id,
                "mandate_id": mandate.id if mandate else None,
                "institution_id": mandate.institution_id if mandate else None,
                "signed_name": member.name,
                "signed_title": mandate.title if mandate else member.title,
            }
            post = threads.Post(**row | columns)
            session.add(post)
            kept.last_seq, kept.last_posted_at = seq, post.posted_at
        return post

    def attachment(
        self,
        post: Any,
        content: bytes = b"Vad vi skrev upp.\n",
        name: str = "anteckningar.txt",
        **columns: Any,
    ) -> threads.Attachment:
        """A file in its first version beside `post`; with None for a post, one that waits in a form."""
        now = clock.now()
        with self.session() as session:
            file = keeping.store(io.BytesIO(content), name, self.app.config["SETTINGS"].files)
            row = {"post_id": post.id, "member_id": post.member_id} if post else {}
            attachment = threads.Attachment(**{"added_at": now} | row | columns)
            session.add(attachment)
            session.flush()
            by = {"member_id": attachment.member_id, "added_at": now}
            session.add(
                threads.AttachmentVersion(
                    attachment_id=attachment.id, number=1, file_id=file.id, name=name, **by
                )
            )
        return attachment
