"""HTML pages: what is the article, what the page says of it, and what stands around it."""

import gzip

import pytest

BODY = """
<p>Russia will send up to 6,000 servicemen and more than a hundred tanks to the base, an official said on Tuesday.</p>
<p>The official did not say when they would come, or from where; the ministry has declined to comment on it so far.</p>
<p>About 7,000 troops of the division are stationed in three facilities, the largest of which is in the capital.</p>
<p>A readiness check of the garrison in the south will end on Friday, according to a statement by the district.</p>
"""

PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<meta charset="utf-8">
<title>Tanks for the base | Oxus Herald</title>
<meta property="og:title" content="Tanks for the base - Oxus Herald">
<meta property="og:site_name" content="Oxus Herald">
<meta name="author" content="By A. Writer and B. Reporter">
<meta property="article:published_time" content="2021-07-08T09:00:00+05:00">
<meta name="copyright" content="Oxus Herald 2021">
<link rel="canonical" href="https://oxus-herald.example/world/tanks">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Tanks for the base</h1>
<figure><img src="c.jpg">
<figcaption>A column of armoured vehicles enters the town in June. <span>Photo: B. Reporter</span></figcaption></figure>
{body}
<p>Read more: <a href="/other">Ten things to know about the base</a></p>
<p>© 2021 Oxus Herald. All rights reserved.</p>
</article>
<aside><h3>Most read</h3><ul><li><a href="/x">Reservists called up to the border</a></li></ul></aside>
<div id="comments"><h3>Leave a Reply</h3><p>Be the first to comment</p>
<p>This site uses Akismet to reduce spam. Learn how your comment data is processed.</p></div>
<div class="cookie-banner"><p>We use cookies to improve your experience. By continuing you agree.</p></div>
<footer>© 2021 Oxus Herald</footer>
</body></html>"""


def page(body=BODY, **changes):
    """The page above, with ``changes`` to what it says of itself."""
    text = PAGE.replace("{body}", body)
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def test_the_body_is_the_article_and_nothing_around_it(read):
    text = read(page()).text
    for number in ("6,000", "hundred tanks", "7,000 troops", "readiness check"):
        assert number in text
    for furniture in ("Home", "Most read", "Reservists", "Reply", "Akismet", "comment\n", "cookies", "©", "Read more"):
        assert furniture not in text


def test_the_title_is_not_repeated_in_the_text_and_does_not_name_the_outlet(read):
    document = read(page())
    assert document.title == "Tanks for the base"
    assert "Tanks for the base" not in document.text


def test_a_title_without_a_heading_loses_the_name_of_its_outlet(read):
    document = read(page(heading=("<h1>Tanks for the base</h1>", "")))
    assert document.title == "Tanks for the base"


def test_a_dash_that_is_part_of_a_title_stays(read):
    changed = page(
        meta=('content="Tanks for the base - Oxus Herald"', 'content="Tanks - and troops"'),
        heading=("<h1>Tanks for the base</h1>", ""),
    )
    assert read(changed).title == "Tanks - and troops"


def test_outlet_authors_address_and_day_come_from_the_page(read):
    document = read(page())
    assert document.outlet == "Oxus Herald"
    assert document.authors == ("A. Writer", "B. Reporter")
    assert document.url == "https://oxus-herald.example/world/tanks"
    assert document.published == "2021-07-08"
    assert document.language == "en"


def test_linked_data_say_what_meta_tags_do_not(read):
    linked = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
    "headline": "Tanks for the base", "datePublished": "2021-07-06",
    "author": [{"@type": "Person", "name": "C. Third"}]}]}</script></head>"""
    changed = page(
        date=('<meta property="article:published_time" content="2021-07-08T09:00:00+05:00">', ""),
        head=("</head>", linked),
    )
    document = read(changed)
    assert document.published == "2021-07-06"
    assert document.authors == ("C. Third",)


def test_of_several_articles_in_linked_data_the_page_is_about_the_one_of_its_title(read):
    other = '{"@type": "NewsArticle", "headline": "Reservists called up", "datePublished": "2021-06-30"}'
    own = '{"@type": "NewsArticle", "headline": "Tanks for the base", "datePublished": "2021-07-08"}'
    data = f'<script type="application/ld+json">[{other}, {own}]</script></head>'
    changed = page(
        head=("</head>", data), day=('<meta property="article:published_time" content="2021-07-08T09:00:00+05:00">', "")
    )
    document = read(changed)
    assert (document.title, document.published) == ("Tanks for the base", "2021-07-08")


