"""The reader of the history: what the real files hold, and each fault told with file and line."""

import shutil
from collections import Counter
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from kloss_intranet.history.reader import DATA, STEERING_GROUP, BrokenFiles, Fault, History, read
from kloss_intranet.history.reader.sheets import SHEETS

FILES = [sheet.file for sheet in SHEETS]


@pytest.fixture(scope="module")
def history() -> History:
    return read(DATA)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real files, to be changed by hand."""
    for file in FILES:
        shutil.copy(DATA / file, tmp_path / file)
    return tmp_path


def change(path: Path, old: str, new: str) -> int:
    """Put `new` for the only `old` in the file; the number of the line where it stood."""
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {path.name}"
    path.write_text(content.replace(old, new), encoding="utf-8", newline="")
    return content[: content.index(old)].count("\n") + 1


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(BrokenFiles) as caught:
        read(folder)
    return caught.value.faults


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in faults(folder)]


def hosts_of(history: History, meeting: str) -> list[str]:
    return [line.host for line in history.hosts if line.meeting == meeting]


def meetings_with(history: History, question: str) -> list[str]:
    return [line.meeting[:10] for line in history.agenda if line.question == question]


# The real files


def test_files_and_classes_have_the_same_columns() -> None:
    assert [sheet.name for sheet in SHEETS] == [part.name for part in fields(History)]
    for sheet in SHEETS:
        assert list(sheet.columns) == [column.name for column in fields(sheet.line)]


def test_sixteen_gatherings_on_their_days(history: History) -> None:
    assert [line.on.isoformat() for line in history.meetings] == [
        "2017-03-08", "2017-10-10", "2018-04-12", "2018-10-16", "2019-05-23", "2019-11-06",
        "2020-04-29", "2020-11-05", "2021-04-14", "2021-11-10", "2022-04-07", "2022-07-06",
        "2022-10-27", "2023-04-20", "2023-06-30", "2023-10-26",
    ]  # fmt: skip
    assert history.meetings[0].on == date(2017, 3, 8)


def test_kinds_modes_and_places(history: History) -> None:
    assert Counter(line.mode for line in history.meetings) == {"on_site": 12, "digital": 3, None: 1}
    tables = [line for line in history.meetings if line.kind == "round_table"]
    assert [(line.slug, line.place) for line in tables] == [
        ("2022-07-06-almedalen", "Almedalen"),
        ("2023-06-30-almedalen", "Almedalen"),
    ]
    assert [line.slug for line in history.meetings if line.title] == [line.slug for line in tables]
    assert [line.slug for line in history.meetings if line.mode != "digital" and line.place is None] == [
        "2021-11-10-oru", "2022-10-27", "2023-04-20-mdu", "2023-10-26-abo",
    ]  # fmt: skip
    assert {line.slug for line in history.meetings if "Helsinki" in line.time_zone} == {"2023-10-26-abo"}


def test_gaps_of_the_source_stay_gaps(history: History) -> None:
    assert [line.slug for line in history.meetings if not line.agenda_known] == [
        "2022-04-07-karlstad", "2022-10-27",
    ]  # fmt: skip
    assert [line.slug for line in history.meetings if not line.hosts_known] == [
        "2022-04-07-karlstad", "2022-07-06-almedalen", "2022-10-27", "2023-06-30-almedalen",
    ]  # fmt: skip


def test_hosts_are_one_two_four_six_or_the_steering_group(history: History) -> None:
    assert hosts_of(history, "2018-10-16-malmo") == ["bth", "hkr", "hh", "lu", "mau", "slu"]
    assert hosts_of(history, "2017-10-10-stockholm") == ["kth", "su", "ki", "sh"]
    assert hosts_of(history, "2020-04-29-digitalt") == ["liu", STEERING_GROUP]
    assert hosts_of(history, "2020-11-05-digitalt") == [STEERING_GROUP]
    assert hosts_of(history, "2023-10-26-abo") == ["abo"]
    assert sum(line.is_steering_group for line in history.hosts) == 3


def test_questions_outlive_meetings(history: History) -> None:
    assert meetings_with(history, "k3-projects") == [
        "2017-10-10", "2018-04-12", "2018-10-16", "2019-05-23", "2019-11-06", "2020-04-29", "2021-11-10",
    ]  # fmt: skip
    assert meetings_with(history, "collaboration-merits") == [
        "2021-11-10", "2022-07-06", "2023-04-20", "2023-06-30", "2023-10-26",
    ]  # fmt: skip
    assert meetings_with(history, "suhf-expert-group") == ["2018-04-12", "2020-04-29", "2021-04-14"]
    for question in history.questions:
        assert len(set(meetings_with(history, question.slug))) >= 2


def test_institutions_of_the_source(history: History) -> None:
    assert len(history.institutions) == 23
    kloss = {line.slug for line in history.institutions if line.kloss}
    assert kloss == {"kth", "umu", "uu", "slu", "mdu", "su", "liu", "ju", "lu"}
    assert {line.slug for line in history.institutions if line.kloss_akut} == kloss | {"chalmers", "gu"}
    assert {line.slug for line in history.institutions if line.steering_group} == {
        "lnu", "umu", "mdu", "sh", "kau", "hig",
    }  # fmt: skip
    assert [line.slug for line in history.institutions if line.country != "SE"] == ["abo"]


def test_themes_programme_and_guests(history: History) -> None:
    assert [line.position for line in history.themes] == [1, 2, 3, 4]
    assert Counter(line.kind for line in history.programme) == {"study_visit": 13, "participation": 1}
    assert len(history.agenda) == 49
    panel = [line for line in history.guests if line.meeting == "2019-11-06-falun"]
    assert [line.name or line.organisation for line in panel] == [
        "Matilda Ernkrans", "UKÄ", "SKL", "Sandvik", "Sveriges ingenjörer",
    ]  # fmt: skip
    (isaksson,) = (line for line in history.guests if line.name == "Darja Isaksson")
    assert (isaksson.agenda_position, isaksson.role, isaksson.organisation) == (1, "GD", "Vinnova")


# Faults of one cell or one row: the file, a text that stands once in it, what is put there, and the reason


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("questions.csv", "k3-projects,K3-projekten", "k3-projects,", "title: is empty; a text is required"),
        ("themes.csv", "method-development,3", "Method Development,3",
         "slug: 'Method Development' is not allowed; allowed: a-z, 0-9 and single hyphens"),
        ("themes.csv", "method-development,3", "method-development,03",
         "position: '03' is not a position; allowed: whole numbers from 1"),
        ("institutions.csv", "Åbo,FI", "Åbo,Finland",
         "country: 'Finland' is not allowed; allowed: two capital letters, as in SE"),
        ("institutions.csv", "FI,abo.fi", "FI,abo",
         "mail_domain: 'abo' is not allowed; allowed: a domain in small letters, as in kth.se"),
        ("institutions.csv", "ki.se,", "ki.se,no", "kloss: 'no' is not allowed; allowed: yes, (empty)"),
        ("institutions.csv", "ki.se,,,,university", "ki.se,,,,academy",
         "kind: 'academy' is not allowed; allowed: university, university_college, arts, (empty)"),
        ("meetings.csv", "2019-05-23,Umeå", "2019-05-32,Umeå",
         "on: '2019-05-32' is not a day; allowed: YYYY-MM-DD"),
        ("meetings.csv", "2019-05-23,Umeå", "20190523,Umeå",
         "on: '20190523' is not a day; allowed: YYYY-MM-DD"),
        ("meetings.csv", "2022-10-27,,ordinary,", "2022-10-27,,seminar,",
         "kind: 'seminar' is not allowed; allowed: ordinary, round_table"),
        ("meetings.csv", "2022-10-27,,ordinary,", "2022-10-27,,ordinary,hybrid",
         "mode: 'hybrid' is not allowed; allowed: on_site, digital, (empty)"),
        ("meetings.csv", "Europe/Helsinki", "Europe/Turku",
         "time_zone: 'Europe/Turku' is not allowed; allowed: Europe/Stockholm, Europe/Helsinki"),
        ("meetings.csv", "Helsinki,,yes,yes", "Helsinki,,yes,",
         "hosts_known: '' is not allowed; allowed: yes, no"),
        ("meetings.csv", "2019-05-23,Umeå", "2019-05-24,Umeå",
         "slug: '2019-05-23-umea' does not start with the day; allowed: 2019-05-24 or 2019-05-24-…"),
        ("meetings.csv", "2020-11-05,,", "2020-11-05,Zoom,",
         "place: 'Zoom' is given for a digital meeting; allowed: (empty)"),
        ("programme.csv", "study_visit,ESS", "dinner,ESS",
         "kind: 'dinner' is not allowed; allowed: study_visit, participation"),
        ("guests.csv", ",Maria Landgren,,", ",,,",
         "name, role and organisation are all empty; at least one is required"),
        ("guests.csv", ",,,Sandvik", ",,,UKÄ",
         "meeting '2019-11-06-falun', agenda_position '1', name '', role '', "
         "organisation 'UKÄ' already stands on line 7"),
        ("agenda.csv", "CoARA", " CoARA", "title: ' CoARA' has spaces around it; allowed: text without them"),
        ("agenda.csv", "CoARA", "Co\0ARA",
         "title: holds the control character U+0000; allowed: text on one line"),
        ("agenda.csv", "CoARA", '"Co\nARA"',
         "title: holds the control character U+000A; allowed: text on one line"),
        ("institutions.csv", "Åbo Akademi,", "A\u030abo Akademi,",
         "name_sv: 'A\u030abo Akademi' has loose accents; allowed: composed characters (Unicode NFC)"),
        ("agenda.csv", "CoARA,", "CoARA", "has 3 cells; the header has 4"),
        ("agenda.csv", "CoARA,", "CoARA,,", "has 5 cells; the header has 4"),
        ("hosts.csv", "2018-10-16-malmo,2", "2018-10-16-malmo,1",
         "meeting '2018-10-16-malmo', position '1' already stands on line 9"),
        ("hosts.csv", "2,steering-group\n2020-11-05", "2,liu\n2020-11-05",
         "meeting '2020-04-29-digitalt', host 'liu' already stands on line 18"),
        ("questions.csv", "uka-evaluation", "k3-projects", "slug 'k3-projects' already stands on line 2"),
        ("hosts.csv", "6,slu", "6,slut",
         "host 'slut' is unknown; allowed: slug of a line in institutions.csv or 'steering-group'"),
        ("programme.csv", "2018-10-16-malmo", "2018-10-16-lund",
         "meeting '2018-10-16-lund' is unknown; allowed: slug of a line in meetings.csv"),
        ("agenda.csv", "K3-projekt,k3-projects", "K3-projekt,k4-projects",
         "question 'k4-projects' is unknown; allowed: slug of a line in questions.csv"),
        ("guests.csv", "2018-10-16-malmo,2", "2018-10-16-malmo,9",
         "meeting '2018-10-16-malmo', agenda_position '9' is unknown; "
         "allowed: meeting and position of a line in agenda.csv"),
    ],
)  # fmt: skip
def test_fault_is_told_with_file_and_line(folder: Path, file: str, old: str, new: str, reason: str) -> None:
    line = change(folder / file, old, new)
    # A change may also leave lines of other files pointing nowhere; in its own file it breaks one thing.
    assert [fault for fault in faults(folder) if fault.file == file] == [Fault(file, line, reason)]


# Faults of a whole file


def test_missing_file_is_told_once_and_does_not_hide_the_others(folder: Path) -> None:
    (folder / "meetings.csv").unlink()
    line = change(folder / "agenda.csv", "CoARA", "")
    assert told(folder) == [
        "meetings.csv: the file is missing",
        f"agenda.csv:{line}: title: is empty; a text is required",
    ]


def test_missing_folder_is_eight_missing_files(tmp_path: Path) -> None:
    assert told(tmp_path / "nowhere") == [f"{file}: the file is missing" for file in FILES]


def test_folder_in_the_place_of_a_file(folder: Path) -> None:
    (folder / "guests.csv").unlink()
    (folder / "guests.csv").mkdir()
    (fault,) = faults(folder)
    assert (fault.file, fault.line) == ("guests.csv", 0)
    assert fault.reason.startswith("the file cannot be read: ")


def test_empty_file_has_no_header(folder: Path) -> None:
    (folder / "guests.csv").write_bytes(b"")
    assert told(folder) == [
        "guests.csv:1: there is no header line; it must be meeting,agenda_position,name,role,organisation"
    ]


def test_columns_missing_unknown_and_doubled(folder: Path) -> None:
    change(folder / "guests.csv", "name,role,organisation", "nam,role,role")
    assert told(folder) == [
        "guests.csv:1: the column name is missing",
        "guests.csv:1: the column organisation is missing",
        "guests.csv:1: unknown column 'nam'; allowed: meeting, agenda_position, name, role, organisation",
        "guests.csv:1: the column role stands 2 times",
    ]


def test_cells_are_read_although_a_column_is_missing(folder: Path) -> None:
    change(folder / "themes.csv", "name_en", "name_de")
    line = change(folder / "themes.csv", "leadership-support,4", "leadership-support,four")
    assert [(fault.file, fault.line) for fault in faults(folder)] == [
        ("themes.csv", 1), ("themes.csv", 1), ("themes.csv", line),
    ]  # fmt: skip


def test_missing_key_column_does_not_make_every_reference_a_fault(folder: Path) -> None:
    change(folder / "questions.csv", "slug,title", "key,title")
    assert {fault.file for fault in faults(folder)} == {"questions.csv"}


def test_columns_in_another_order_are_read(folder: Path, history: History) -> None:
    rows = [line.split(",") for line in (folder / "questions.csv").read_text(encoding="utf-8").splitlines()]
    swapped = "".join(f"{title},{slug}\n" for slug, title in rows)
    (folder / "questions.csv").write_text(swapped, encoding="utf-8")
    assert read(folder) == history


def test_every_line_that_is_not_utf8_is_told(folder: Path) -> None:
    content = (folder / "questions.csv").read_text(encoding="utf-8")
    (folder / "questions.csv").write_bytes(content.encode("latin-1"))
    assert told(folder) == [
        "questions.csv:3: byte 39 of the line is not UTF-8; allowed: UTF-8",
        "questions.csv:4: byte 24 of the line is not UTF-8; allowed: UTF-8",
        "questions.csv:6: byte 66 of the line is not UTF-8; allowed: UTF-8",
        "questions.csv:9: byte 18 of the line is not UTF-8; allowed: UTF-8",
    ]


def test_byte_order_mark_and_windows_line_ends_are_read(folder: Path, history: History) -> None:
    for file in FILES:
        content = (folder / file).read_bytes()
        (folder / file).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert read(folder) == history


def test_quotation_mark_that_never_ends(folder: Path) -> None:
    line = change(folder / "guests.csv", "Alf Karlsson", '"Alf Karlsson')
    assert told(folder) == [f"guests.csv:{line}: the quotation marks do not match: unexpected end of data"]


def test_lines_are_physical_lines_also_after_a_cell_with_a_line_break(folder: Path) -> None:
    first = change(folder / "questions.csv", "K3-projekten", '"K3-\nprojekten"')
    second = change(folder / "questions.csv", "Samverkansmeritering", "")
    assert [fault.line for fault in faults(folder)] == [first, second] == [2, 9]


def test_empty_line_is_told(folder: Path) -> None:
    line = change(folder / "questions.csv", "working-forms", "\nworking-forms")
    assert told(folder) == [f"questions.csv:{line}: the line is empty"]


# Faults between files


def test_bad_cell_in_a_meeting_does_not_orphan_its_lines(folder: Path) -> None:
    line = change(folder / "meetings.csv", "2018-10-16,Malmö,ordinary", "2018-10-16,Malmö,big")
    ((file, number),) = ((fault.file, fault.line) for fault in faults(folder))
    assert (file, number) == ("meetings.csv", line)


def test_known_agenda_or_hosts_without_lines(folder: Path) -> None:
    line = change(folder / "meetings.csv", "2022-10-27,2022-10-27,,ordinary,,Europe/Stockholm,,no,no",
                  "2022-10-27,2022-10-27,,ordinary,,Europe/Stockholm,,yes,yes")  # fmt: skip
    assert told(folder) == [
        f"meetings.csv:{line}: agenda_known: is yes, but agenda.csv has no line for '2022-10-27'",
        f"meetings.csv:{line}: hosts_known: is yes, but hosts.csv has no line for '2022-10-27'",
    ]


def test_lines_of_a_meeting_that_is_marked_as_a_gap(folder: Path) -> None:
    host = change(folder / "hosts.csv", "2023-04-20-mdu,1", "2022-10-27,1,kau\n2023-04-20-mdu,1")
    item = change(folder / "agenda.csv", "2023-04-20-mdu,1", "2022-10-27,1,Framtiden,\n2023-04-20-mdu,1")
    why = "meeting: '2022-10-27' has {}=no in meetings.csv; allowed: those with yes"
    assert faults(folder) == (
        Fault("hosts.csv", host, why.format("hosts_known")),
        Fault("agenda.csv", item, why.format("agenda_known")),
    )


def test_faults_of_several_files_come_together_in_order(folder: Path) -> None:
    institution = change(folder / "institutions.csv", "Lund,SE", "Lund,se")
    meeting = change(folder / "meetings.csv", "Europe/Helsinki", "Mars/Olympus")
    host = change(folder / "hosts.csv", "6,slu", "6,slut")
    agenda = [
        change(folder / "agenda.csv", "Lansering KLOSSnet", ""),
        change(folder / "agenda.csv", "CoARA", ""),
    ]
    guest = change(folder / "guests.csv", "Maria Landgren", "")
    with pytest.raises(BrokenFiles) as caught:
        read(folder)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [
        ("institutions.csv", institution), ("meetings.csv", meeting), ("hosts.csv", host),
        ("agenda.csv", agenda[0]), ("agenda.csv", agenda[1]), ("guests.csv", guest),
    ]  # fmt: skip
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    assert f"hosts.csv:{host}: host 'slut' is unknown" in str(caught.value)
