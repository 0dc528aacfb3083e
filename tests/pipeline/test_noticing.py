"""Notifications: each piece of news is noticed once, and told once to each who is to be told."""

from datetime import UTC, datetime, timedelta

import pytest

from garrison.ledger import Ledger, noticing
from garrison.pipeline.notice_rules import News, Rule, Rules, rules_in
from garrison.pipeline.noticing import Noticer, recent
from garrison.pipeline.telling import MOST_TRIES, checked_way, tell, through_apprise
from garrison.publishing.notices import LISTED, message
from garrison.vocabulary import Actor, Asset, Kind, Place, Status, UsageError

TROOPS = "Russia keeps {n} troops in Tajikistan, the paper {outlet} says."
DUSHANBE = Place("Dushanbe", "TJK")


@pytest.fixture
def said(ledger, claim, reading):
    """A function that records what one outlet says."""

    def record(number=7000, outlet="Herald", day="2021-07-08", **fields):
        text = TROOPS.format(n=number, outlet=f"{outlet} of {day} {fields}")
        ledger.record(reading(text, claim(text, number=number, **fields), outlet=outlet, published=day))

    return record


def rules(news, **fields):
    return Rules((Rule(str(news), news, **fields),), to=("json://one.example",))


def words(noticer):
    return [each.words for each in noticer.news()]


def test_what_is_there_when_a_rule_begins_is_no_news(ledger, said):
    said()
    assert words(Noticer(ledger, rules(News.FIRST_CLAIM))) == []


def test_the_first_claim_of_an_actor_in_a_country_is_news_once(ledger, said):
    noticer = Noticer(ledger, rules(News.FIRST_CLAIM))
    said()
    assert words(noticer) == ["Russia: first claim in Tajikistan"]
    said(6000, "Courier")
    assert words(noticer) == []
    said(status=Status.PLANNED, kind=Kind.DEPLOY, actor=Actor("China", "CHN"))
    assert words(noticer) == ["China: first claim in Tajikistan"]


def test_a_rule_goes_on_where_it_was_when_the_program_is_started_again(ledger, said):
    Noticer(ledger, rules(News.FIRST_CLAIM))
    said()
    assert words(Noticer(ledger, rules(News.FIRST_CLAIM))) == ["Russia: first claim in Tajikistan"]
    assert words(Noticer(ledger, rules(News.FIRST_CLAIM))) == []


def test_a_denial_and_a_force_at_home_are_no_first_claim(ledger, said):
    noticer = Noticer(ledger, rules(News.FIRST_CLAIM))
    said(status=Status.DENIED)
    said(actor=Actor("Tajikistan", "TJK"), outlet="Courier")
    assert words(noticer) == []


def test_a_class_of_force_not_yet_claimed_at_a_place_is_news(ledger, said):
    said(place=DUSHANBE)
    noticer = Noticer(ledger, rules(News.NEW_ASSET))
    said(30, asset=Asset.TANK, place=DUSHANBE)
    said(31, "Courier", asset=Asset.TANK, place=DUSHANBE)
    said(status=Status.PLANNED, kind=Kind.DEPLOY, asset=Asset.AIRCRAFT, place=DUSHANBE)
    (found,) = words(noticer)
    assert found == "Russia: tanks in Dushanbe (Tajikistan), not claimed there before"


def test_a_unit_at_a_place_where_it_was_not_is_news(ledger, said):
    said(unit="201st Military Base", place=DUSHANBE)
    noticer = Noticer(ledger, rules(News.UNIT_MOVED))
    said(unit="201st Military Base", place=DUSHANBE, outlet="Courier")
    said(unit="201st Military Base", place=Place("Bokhtar", "TJK"), day="2021-07-09")
    assert words(noticer) == ["201st Military Base (Russia): now in Bokhtar (Tajikistan)"]


def test_two_voices_that_exclude_each_other_are_news_and_again_after_they_agreed(ledger, said):
    said(7000)
    noticer = Noticer(ledger, rules(News.NEW_DISPUTE))
    said(700, "Courier")
    assert words(noticer) == ["Russia, personnel in Tajikistan: 2 voices do not agree"]
    said(700, "Courier", day="2021-07-09")
    assert words(noticer) == []
    said(7000, "Courier", day="2021-07-10")
    assert words(noticer) == []
    said(700, "Courier", day="2021-07-11")
    assert words(noticer) == ["Russia, personnel in Tajikistan: 2 voices do not agree"]


