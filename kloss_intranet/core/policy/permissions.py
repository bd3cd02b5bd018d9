"""Everything that can be permitted, and the shape of a rule."""

from dataclasses import dataclass
from enum import StrEnum

from .predicates import Predicate


class Permission(StrEnum):
    """Everything that can be permitted, named noun:verb."""

    HOME_READ = "home:read"
    THEME_READ = "theme:read"
    THEME_FOLLOW = "theme:follow"
    MEETING_LIST = "meeting:list"
    MEETING_READ = "meeting:read"
    MEETING_PUBLISH = "meeting:publish"
    MEETING_FOLLOW = "meeting:follow"
    MEETING_PLAN = "meeting:plan"
    MEETING_EDIT = "meeting:edit"
    MEETING_ARRANGE = "meeting:arrange"
    GUEST_ADMIT = "guest:admit"
    PLANNING_READ = "planning:read"
    OFFER_WRITE = "offer:write"
    OFFER_WITHDRAW = "offer:withdraw"
    MEETING_CLOSE = "meeting:close"
    CLOSING_READ = "closing:read"
    SIGN_UP_READ = "sign-up:read"
    SIGN_UP_WRITE = "sign-up:write"
    SIGN_UP_EDIT = "sign-up:edit"
    NEEDS_SHOW = "needs:show"
    STAND_IN_NAME = "stand-in:name"
    STAND_IN_END = "stand-in:end"
    ATTENDANCE_WRITE = "attendance:write"
    QUESTION_READ = "question:read"
    FOLDER_MAKE = "folder:make"
    FOLDER_READ = "folder:read"
    FOLDER_EDIT = "folder:edit"
    FOLDER_FILL = "folder:fill"
    MATERIAL_READ = "material:read"
    MATERIAL_EDIT = "material:edit"
    MINUTES_READ = "minutes:read"
    MINUTES_WRITE = "minutes:write"
    MINUTES_PUBLISH = "minutes:publish"
    THREAD_LIST = "thread:list"
    NEWS_MARK = "news:mark"
    THREAD_READ = "thread:read"
    THREAD_OPEN = "thread:open"
    THREAD_EDIT = "thread:edit"
    THREAD_MARK = "thread:mark"
    THREAD_FOLLOW = "thread:follow"
    POST_READ = "post:read"
    POST_WRITE = "post:write"
    POST_EDIT = "post:edit"
    POST_WITHDRAW = "post:withdraw"
    POST_SAVE = "post:save"
    REVISION_READ = "revision:read"
    ATTACHMENT_READ = "attachment:read"
    ATTACHMENT_WRITE = "attachment:write"
    DRAFT_READ = "draft:read"
    DRAFT_WRITE = "draft:write"
    NOTICE_MARK = "notice:mark"
    MEMBER_READ = "member:read"
    MEMBER_INVITE = "member:invite"
    SETTING_READ = "setting:read"
    SETTING_WRITE = "setting:write"
    SESSION_END = "session:end"


@dataclass(frozen=True)
class Rule:
    """`sentence` says the permission in words; one of `alternatives` must hold whole.

    `sees` is the permission to know that the thing exists; without it the answer is "not found".
    """

    sentence: str
    alternatives: tuple[tuple[Predicate, ...], ...]
    sees: Permission | None = None
