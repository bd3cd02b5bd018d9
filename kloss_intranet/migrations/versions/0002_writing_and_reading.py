"""Writing and reading in full: drafts, earlier wordings, files, references, following, saving for later."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RELATIONS = ("similar", "opposite", "other_conditions", "asks")


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _files()
    _writing()
    _reading()
    _letters()
    _posts()
    _threads()
    # The tallies of what has been written so far.
    for relation in RELATIONS:
        op.execute(
            f'UPDATE threads SET "{relation}" = (SELECT count(*) FROM posts '  # noqa: S608 - fixed words
            f"WHERE posts.thread_id = threads.id AND posts.relation = '{relation}')"
        )


def downgrade() -> None:
    raise NotImplementedError("Texts would be lost; restore a backup instead.")


def _files() -> None:
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("digest", name=op.f("uq_stored_files_digest")),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("submission", sa.String(), nullable=True),
        sa.Column("alt", sa.String(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_attachments_member_id_members")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_attachments_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index("ix_attachments_pending", "attachments", ["member_id", "submission"])
    op.create_index("ix_attachments_post_id", "attachments", ["post_id"])
    op.create_table(
        "attachment_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name=op.f("fk_attachment_versions_attachment_id_attachments"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_attachment_versions_file_id_stored_files")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_attachment_versions_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_versions")),
        sa.UniqueConstraint(
            "attachment_id", "number", name=op.f("uq_attachment_versions_attachment_id_number")
        ),
    )


def _writing() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", choice("place", "experience", "reply", "edit", "thread"), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_drafts_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint(
            "member_id", "place", "subject_id", name=op.f("uq_drafts_member_id_place_subject_id")
        ),
    )
    op.create_table(
        "post_references",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            choice("referencekind", "thread", "post", "meeting", "question", "member", "institution"),
            nullable=False,
        ),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("is_quote", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_references_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_references")),
        sa.UniqueConstraint(
            "post_id", "kind", "target_id", name=op.f("uq_post_references_post_id_kind_target_id")
        ),
    )
    op.create_index("ix_post_references_target", "post_references", ["kind", "target_id"])
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column(
            "relation", choice("relation", "similar", "opposite", "other_conditions", "asks"), nullable=True
        ),
        sa.Column("aspect", choice("aspect", "driver", "incentive", "method"), nullable=True),
        sa.Column("factor", choice("factor", "helping", "hindering", "neither"), nullable=True),
        sa.Column("context", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_revisions_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("post_id", "number", name=op.f("uq_revisions_post_id_number")),
    )


def _reading() -> None:
    op.create_table(
        "followings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("level", choice("level", "all", "mentions", "none"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(thread_id IS NOT NULL AND meeting_id IS NULL AND theme_id IS NULL)"
            " OR (thread_id IS NULL AND meeting_id IS NOT NULL AND theme_id IS NULL)"
            " OR (thread_id IS NULL AND meeting_id IS NULL AND theme_id IS NOT NULL)",
            name=op.f("ck_followings_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_followings_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_followings_member_id_members")),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_followings_theme_id_themes")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_followings_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followings")),
        sa.UniqueConstraint("member_id", "meeting_id", name=op.f("uq_followings_member_id_meeting_id")),
        sa.UniqueConstraint("member_id", "theme_id", name=op.f("uq_followings_member_id_theme_id")),
        sa.UniqueConstraint("member_id", "thread_id", name=op.f("uq_followings_member_id_thread_id")),
    )
    op.create_index("ix_followings_meeting_id", "followings", ["meeting_id"])
    op.create_index("ix_followings_theme_id", "followings", ["theme_id"])
    op.create_index("ix_followings_thread_id", "followings", ["thread_id"])
    op.create_table(
        "unfoldings",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("phase", choice("phase", "before", "during", "after"), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_unfoldings_member_id_members")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_unfoldings_thread_id_threads")),
        sa.PrimaryKeyConstraint("member_id", "thread_id", "phase", name=op.f("pk_unfoldings")),
    )
    op.create_table(
        "saved_posts",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_saved_posts_member_id_members")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_saved_posts_post_id_posts")),
        sa.PrimaryKeyConstraint("member_id", "post_id", name=op.f("pk_saved_posts")),
    )


def _letters() -> None:
    op.add_column("letters", sa.Column("path", sa.String(), nullable=True))
    op.add_column("letters", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_letters_member_id", table_name="letters")
    op.create_index("ix_letters_unseen", "letters", ["member_id", "seen_at"])


def _posts() -> None:
    op.add_column("posts", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("posts", sa.Column("as_guest", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("posts", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("posts", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_posts_aspect", "posts", ["thread_id", "aspect", "seq"])
    op.create_index("ix_posts_member", "posts", ["member_id", "thread_id", "posted_at"])
    op.create_index("ix_posts_relation", "posts", ["thread_id", "relation", "seq"])
    op.create_index("ix_posts_thread_institution", "posts", ["thread_id", "institution_id", "seq"])


def _threads() -> None:
    op.add_column("threads", sa.Column("for_guests", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(
        "threads", sa.Column("write_first", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("threads", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("threads", sa.Column("changes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("threads", sa.Column("similar", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("threads", sa.Column("opposite", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("threads", sa.Column("other_conditions", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("threads", sa.Column("asks", sa.Integer(), nullable=False, server_default="0"))