def test_linked_data_that_are_broken_cost_nothing(read):
    broken = page(head=("</head>", '<script type="application/ld+json">{"@type": [[[</script></head>'))
    assert read(broken).published == "2021-07-08"


def test_the_day_in_the_address_wins_over_one_given_in_another_zone(read):
    changed = page(
        date=("2021-07-08T09:00:00+05:00", "2021-07-09T02:00:00Z"),
        address=("example/world/tanks", "example/2021/07/08/tanks"),
    )
    assert read(changed).published == "2021-07-08"


def test_a_page_without_a_date_has_none(read):
    dated = '<meta property="article:published_time" content="2021-07-08T09:00:00+05:00">'
    undated = page(date=(dated, ""), copyright=('content="Oxus Herald 2021"', 'content="Oxus Herald"'))
    assert read(undated.replace("© 2021".encode(), "©".encode())).published is None


def test_captions_are_kept_in_the_text_and_marked(read):
    document = read(page())
    (caption,) = document.captions
    assert caption.of(document.text).startswith("A column of armoured vehicles enters the town in June.")


def test_a_credit_alone_is_no_caption(read):
    changed = page(caption=("A column of armoured vehicles enters the town in June. ", ""))
    assert read(changed).captions == ()


def test_the_rights_notice_is_kept_apart(read):
    rights = read(page()).rights
    assert "Oxus Herald 2021" in rights
    assert "All rights reserved" in rights


def test_the_rights_notice_at_the_foot_of_the_page_is_kept(read):
    assert "© 2021 Oxus Herald" in read(page()).rights.split("\n")


def test_an_article_that_stands_in_two_columns_is_read_whole(read):
    chunks = "".join(
        f'<div class="row"><div class="chunk">{BODY.replace("7,000", f"{n},000")}</div></div>' for n in (1, 2)
    )
    text = read(page(chunks.replace("Russia will", "Moscow will", 1))).text
    assert "1,000 troops" in text
    assert "2,000 troops" in text


def test_the_same_page_gives_the_same_document(read):
    assert read(page()) == read(page())


def test_a_page_packed_with_gzip_is_unpacked(read):
    assert read(gzip.compress(page()), "page.html.gz") == read(page())


def test_a_page_is_told_by_its_tags_whatever_its_name(read):
    assert read(page(), "download.txt").title == "Tanks for the base"


def test_a_page_declared_in_the_wrong_encoding_is_read_right(read):
    accented = page().replace(b"the town in June", "Qurghonteppa — “été”".encode())
    wrongly = accented.replace(b'<meta charset="utf-8">', b'<meta charset="iso-8859-1">')
    assert "Qurghonteppa — “été”" in read(wrongly).text


def test_a_page_in_a_declared_encoding_is_read_in_it(read):
    text = page().decode().replace("utf-8", "windows-1251").replace("an official", "генерал Иванов")
    assert "генерал Иванов" in read(text.replace("©", "(c)").encode("cp1251")).text


def test_the_encoding_that_a_server_states_counts(read):
    text = page().decode().replace('<meta charset="utf-8">', "").replace("an official", "генерал Иванов")
    data = text.replace("©", "(c)").encode("koi8-r")
    assert "генерал Иванов" in read(data, media="text/html; charset=koi8-r").text


@pytest.mark.parametrize("tag", ["div", "font", "b", "table", "svg", "script", "ul"])
def test_a_million_nested_tags_leave_the_words(read, tag):
    data = b"<html><title>Deep</title><body>" + f"<{tag}>".encode() * 1_000_000 + BODY.encode()
    assert "6,000 servicemen" in read(data).text


def test_a_page_too_deep_for_a_tree_still_says_when_and_where(read):
    head, _, rest = page().partition(b"</head>")
    document = read(head + b"</head>" + b"<div>" * 1_000_000 + rest)
    assert (document.title, document.published) == ("Tanks for the base", "2021-07-08")
    assert "Akismet" not in document.text


