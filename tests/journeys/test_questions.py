"""A question on its way: proposed, joined, made relevant, moved on with a reason, merged."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MEMBER = "representant6@example.org"
OTHER = "representant5@example.org"
STEERING = "sammankallande@example.org"
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_alike_is_shown_and_the_words_go_there(visit, scripts):
    page = visit("/questions/new", MEMBER, viewport=PHONE, java_script_enabled=scripts)
    page.get_by_label("Frågan", exact=True).fill("Hur följs partnerskapen upp?")
    if not scripts:
        page.get_by_label("Varför är den viktig?").fill("Skrivet utan skript.")
        page.get_by_role("button", name="Föreslå frågan").last.click()
        expect(page.get_by_label("Varför är den viktig?")).to_have_value("Skrivet utan skript.")
    expect(page.locator(".similar")).to_contain_text("Hur följer vi upp partnerskap utan att räkna dem?")
    said = "Skrivet med skript." if scripts else "Skrivet utan skript."
    page.get_by_label("Varför är den viktig?").fill(said)
    page.get_by_role("button", name="Lägg mina ord vid den här frågan").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Hur följer vi upp partnerskap utan att räkna dem?"
    )
    expect(page.locator("#proposals")).to_contain_text(said)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if scripts else True


def test_a_question_is_proposed_moved_on_and_merged(visit):
    page = visit("/questions/new", OTHER)
    page.get_by_label("Frågan", exact=True).fill("Vem bjuder in kommunerna?")
    page.get_by_label("Varför är den viktig?").fill("Ingen vet riktigt hos oss.")
    page.get_by_label("Frågan", exact=True).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("du får ett kvitto")
    page.get_by_label("Varför är frågan viktig för er?").fill("Vår kommun frågar varje höst.")
    page.get_by_role("button", name="Skriv meningen").click()
    expect(page.locator("#relevance")).to_contain_text("Vår kommun frågar varje höst.")

    home = visit("/", STEERING)
    home.get_by_role("link", name="Ny fråga: Vem bjuder in kommunerna?").click()
    home.get_by_role("link", name="Ändra läget").click()
    home.get_by_text("I beredning", exact=True).click()
    home.get_by_label("Skäl").fill("Vi samlar exempel till våren.")
    home.get_by_role("button", name="Ändra läget").click()
    expect(home.get_by_role("complementary")).to_contain_text("Vi samlar exempel till våren.")

    home.get_by_role("link", name="Slå ihop med en annan fråga").click()
    home.get_by_label("Frågan som den ska gå upp i").select_option(
        label="Vilken plats har studenterna i våra långa samarbeten?"
    )
    home.get_by_label("Skäl").fill("De hör ihop.")
    home.get_by_role("button", name="Slå ihop").click()
    expect(home.locator("#proposals")).to_contain_text("Ingen vet riktigt hos oss.")
    expect(home.locator("#relevance")).to_contain_text("Vår kommun frågar varje höst.")

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vilken plats har studenterna")
    told = visit("/", OTHER)
    expect(told.get_by_role("main")).to_contain_text("I beredning: Vem bjuder in kommunerna?")
    expect(told.get_by_role("link", name=re.compile("Sammanslagen fråga"))).to_be_visible()
