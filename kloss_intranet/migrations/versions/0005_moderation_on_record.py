"""Moderation on record: reports, decisions, answers, moves, announcements, rules."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CIRCLES = ("all", "meeting", "steering")
ACTS = (
    "dismiss",
    "ask",
    "hide",
    "restore",
    "keep",
    "move",
    "merge",
    "split",
    "lock",
    "unlock",
    "pin",
    "unpin",
    "mark",
    "unmark",
)
SUBJECTS = ("post", "attachment", "member", "thread")
RULES = ("ground", "moderation")
GROUNDS = ("confidential", "personal_data", "hurtful", "for_others", "misplaced", "other")


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _columns()
    _pointers()
    _moderation()
    _announcements()
    _rules()
    _append_only("decisions")


def downgrade() -> None:
    raise NotImplementedError("Decisions and announcements would be lost; restore a backup instead.")


def _append_only(table: str) -> None:
    """Let the database itself refuse to change or remove rows of `table`."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        for event, scope in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"{table}_no_{'truncate' if scope == 'STATEMENT' else 'change'}"
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH {scope} EXECUTE FUNCTION {table}_append_only()"
            )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _columns() -> None:
    op.add_column("attachments", sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("audit_entries", sa.Column("whence", sa.String(), nullable=True))
    op.create_index("ix_audit_entries_act", "audit_entries", ["act", "id"], unique=False)
    op.create_index("ix_audit_entries_member", "audit_entries", ["member_id", "id"], unique=False)
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject", "id"], unique=False)
    op.add_column("posts", sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("posts", sa.Column("milestone", sa.String(), nullable=True))
    op.create_index(
        "ix_posts_milestone",
        "posts",
        ["thread_id", "posted_at"],
        unique=False,
        sqlite_where=sa.text("milestone IS NOT NULL"),
        postgresql_where=sa.text("milestone IS NOT NULL"),
    )
    op.add_column("threads", sa.Column("closing_words", sa.String(), nullable=True))
    op.add_column("threads", sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True))
    # Written out, because SQLite takes a reference only together with its column.
    op.execute(
        "ALTER TABLE threads ADD COLUMN merged_into_id INTEGER "
        "CONSTRAINT fk_threads_merged_into_id_threads REFERENCES threads (id)"
    )


def _pointers() -> None:
    op.create_table(
        "thread_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_thread_moves_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_thread_moves_thread_id_threads")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_moves")),
    )
    op.create_index(op.f("ix_thread_moves_meeting_id"), "thread_moves", ["meeting_id"], unique=False)
    op.create_table(
        "post_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_moves_post_id_posts")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_post_moves_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_moves")),
        sa.UniqueConstraint("thread_id", "seq", name=op.f("uq_post_moves_thread_id_seq")),
    )
    op.create_index(op.f("ix_post_moves_post_id"), "post_moves", ["post_id"], unique=False)


def _moderation() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", choice("act", *ACTS), nullable=False),
        sa.Column("subject_kind", choice("subjectkind", *SUBJECTS), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("to_author", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_decisions_author_id_members")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_decisions_decided_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_author", "decisions", ["author_id"], unique=False)
    op.create_index("ix_decisions_subject", "decisions", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_answers_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_answers_member_id_members")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["decisions.id"], name=op.f("fk_answers_settled_by_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_decision_id"), "answers", ["decision_id"], unique=False)
    op.create_index(op.f("ix_answers_settled_by_id"), "answers", ["settled_by_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", choice("subjectkind", *SUBJECTS), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("ground", choice("ground", *GROUNDS), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reports_member_id_members")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["decisions.id"], name=op.f("fk_reports_settled_by_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_member_id"), "reports", ["member_id"], unique=False)
    op.create_index("ix_reports_open", "reports", ["settled_by_id", "reported_at"], unique=False)
    op.create_index("ix_reports_subject", "reports", ["subject_kind", "subject_id"], unique=False)


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("circle", choice("circle", *CIRCLES), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submission", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(circle = 'meeting') = (meeting_id IS NOT NULL)", name=op.f("ck_announcements_meeting_given")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_announcements_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["members.id"], name=op.f("fk_announcements_sent_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["members.id"], name=op.f("fk_announcements_written_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sa.UniqueConstraint(
            "written_by_id", "submission", name=op.f("uq_announcements_written_by_id_submission")
        ),
    )
    op.create_table(
        "announcement_readers",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_announcement_readers_announcement_id_announcements"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_announcement_readers_member_id_members")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "member_id", name=op.f("pk_announcement_readers")),
    )
    op.create_index(
        op.f("ix_announcement_readers_member_id"), "announcement_readers", ["member_id"], unique=False
    )


def _rules() -> None:
    op.create_table(
        "rules_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("ruleskind", *RULES), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_sv", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("html_sv", sa.String(), nullable=False),
        sa.Column("html_en", sa.String(), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["members.id"], name=op.f("fk_rules_versions_published_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_versions")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_rules_versions_kind_number")),
    )