def test_an_estimate_that_leaves_its_interval_is_news_and_one_that_stays_is_not(ledger, said):
    today = datetime.now(UTC).date()
    for outlet in ("Herald", "Courier", "Letter"):
        said(1000, outlet, day=str(today - timedelta(3)))
    noticer = Noticer(ledger, rules(News.ESTIMATE_MOVED))
    said(1020, "Gazette", day=str(today - timedelta(2)))
    assert words(noticer) == []
    for outlet in ("Herald", "Courier", "Letter", "Gazette"):
        said(90_000, outlet, day=str(today))
    (found,) = words(noticer)
    assert found.startswith("Russia, personnel in Tajikistan: est. ")
    assert ", was " in found
    assert words(noticer) == []


@pytest.mark.parametrize(
    ("fields", "number"),
    [({"place": "Tajikistan"}, 1), ({"place": "Syria"}, 0), ({"actor": "Russia"}, 1), ({"actor": "China"}, 0),
     ({"asset": Asset.PERSONNEL}, 1), ({"asset": Asset.TANK}, 0)],
)  # fmt: skip
def test_a_rule_tells_of_what_it_names_only(ledger, said, fields, number):
    noticer = Noticer(ledger, rules(News.FIRST_CLAIM, **fields))
    said()
    assert len(noticer.news()) == number


def test_trying_rules_out_leaves_nothing_in_the_ledger(ledger, said):
    noticer = Noticer(ledger, rules(News.FIRST_CLAIM), keep=False)
    said()
    assert words(noticer) == ["Russia: first claim in Tajikistan"]
    assert words(noticer) == []
    assert noticing.count(ledger.session) == 0
    # Started in earnest, it begins from what is there then.
    assert words(Noticer(ledger, rules(News.FIRST_CLAIM))) == []


class Post:
    """Takes messages, while it is up."""

    def __init__(self):
        self.up, self.letters = True, []

    def __call__(self, target, title, text):
        if self.up:
            self.letters.append((target, title, text))
        return self.up


def test_news_are_sent_once_with_the_words_and_where_they_stand(ledger, said):
    chosen, post = rules(News.FIRST_CLAIM), Post()
    noticer = Noticer(ledger, chosen)
    said()
    noticer.news()
    assert tell(ledger, chosen, post).arrived == 1
    assert tell(ledger, chosen, post).arrived == 0
    ((_, title, text),) = post.letters
    assert title == "Garrison: Russia: first claim in Tajikistan"
    assert "“Russia keeps 7000 troops in Tajikistan" in text
    assert "Herald, 8 July 2021" in text


def test_without_content_a_message_names_the_rule_and_the_claim_alone(ledger, said):
    noticer = Noticer(ledger, rules(News.FIRST_CLAIM))
    said()
    title, text = message(noticer.news(), content=False)
    (cited,) = ledger.claims()
    assert (title, text) == ("Garrison: 1 new", f"first-claim: garrison why {cited.claim[:12]}")


def test_what_could_not_be_sent_is_tried_again_later_each_time_and_then_given_up(ledger, said):
    chosen, post = rules(News.FIRST_CLAIM), Post()
    noticer = Noticer(ledger, chosen)
    said()
    noticer.news()
    post.up, clock, waits = False, [1e10], []
    for _ in range(MOST_TRIES):
        began = clock[0]
        assert tell(ledger, chosen, post, now=lambda: clock[0]).failed
        while clock[0] < began + 2 * 24 * 3600 and not noticing.due(ledger.session, chosen.to[0], clock[0]):
            clock[0] += 60
        waits.append(clock[0] - began)
    assert waits[:-1] == sorted(waits[:-1])
    post.up = True
    assert tell(ledger, chosen, post, now=lambda: 2e10).arrived == 0


