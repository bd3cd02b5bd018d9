"""The cast: invented people, one for each part that can be played, and the things they meet around."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kloss_intranet.core import clock
from kloss_intranet.materials.models import Folder, Material
from kloss_intranet.meetings.models import AgendaItem, Meeting
from kloss_intranet.members.models import Institution, Mandate, Member
from kloss_intranet.questions.models import Question
from kloss_intranet.themes.models import Theme
from kloss_intranet.threads.models import Attachment, Audience, Post, Thread
from tests.make import Make


@dataclass(frozen=True)
class Cast:
    representative: Member
    other_representative: Member
    steering: Member
    convenor: Member
    coordinator: Member
    host: Member
    """Has no mandate of her own; helps to host `meeting`."""
    guest: Member
    """Is let into `meeting` and nothing else."""
    former: Member
    """Had a mandate until midsummer 2024, after `old_thread` and before `thread`."""
    institution: Institution
    mandate: Mandate
    other_mandate: Mandate
    theme: Theme
    meeting: Meeting
    item: AgendaItem
    old_meeting: Meeting
    question: Question
    thread: Thread
    steering_thread: Thread
    old_thread: Thread
    post: Post
    steering_post: Post
    old_post: Post
    attachment: Attachment
    """A text beside `post`."""
    folder: Folder
    """For members, to `meeting`."""
    material: Material
    """A text in `folder`."""


def assemble(make: Make) -> Cast:
    """Put the cast into an empty database."""
    bjorko = make.institution("Björkö universitet", slug="bjorko", short_name="BU")
    asnes = make.institution("Åsnes högskola", slug="asnes", short_name="ÅH")
    alvdal = make.institution("Älvdals universitet", slug="alvdal", in_steering_group=True)
    representative = make.member("Agnes Björk", email="agnes@example.org")
    other = make.member("Birger Åsling", email="birger@example.org", language="en")
    steering = make.member("Cecilia Älv", email="cecilia@example.org")
    convenor = make.member("David Öhrn", email="david@example.org", title="Sammankallande")
    coordinator = make.member("Elin Kvist", email="elin@example.org", affiliation="KLOSSnets kansli")
    host = make.member("Frida Lund", email="frida@example.org", affiliation="Björkö universitet")
    guest = make.member("Gustav Ek", email="gustav@example.org", affiliation="Institutet för prov")
    former = make.member("Hanna Sten", email="hanna@example.org")
    mandate = make.mandate(representative, bjorko)
    other_mandate = make.mandate(other, asnes, starts_on=date(2024, 7, 1))
    make.mandate(steering, alvdal)
    make.role(steering, "steering")
    make.role(convenor, "convenor")
    make.role(coordinator, "coordinator")
    former_mandate = make.mandate(former, asnes, ends_on=date(2024, 6, 21))
    theme = make.theme("Digitala prov", slug="digitala-prov")
    meeting = make.meeting("Träff i Björkö", hosts=(bjorko,), slug="bjorko")
    item = make.agenda_item(meeting, "Tentamen på distans")
    old_meeting = make.meeting(
        "Träff i Åsnes", hosts=(asnes,), slug="asnes", starts_at=datetime(2023, 10, 26, 7, tzinfo=UTC)
    )
    old_item = make.agenda_item(old_meeting, "Salar för prov")
    make.admission(meeting, host, "host")
    make.admission(meeting, guest, "guest")
    question = make.question("Hur ordnar vi digitala prov?", items=(item, old_item), slug="digitala-prov")
    thread = make.thread(meeting, theme, title="Prov på egen dator", question_id=question.id)
    steering_thread = make.thread(meeting, theme, title="Styrgruppens tråd", audience=Audience.STEERING)
    old_opened = datetime(2023, 9, 1, 8, tzinfo=UTC)
    old_thread = make.thread(old_meeting, theme, title="Salarna", opened_at=old_opened)
    post = make.post(thread, representative, mandate=mandate, posted_at=clock.now() - timedelta(hours=2))
    folder = make.folder(meeting)
    return Cast(
        representative=representative,
        other_representative=other,
        steering=steering,
        convenor=convenor,
        coordinator=coordinator,
        host=host,
        guest=guest,
        former=former,
        institution=bjorko,
        mandate=mandate,
        other_mandate=other_mandate,
        theme=theme,
        meeting=meeting,
        item=item,
        old_meeting=old_meeting,
        question=question,
        thread=thread,
        steering_thread=steering_thread,
        old_thread=old_thread,
        post=post,
        attachment=make.attachment(post),
        folder=folder,
        material=make.material(folder, steering),
        steering_post=make.post(steering_thread, steering, "Inför nästa träff."),
        old_post=make.post(
            old_thread, former, mandate=former_mandate, posted_at=old_opened + timedelta(days=2)
        ),
    )
