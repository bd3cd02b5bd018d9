"""Meetings from the first plan to the minutes: planning, sign-ups, materials, minutes, closing, calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _columns()
    _kinds_of_admission()
    _planning()
    _attendance()
    _materials()
    _minutes()
    _calendars()


def downgrade() -> None:
    raise NotImplementedError("Minutes would be lost; restore a backup instead.")


def _columns() -> None:
    op.add_column("agenda_items", sa.Column("description", sa.String(), nullable=True))
    op.add_column("meetings", sa.Column("link_url", sa.String(), nullable=True))
    op.add_column("meetings", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("meetings", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("meetings", sa.Column("cancelled_reason", sa.String(), nullable=True))
    op.add_column("meetings", sa.Column("minutes_published_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meetings", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("letters", sa.Column("calendar", sa.String(), nullable=True))
    op.add_column(
        "programme_items",
        sa.Column("takes_sign_ups", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("programme_items", sa.Column("capacity", sa.Integer(), nullable=True))
    op.add_column("programme_items", sa.Column("sign_up_by", sa.DateTime(timezone=True), nullable=True))
    # Written out, because SQLite takes a reference only together with its column.
    for table, column, other in (
        ("agenda_items", "programme_item_id", "programme_items"),
        ("meetings", "previous_id", "meetings"),
        ("guests", "member_id", "members"),
    ):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_{table}_{column}_{other} REFERENCES {other} (id)"
        )


def _kinds_of_admission() -> None:
    """Let stand-ins in; SQLite changes a check only by building the table anew."""
    kinds = ("host", "guest", "stand_in")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("ck_admissions_admissionkind", "admissions")
        listed = ", ".join(f"'{kind}'" for kind in kinds)
        op.create_check_constraint(op.f("ck_admissions_admissionkind"), "admissions", f"kind IN ({listed})")
        return
    op.execute("ALTER TABLE admissions RENAME TO admissions_before")
    op.drop_index("ix_admissions_member_id", "admissions_before")
    op.create_table(
        "admissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("admissionkind", *kinds), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_admissions_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_admissions_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admissions")),
        sa.UniqueConstraint(
            "meeting_id", "member_id", "kind", name=op.f("uq_admissions_meeting_id_member_id_kind")
        ),
    )
    op.execute(
        "INSERT INTO admissions SELECT id, meeting_id, member_id, kind, ends_on FROM admissions_before"
    )
    op.drop_table("admissions_before")
    op.create_index("ix_admissions_member_id", "admissions", ["member_id"])


def _planning() -> None:
    op.create_table(
        "host_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["members.id"], name=op.f("fk_host_tasks_done_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_host_tasks_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_tasks")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_host_tasks_meeting_id_position")),
    )
    op.create_table(
        "host_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("term", choice("term", "spring", "autumn"), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_host_offers_institution_id_institutions")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["members.id"], name=op.f("fk_host_offers_offered_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_offers")),
        sa.UniqueConstraint(
            "institution_id", "year", "term", name=op.f("uq_host_offers_institution_id_year_term")
        ),
    )


def _attendance() -> None:
    op.create_table(
        "sign_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("answer", choice("answer", "coming", "waiting", "not_coming"), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_sign_ups_institution_id_institutions")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_sign_ups_member_id_members")),
        sa.ForeignKeyConstraint(
            ["programme_item_id"],
            ["programme_items.id"],
            name=op.f("fk_sign_ups_programme_item_id_programme_items"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ups")),
        sa.UniqueConstraint(
            "programme_item_id", "member_id", name=op.f("uq_sign_ups_programme_item_id_member_id")
        ),
    )
    op.create_index("ix_sign_ups_member_id", "sign_ups", ["member_id"])
    op.create_index("ix_sign_ups_queue", "sign_ups", ["programme_item_id", "answer", "queued_at", "id"])
    op.create_table(
        "participant_needs",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("diet", sa.String(), nullable=True),
        sa.Column("access", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_participant_needs_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_participant_needs_member_id_members")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_participant_needs")),
    )
    op.create_table(
        "stand_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["absent_id"], ["members.id"], name=op.f("fk_stand_ins_absent_id_members")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_stand_ins_institution_id_institutions")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_stand_ins_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_stand_ins_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_ins")),
        sa.UniqueConstraint("meeting_id", "absent_id", name=op.f("uq_stand_ins_meeting_id_absent_id")),
    )
    op.create_index("ix_stand_ins_member_id", "stand_ins", ["member_id"])
    op.create_table(
        "attendances",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_attendances_institution_id_institutions")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_attendances_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "institution_id", name=op.f("pk_attendances")),
    )


def _materials() -> None:
    op.create_table(
        "material_folders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("readers", choice("readers", "steering", "members", "guests"), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_material_folders_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_folders")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_material_folders_meeting_id_position")),
    )
    op.create_table(
        "materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["members.id"], name=op.f("fk_materials_added_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["material_folders.id"], name=op.f("fk_materials_folder_id_material_folders")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
    )
    op.create_index("ix_materials_folder_id", "materials", ["folder_id"])
    op.create_table(
        "material_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_material_versions_file_id_stored_files")
        ),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_material_versions_material_id_materials")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_material_versions_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_versions")),
        sa.UniqueConstraint("material_id", "number", name=op.f("uq_material_versions_material_id_number")),
    )


def _minutes() -> None:
    op.create_table(
        "minutes_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_items.id"],
            name=op.f("fk_minutes_entries_agenda_item_id_agenda_items"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_entries_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["members.id"], name=op.f("fk_minutes_entries_written_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_entries")),
        sa.UniqueConstraint(
            "meeting_id", "agenda_item_id", name=op.f("uq_minutes_entries_meeting_id_agenda_item_id")
        ),
    )
    op.create_table(
        "minutes_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["minutes_entries.id"], name=op.f("fk_minutes_revisions_entry_id_minutes_entries")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["members.id"], name=op.f("fk_minutes_revisions_written_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_revisions")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_minutes_revisions_entry_id_number")),
    )
    op.create_table(
        "closings",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("only_one_view", sa.Boolean(), nullable=False),
        sa.Column("carried_on", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["members.id"], name=op.f("fk_closings_closed_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_closings_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["members.id"], name=op.f("fk_closings_written_by_id_members")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_closings")),
    )
    op.create_table(
        "observations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["closings.meeting_id"], name=op.f("fk_observations_meeting_id_closings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_observations_meeting_id_position")),
    )
    op.create_table(
        "closing_revisions",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("only_one_view", sa.Boolean(), nullable=False),
        sa.Column("carried_on", sa.String(), nullable=True),
        sa.Column("observations", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["closings.meeting_id"], name=op.f("fk_closing_revisions_meeting_id_closings")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["members.id"], name=op.f("fk_closing_revisions_written_by_id_members")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "number", name=op.f("pk_closing_revisions")),
    )


def _calendars() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_calendar_feeds_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
    )
    op.create_index("ix_calendar_feeds_member_id", "calendar_feeds", ["member_id"])
    op.create_index(
        "uq_calendar_feeds_live",
        "calendar_feeds",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
