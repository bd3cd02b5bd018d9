"""Questions prepared in the open: proposals, changes, relevance, breadth, dossiers with citations."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = ("raised", "in_preparation", "chosen", "treated", "followed_up", "resting")
PARTS = ("heading", "words", "passage")
KINDS = ("university", "university_college", "arts")


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _columns()
    _questions()
    _breadth()
    _preparations()
    _dossiers()
    _citations()


def downgrade() -> None:
    raise NotImplementedError("Proposals and dossiers would be lost; restore a backup instead.")


def _columns() -> None:
    op.add_column(
        "posts", sa.Column("not_for_quoting", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("questions", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    # Written out, because SQLite takes a reference or a check only together with its column.
    op.execute(
        "ALTER TABLE questions ADD COLUMN merged_into_id INTEGER "
        "CONSTRAINT fk_questions_merged_into_id_questions REFERENCES questions (id)"
    )
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    op.execute(
        "ALTER TABLE institutions ADD COLUMN kind VARCHAR(32) "
        f"CONSTRAINT ck_institutions_institutionkind CHECK (kind IN ({listed}))"
    )


def _questions() -> None:
    op.create_table(
        "question_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("became", choice("questionstate", *STATES), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["members.id"], name=op.f("fk_question_changes_changed_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_changes_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_changes")),
    )
    op.create_index(
        op.f("ix_question_changes_question_id"), "question_changes", ["question_id"], unique=False
    )
    op.create_table(
        "question_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("signed_name", sa.String(), nullable=False),
        sa.Column("signed_title", sa.String(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.id"],
            name=op.f("fk_question_proposals_institution_id_institutions"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_question_proposals_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_proposals_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_proposals")),
    )
    op.create_index(
        op.f("ix_question_proposals_question_id"), "question_proposals", ["question_id"], unique=False
    )
    op.create_table(
        "question_relevances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("signed_name", sa.String(), nullable=False),
        sa.Column("signed_title", sa.String(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.id"],
            name=op.f("fk_question_relevances_institution_id_institutions"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_question_relevances_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_relevances_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_relevances")),
    )
    op.create_index(
        "ix_question_relevances_latest",
        "question_relevances",
        ["question_id", "member_id", "id"],
        unique=False,
    )


def _breadth() -> None:
    op.create_table(
        "axes",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("low_end", sa.String(), nullable=False),
        sa.Column("high_end", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_axes_question_id_questions")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["members.id"], name=op.f("fk_axes_set_by_id_members")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_axes")),
    )
    op.create_table(
        "dots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("signed_name", sa.String(), nullable=False),
        sa.Column("signed_title", sa.String(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place >= 0 AND place <= 100", name=op.f("ck_dots_on_the_axis")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_dots_institution_id_institutions")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_dots_member_id_members")),
        sa.ForeignKeyConstraint(["question_id"], ["axes.question_id"], name=op.f("fk_dots_question_id_axes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dots")),
    )
    op.create_index("ix_dots_latest", "dots", ["question_id", "member_id", "id"], unique=False)
    op.create_table(
        "looks",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_looks_member_id_members")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["axes.question_id"], name=op.f("fk_looks_question_id_axes")
        ),
        sa.PrimaryKeyConstraint("question_id", "member_id", name=op.f("pk_looks")),
    )


def _preparations() -> None:
    op.create_table(
        "preparations",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["members.id"], name=op.f("fk_preparations_changed_by_id_members")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_preparations_owner_id_members")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_preparations_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_preparations")),
    )


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["members.id"], name=op.f("fk_dossiers_begun_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_dossiers_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("question_id", name=op.f("uq_dossiers_question_id")),
    )
    op.create_table(
        "dossier_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", choice("partkind", *PARTS), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("is_steering", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_parts_dossier_id_dossiers")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["members.id"], name=op.f("fk_dossier_parts_written_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_parts")),
    )
    op.create_index("ix_dossier_parts_order", "dossier_parts", ["dossier_id", "position"], unique=False)
    op.create_table(
        "dossier_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_editions_dossier_id_dossiers")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["members.id"], name=op.f("fk_dossier_editions_published_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_editions")),
        sa.UniqueConstraint("dossier_id", "number", name=op.f("uq_dossier_editions_dossier_id_number")),
    )


def _citations() -> None:
    op.create_table(
        "citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("post_version", sa.Integer(), nullable=False),
        sa.Column("passage", sa.String(), nullable=False),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("picked_by_id", sa.Integer(), nullable=False),
        sa.Column("settled_version", sa.Integer(), nullable=True),
        sa.CheckConstraint("passage <> ''", name=op.f("ck_citations_passage_given")),
        sa.ForeignKeyConstraint(
            ["part_id"], ["dossier_parts.id"], name=op.f("fk_citations_part_id_dossier_parts")
        ),
        sa.ForeignKeyConstraint(
            ["picked_by_id"], ["members.id"], name=op.f("fk_citations_picked_by_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_citations_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citations")),
        sa.UniqueConstraint("part_id", name=op.f("uq_citations_part_id")),
    )
    op.create_index(op.f("ix_citations_post_id"), "citations", ["post_id"], unique=False)
    op.create_table(
        "citation_objections",
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["members.id"], name=op.f("fk_citation_objections_answered_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citations.id"], name=op.f("fk_citation_objections_citation_id_citations")
        ),
        sa.PrimaryKeyConstraint("citation_id", name=op.f("pk_citation_objections")),
    )