def test_a_million_nested_tags_without_a_word_are_refused(refused):
    assert "no article text" in refused(b"<div>" * 1_000_000)


def test_a_million_attributes_of_one_tag_leave_the_words(read):
    data = b"<html><div " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">" + BODY.encode()
    assert "6,000 servicemen" in read(data).text


def test_a_million_comments_that_never_end_are_refused(refused):
    assert "no article text" in refused(b"<html>" + b"<!--" * 1_000_000)


def test_a_page_without_words_is_refused(refused):
    assert "no article text" in refused(b"<html><body></body></html>")


def test_a_page_beyond_the_limit_is_refused_with_the_limit(refused):
    assert "larger than the 20 MB" in refused(b"<html>" + b"<p>words</p>" * 2_000_000)


SUMMARY = "The ministry says nothing of it, but officials in two capitals expect the first trains before the autumn."


def test_the_standfirst_that_a_page_shows_and_describes_itself_by_is_read(read):
    described = ("<head>", f'<head><meta name="description" content="{SUMMARY}">')
    shown = ("<article>", f"<header><div><div>{SUMMARY}</div><span>Share</span></div></header><article>")
    assert read(page(described=described, shown=shown)).text.startswith(SUMMARY + "\n\n")
    assert SUMMARY not in read(page(described=described)).text


def test_a_standfirst_that_the_text_begins_with_is_read_once(read):
    described = ("<head>", f'<head><meta name="description" content="{SUMMARY}">')
    document = read(page(body=f"<p>{SUMMARY}</p>{BODY}", described=described))
    assert document.text.count(SUMMARY) == 1


def test_a_paragraph_that_begins_as_a_caption_does_is_no_caption(read):
    opening = "Roughly 13,000 foreign troops remain in the country, many years after the first of them had"
    caption = f"<figure><figcaption>{opening} come [File: Agency]</figcaption></figure>"
    document = read(page(body=f"{BODY}{caption}<p>{opening} been sent there in the weeks after the attack.</p>"))
    captions = [span.of(document.text) for span in document.captions]
    assert not any("weeks after the attack" in one for one in captions)


def test_items_of_a_list_may_repeat_one_another(read):
    item = "<li>Two companies of motorised infantry, one battery of howitzers, and an air defence platoon</li>"
    lists = f"<h2>In the north</h2><ul>{item}</ul><h2>In the south of the country</h2><ul>{item}</ul>"
    assert read(page(body=f"{BODY}{lists}{BODY}")).text.count("Two companies of motorised infantry") == 2


@pytest.mark.parametrize(
    "call",
    [
        "Follow the Oxus Herald Opinion section on Facebook and Twitter.",
        "Start your day with us: sign up for the free Herald newsletter.",
        "The views expressed in this article are the author's own.",
        "Image Source: B. Reporter / Agency",
        "WATCH: Tanks arrive at the station",
    ],
)
def test_calls_to_the_reader_are_no_text(read, call):
    assert call not in read(page(body=f"{BODY}<p>{call}</p>{BODY.replace('Russia', 'Moscow')}")).text


@pytest.mark.parametrize(
    "call",
    [
        "Lesen Sie auch: Panzer in der Stadt",
        "Abonnez-vous à notre lettre du matin",
        "Leggi anche",
        "Continua após a publicidade",
        "Читайте также: Танки в столице",
        "Подписывайтесь на наш канал",
        "اقرأ أيضا: الجيش في العاصمة",
        "相关阅读：坦克",
    ],
)
def test_calls_to_the_reader_in_other_languages_are_no_text(read, call):
    assert call not in read(page(BODY + f"<p>{call}</p>")).text


@pytest.mark.parametrize(
    "sentence",
    [
        "Leggi anche le parole del ministro, disse il generale, prima di partire per il confine con la divisione.",
        "По теме переговоров стороны не договорились, сообщил в четверг представитель министерства обороны.",
        "Zum Thema Panzer sagte der Minister, es seien sechs Kompanien in den Süden des Landes verlegt worden.",
    ],
)
def test_a_sentence_that_begins_as_a_call_does_is_text(read, sentence):
    assert sentence in read(page(BODY + f"<p>{sentence}</p>")).text


