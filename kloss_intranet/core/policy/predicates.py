"""The small conditions that the rules are made of, each on the actor and the thing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from .. import clock
from .actor import Actor

Predicate = Callable[[Actor, Any], bool]
HOST_STAY = timedelta(days=30)
"""How long after a meeting its hosts still arrange it."""


def signed_in(actor: Actor, thing: Any) -> bool:
    return True


def in_network(actor: Actor, thing: Any) -> bool:
    return actor.in_network


def is_former(actor: Actor, thing: Any) -> bool:
    return not actor.in_network and actor.reads_until is not None


def in_steering(actor: Actor, thing: Any) -> bool:
    return actor.in_steering


def is_coordinator(actor: Actor, thing: Any) -> bool:
    return actor.is_coordinator


def convenes(actor: Actor, thing: Any) -> bool:
    """The actor calls the steering group together."""
    return "convenor" in actor.roles


def hosts(actor: Actor, meeting: Any) -> bool:
    return bool(meeting and meeting.id in actor.hosted)


def seat_hosts(actor: Actor, meeting: Any) -> bool:
    """The actor represents a host of the meeting (given with its hosts), at most HOST_STAY after it."""
    if meeting is None or actor.institution_id is None:
        return False
    is_host = any(host.institution_id == actor.institution_id for host in meeting.hosts)
    return is_host and bool(clock.now() < meeting.ends_at + HOST_STAY)


def has_seat(actor: Actor, thing: Any) -> bool:
    """The actor represents an institution."""
    return actor.institution_id is not None


def of_own_seat(actor: Actor, thing: Any) -> bool:
    """The thing belongs to the institution that the actor represents."""
    return bool(actor.institution_id is not None and thing.institution_id == actor.institution_id)


def is_guest(actor: Actor, meeting: Any) -> bool:
    return meeting is not None and meeting.id in actor.invited


def stands_in(actor: Actor, meeting: Any) -> bool:
    """The actor comes to this one meeting in the place of somebody else."""
    return meeting is not None and meeting.id in actor.standing_in


def in_term(actor: Actor, thing: Any) -> bool:
    """The thing was there before the actor's last mandate ended."""
    return thing is None or (actor.reads_until is not None and thing.known_at < actor.reads_until)


def for_network(actor: Actor, thread: Any) -> bool:
    return bool(thread.audience == "network")


def guests_in(actor: Actor, thread: Any) -> bool:
    """The thread is shared with the guests of its meeting, and the actor is one of them."""
    return bool(thread.for_guests and thread.meeting_id in actor.invited)


def opened(actor: Actor, thread: Any) -> bool:
    return bool(thread.opened_by_id == actor.member_id)


def stands(actor: Actor, post: Any) -> bool:
    """The post is neither withdrawn nor hidden."""
    return bool(post.stands)


def is_hidden(actor: Actor, thing: Any) -> bool:
    """A coordinator has hidden the post, or the file or the post beside which it stands."""
    return bool(thing.is_hidden)


def not_hidden(actor: Actor, thing: Any) -> bool:
    return not thing.is_hidden


def offered(actor: Actor, attachment: Any) -> bool:
    """The file stands beside a post, and neither is withdrawn or hidden."""
    return bool(attachment.is_offered)


def is_pending(actor: Actor, attachment: Any) -> bool:
    """The file waits in a form that has not been sent."""
    return bool(attachment.is_pending)


def for_members(actor: Actor, folder: Any) -> bool:
    """The folder, or the file in it, is not for the steering group alone."""
    return bool(folder.readers != "steering")


def for_guests(actor: Actor, folder: Any) -> bool:
    """The folder, or the file in it, is shared with the guests of its meeting."""
    return bool(folder.readers == "guests")


def hosts_there(actor: Actor, thing: Any) -> bool:
    return thing.meeting_id in actor.hosted


def is_absent(actor: Actor, stand_in: Any) -> bool:
    """The stand-in comes in the actor's place."""
    return bool(stand_in.absent_id == actor.member_id)


def seat_hosts_there(actor: Actor, thing: Any) -> bool:
    return seat_hosts(actor, thing.meeting)


def is_guest_there(actor: Actor, thing: Any) -> bool:
    return thing.meeting_id in actor.invited


def stands_in_there(actor: Actor, thing: Any) -> bool:
    return thing.meeting_id in actor.standing_in


def is_out(actor: Actor, material: Any) -> bool:
    """The file is not withdrawn, and the time it waits for has come."""
    return bool(material.is_out)


def is_kept(actor: Actor, material: Any) -> bool:
    """The file is not withdrawn."""
    return bool(material.withdrawn_at is None)


def minutes_out(actor: Actor, meeting: Any) -> bool:
    """The meeting's minutes have been published."""
    return bool(meeting and meeting.minutes_published_at)


def out_in_term(actor: Actor, meeting: Any) -> bool:
    """The meeting's minutes were published before the actor's last mandate ended."""
    return bool(
        meeting
        and meeting.minutes_published_at
        and actor.reads_until
        and meeting.minutes_published_at < actor.reads_until
    )


def is_open(actor: Actor, thread: Any) -> bool:
    return bool(thread.closed_at is None)


def is_own(actor: Actor, thing: Any) -> bool:
    return bool(thing.member_id == actor.member_id)


def is_authors(actor: Actor, decision: Any) -> bool:
    """The measure concerns something that the actor has written, or the actor's own presentation."""
    return bool(decision.author_id == actor.member_id)


def is_addressed(actor: Actor, announcement: Any) -> bool:
    """The announcement has been sent, and the actor is one of those to whom it went (`reader_ids`)."""
    return bool(announcement.sent_at is not None and actor.member_id in announcement.reader_ids)