def test_one_that_cannot_be_reached_does_not_double_the_messages_of_another(ledger, said):
    chosen = Rules(rules(News.FIRST_CLAIM).rules, to=("json://up.example", "json://down.example"))
    noticer, letters = Noticer(ledger, chosen), []
    said()
    noticer.news()

    def send(target, title, text):
        letters.append(target)
        return "up" in target

    for hours in range(3):
        tell(ledger, chosen, send, now=lambda hours=hours: 1e10 + hours * 3600)
    assert letters.count("json://up.example") == 1
    assert letters.count("json://down.example") == 3


def test_of_what_was_erased_nobody_is_told(ledger, said):
    chosen, post = rules(News.FIRST_CLAIM), Post()
    noticer = Noticer(ledger, chosen)
    said()
    noticer.news()
    (cited,) = ledger.claims()
    ledger.redact(cited.document, because="a court said so")
    assert tell(ledger, chosen, post).arrived == 0
    assert recent(ledger, 10) == []
    assert b"first claim in" not in ledger.path.read_bytes()


def test_a_flood_of_news_is_one_message_that_says_how_much_it_leaves_out(ledger, said):
    from garrison.naming.countries import country_by_code

    noticer = Noticer(ledger, rules(News.FIRST_CLAIM))
    for country in list(country_by_code().values())[: LISTED + 5]:
        said(place=Place(country.name, country.iso3), actor=Actor("Somewhere", "XKX"))
    news = noticer.news()
    title, text = message(news, content=True)
    assert title == f"Garrison: {len(news)} new"
    assert f"and {len(news) - LISTED} pieces more" in text


FILE = """
[send]
to = ["json://one.example", "mailtos://desk:secret@mail.example"]
content = false

[[rule]]
name = "tanks near Dushanbe"
news = "new-asset"
actor = "Russia"
place = "Tajikistan"
asset = "tank"
"""


def test_rules_are_read_from_a_file(tmp_path):
    (tmp_path / "rules.toml").write_text(FILE)
    found = rules_in(tmp_path / "rules.toml")
    assert found.rules == (Rule("tanks near Dushanbe", News.NEW_ASSET, "Russia", "Tajikistan", Asset.TANK),)
    assert (len(found.to), found.content, found.outside_proxy) == (2, False, False)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("new-asset", "new-assets", "rule 1: news must be one of"),
        ('"tank"', '"tanks"', "asset must be one of"),
        ("actor", "actress", "'actress', which is none of"),
        ("content = false", 'content = "no"', "content must be true or false"),
        ("[[rule]]", "[rules]", "'rules', which is none of"),
        ("to = [", "to = [[", "is no TOML file"),
        ('name = "tanks near Dushanbe"', "name = 3", "name must be words"),
    ],
)
def test_a_mistake_in_the_rules_is_told_with_what_may_be_said_instead(tmp_path, old, new, words):
    (tmp_path / "rules.toml").write_text(FILE.replace(old, new))
    with pytest.raises(UsageError, match=words.replace("[", r"\[")):
        rules_in(tmp_path / "rules.toml")


def test_messages_do_not_go_past_a_proxy_unless_they_may():
    chosen = rules(News.FIRST_CLAIM)
    checked_way(chosen, None)
    checked_way(Rules(chosen.rules, chosen.to, outside_proxy=True), "socks5h://127.0.0.1:9050")
    with pytest.raises(UsageError, match="do not go through the proxy"):
        checked_way(chosen, "socks5h://127.0.0.1:9050")


def test_an_address_that_apprise_does_not_know_is_named_without_its_password():
    pytest.importorskip("apprise")
    with pytest.raises(UsageError) as told:
        through_apprise(["nosuch://desk:secret@mail.example"])
    assert "nosuch://…" in str(told.value)
    assert "secret" not in str(told.value)


def test_news_survive_being_noticed_but_not_sent(tmp_path, claim, reading):
    chosen, post = rules(News.FIRST_CLAIM), Post()
    text = TROOPS.format(n=7000, outlet="Herald")
    with Ledger.open(tmp_path / "l.db") as ledger:
        noticer = Noticer(ledger, chosen)
        ledger.record(reading(text, claim(text, number=7000)))
        noticer.news()
    with Ledger.open(tmp_path / "l.db") as ledger:
        Noticer(ledger, chosen)
        assert tell(ledger, chosen, post).arrived == 1
