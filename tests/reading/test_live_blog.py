"""Live blogs: each entry is a document of its own, with its own time."""

import json

import pytest

from garrison.reading import read_bytes
from garrison.vocabulary import Document

HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Border: live | Oxus Herald</title>
<meta property="og:site_name" content="Oxus Herald">
<meta property="article:published_time" content="2021-07-07T06:00:00Z">
<link rel="canonical" href="https://oxus-herald.example/live/border">{linked}</head>
"""
LEAD = """<p>Everything that is known of the situation at the border stands here, the newest first, as it comes in.</p>
<p>The ministries of both countries have promised statements for the evening; we will bring them as they are made.</p>
"""
POST = """<article class="live-blog__post" id="{mark}"><time datetime="{at}">{at}</time><h3>{head}</h3>
<p>{words}</p><p>More on this when it comes, an official of the district said on the telephone.</p></article>"""
POSTS = (
    ("post-3", "2021-07-08T09:10:00+05:00", "Tanks", "Russia will send more than a hundred tanks to the base."),
    ("post-2", "2021-07-08T00:05:00+05:00", "Troops", "About 7,000 troops are stationed in the country today."),
    ("post-1", "2021-07-07T21:40:00+05:00", "Call-up", "Tajikistan has called up 20,000 reservists for the border."),
)


def blog(posts=POSTS, linked="", wrap='<main class="liveblog">{lead}<section>{posts}</section></main>'):
    marked = "".join(POST.format(mark=mark, at=at, head=head, words=words) for mark, at, head, words in posts)
    body = wrap.format(lead=f"<h1>Border: live</h1>{LEAD}", posts=marked)
    return (HEAD.format(linked=linked) + f"<body>{body}</body></html>").encode()


def documents(data):
    found = list(read_bytes(data, name="page.html"))
    assert all(isinstance(each, Document) for each in found), found
    return found


def test_the_entries_are_documents_with_their_own_times_and_the_rest_is_the_page():
    page, *posts = documents(blog())
    assert page.post is None
    assert page.published == "2021-07-07"
    assert "7,000" not in page.text
    assert [(each.post.mark, each.post.at) for each in posts] == [(mark, at) for mark, at, _, _ in POSTS]
    assert [each.published for each in posts] == ["2021-07-08", "2021-07-08", "2021-07-07"]
    for each, (_, _, head, words) in zip(posts, POSTS, strict=True):
        assert each.text.startswith(f"{head}\n\n{words}")


def test_an_entry_has_the_address_of_its_place_in_the_blog():
    _, first, *_ = documents(blog())
    assert first.url == "https://oxus-herald.example/live/border#post-3"
    assert (first.title, first.outlet) == ("Border: live", "Oxus Herald")


def test_an_entry_keeps_its_mark_when_the_blog_grows():
    before, after = documents(blog(POSTS[1:])), documents(blog())
    assert {each.post.mark: each.text for each in before[1:]}.items() <= {
        each.post.mark: each.text for each in after[1:]
    }.items()


def test_entries_that_only_linked_data_tell_apart_are_read_from_there():
    updates = [
        {
            "@type": "BlogPosting",
            "headline": head,
            "datePublished": at,
            "articleBody": f"{words}\nMore on this when it comes.",
            "url": f"https://oxus-herald.example/live/border#{mark}",
        }
        for mark, at, head, words in POSTS
    ]
    node = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Border: live",
            "datePublished": "2021-07-07", "liveBlogUpdate": updates}  # fmt: skip
    linked = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    _, *posts = documents(blog((), linked))
    assert [each.post.mark for each in posts] == ["post-3", "post-2", "post-1"]
    assert (
        posts[1].text
        == "Troops\n\nAbout 7,000 troops are stationed in the country today.\n\nMore on this when it comes."
    )
    assert posts[2].published == "2021-07-07"


@pytest.mark.parametrize(
    "wrap",
    [
        "<main>{lead}<section>{posts}</section></main>",
        '<main class="liveblog">{lead}</main><aside>{posts}</aside>'.replace("{posts}", POST.format(
            mark="teaser", at="2021-07-01", head="Elsewhere", words="A teaser of another story, with its own time.")),
    ],
    ids=["articles on a page that is no live blog", "one teaser"],
)  # fmt: skip
def test_what_is_no_live_blog_stays_one_document(wrap):
    data = blog(wrap=wrap).replace(b"live-blog__post", b"story post").replace(b"Border: live", b"The border")
    assert len(documents(data)) == 1