@pytest.mark.parametrize("line", ["Published July 8, 2021, 9:00 a.m.", "8 July 2021", "By A. Writer and B. Reporter"])
def test_a_line_with_the_day_or_the_authors_above_the_article_is_no_text(read, line):
    assert line not in read(page(f"<p>{line}</p>{BODY}")).text


@pytest.mark.parametrize("line", ["3 March 2020", "A. Writer saw the column leave the base on Tuesday evening."])
def test_a_line_that_says_another_day_or_more_of_an_author_is_text(read, line):
    assert line in read(page(f"<p>{line}</p>{BODY}")).text


STATED = ('<meta property="article:published_time" content="2021-07-08T09:00:00+05:00">', "")


def day_of(read, above: str, within: str) -> str | None:
    """The day of a page that states none, with something above its article and something beneath its headline."""
    heading = "<h1>Tanks for the base</h1>"
    changes = {"stated": STATED, "above": ("<nav>", f"{above}<nav>"), "within": (heading, heading + within)}
    return read(page(**changes)).published


@pytest.mark.parametrize(
    "within",
    [
        '<time datetime="2021-07-08T09:00">this morning</time>',
        "<div>8 July 2021, 9:00</div>",
        '<span class="date-published">08.07.2021</span>',
        "<p><small>Jul 8, 2021</small></p>",
    ],
)
@pytest.mark.parametrize(
    "above",
    [
        "",
        '<header><time class="date" datetime="2023-01-05">Thursday, 5 January 2023</time></header>',
        '<div class="ticker"><a href="/x"><time class="date" datetime="2023-01-05">5 Jan</time> Another</a></div>',
        '<div class="related"><span class="date">5 January 2023</span></div>',
    ],
)
def test_the_day_is_the_articles_and_not_todays_or_that_of_what_stands_beside(read, above, within):
    assert day_of(read, above, within) == "2021-07-08"


def test_the_year_of_a_rights_notice_is_no_day(read):
    assert day_of(read, "", "") is None


def test_a_day_stated_in_seconds_is_read(read):
    stated = '<meta name="publish-date" content="1625738400">'
    assert read(page(stated=(STATED[0], stated))).published == "2021-07-08"


def test_a_heading_with_the_outlets_name_is_not_the_title(read):
    changes = {
        "named": ('<meta property="og:site_name" content="Oxus Herald">', ""),
        "title": ("<title>Tanks for the base | Oxus Herald</title>", "<title>Oxus Herald: Tanks for the base</title>"),
        "og": ('content="Tanks for the base - Oxus Herald"', 'content="Tanks for the base"'),
        "logo": ("<nav>", "<h1>Oxus Herald</h1><nav>"),
    }
    assert read(page(**changes)).title == "Tanks for the base"


def test_a_page_that_calls_itself_by_its_outlet_alone_has_its_heading_for_a_title(read):
    changes = {
        "title": ("<title>Tanks for the base | Oxus Herald</title>", "<title>The Herald Weekly</title>"),
        "og": ('<meta property="og:title" content="Tanks for the base - Oxus Herald">', ""),
    }
    assert read(page(**changes)).title == "Tanks for the base"


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by A. Writer; additional reporting by B. Reporter; Editing by C. Desk)",
        "Two Herald reporters in the capital contributed to this report.",
        "Updated at 1:23 p.m.",
        "5 min read",
        "a.writer@herald.example",
        "A. Writer is a correspondent of the Herald and has covered the region since 2010.",
    ],
)
def test_who_wrote_an_article_and_when_is_no_text_at_its_end(read, line):
    assert line not in read(page(BODY + f"<p>{line}</p>")).text


@pytest.mark.parametrize(
    "sentence",
    [
        "Reporting by state media of the losses has stopped. The ministry gave no reason for that on Thursday.",
        "Belarus contributed to this report of the commission by opening two of its bases to the inspectors.",
        "Tajikistan is a member of the alliance and the host of its largest base abroad, an analyst at the fund said.",
    ],
)
def test_a_sentence_about_reports_at_the_end_is_text(read, sentence):
    assert sentence in read(page(BODY + f"<p>{sentence}</p>")).text
