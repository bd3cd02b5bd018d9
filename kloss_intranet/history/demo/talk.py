"""The invented threads and posts, signed with the mandates their writers hold."""

from collections import Counter
from datetime import datetime
from typing import Any

from ...core import text
from ...threads.models import Aspect, Audience, Factor, Post, PostKind, Relation, Thread
from .season import Season, add


def thread(season: Season, line: dict[str, Any]) -> None:
    """A thread with its posts, numbered in the order of time; clocks are local to the meeting."""
    meeting = season.meeting[line["meeting"]]
    zone = meeting.time_zone
    question = season.question.get(line.get("question", ""))
    posts = sorted(line["post"], key=lambda post: season.moment(post["at"], zone))
    thread = add(
        Thread(
            meeting_id=meeting.id,
            theme_id=season.theme[line["theme"]],
            question_id=question.id if question else None,
            audience=Audience(line["audience"]),
            for_guests=line.get("for_guests", False),
            write_first=line.get("write_first", False),
            title=line["title"],
            introduction=line["introduction"],
            opened_by_id=season.member[line["opened_by"]].id,
            opened_at=season.moment({"days": line["opened_days"], "clock": "08:00"}, zone),
            last_seq=len(posts),
            last_posted_at=season.moment(posts[-1]["at"], zone),
            **Counter(post["relation"] for post in posts if "relation" in post),
        )
    )
    planted: dict[str, Post] = {}
    for seq, post in enumerate(posts, 1):
        parent = planted.get(post.get("reply_to", ""))
        planted[post["id"]] = add(_post(season, post, thread, seq, parent, season.moment(post["at"], zone)))
        season.post[f"{line['key']}/{post['id']}"] = planted[post["id"]].id


def _post(
    season: Season, line: dict[str, Any], thread: Thread, seq: int, parent: Post | None, at: datetime
) -> Post:
    member, mandate = season.member[line["by"]], season.mandate.get(line["by"])
    body = text.tidy(line["body"])
    as_guest = line.get("as_guest", False)
    return Post(
        thread_id=thread.id,
        seq=seq,
        root_seq=parent.root_seq if parent else seq,
        parent_id=parent.id if parent else None,
        kind=PostKind(line["kind"]),
        relation=Relation(line["relation"]) if "relation" in line else None,
        aspect=Aspect(line["aspect"]) if "aspect" in line else None,
        factor=Factor(line["factor"]) if "factor" in line else None,
        context=line.get("context"),
        body=body,
        body_html=text.to_html(body),
        policy=text.POLICY,
        posted_at=at,
        member_id=member.id,
        mandate_id=mandate.id if mandate else None,
        institution_id=mandate.institution_id if mandate else None,
        signed_name=member.name,
        signed_title=member.affiliation if as_guest else mandate.title if mandate else member.title,
        as_guest=as_guest,
    )
