"""A site that others can reach: nobody gets in unnamed, readers change nothing, forms are their session's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.errors import RefusedInput
from onrecord.record import Record
from onrecord.serve import build_site
from onrecord.serve.sessions import LASTS, Limit, Sessions
from onrecord.serve.users import Person, Users, line_for, load_users

TOKEN = "a token of the desk"


@pytest.fixture(scope="module")
def users() -> Users:
    people = (line_for("ines", "editor", "a long password").split(), line_for("omar", "reader", "another one").split())
    return Users({name: (role, digest) for name, role, digest in people}, TOKEN)


def client(record: Record, users: Users, host: str = "news.example") -> TestClient:
    app = build_site(record, loopback=False, users=users)
    return TestClient(app, base_url=f"https://{host}", follow_redirects=False)


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def log_in(site: TestClient, name: str, password: str, leads: str = "/") -> None:
    form = {"name": name, "password": password, "token": token_in(site.get("/login").text)}
    answer = site.post("/login?next=" + leads, data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, leads)


def test_nobody_gets_in_unnamed(record: Record, users: Users) -> None:
    site = client(record, users)
    answer = site.get("/speakers?name=a&page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fspeakers%3Fname%3Da%26page%3D2")
    assert site.get("/api/v1/counts").status_code == 401
    assert site.post("/collections/new", data={"name": "x"}).status_code == 401
    page = site.get("/login")
    assert page.status_code == 200
    assert "on record." not in page.text, "a stranger learns nothing of the record"
    assert site.get("/static/site.css").status_code == 200


def test_an_editor_logs_in_keeps_and_leaves(record: Record, users: Users) -> None:
    site = client(record, users)
    log_in(site, "ines", "a long password", "/about")
    cookie = site.cookies.jar._cookies["news.example"]["/"]["onrecord"]  # type: ignore[attr-defined]
    assert cookie.secure
    assert cookie.has_nonstandard_attr("HttpOnly")
    page = site.get("/collections")
    assert page.headers["cache-control"] == "private, no-cache"
    form = {"name": "Of Ines", "token": token_in(page.text)}
    assert site.post("/collections/new", data=form).status_code == 303
    assert site.post("/logout", data=form).status_code == 303
    assert site.get("/collections").status_code == 303


def test_a_reader_reads_and_changes_nothing(record: Record, users: Users) -> None:
    site = client(record, users)
    log_in(site, "omar", "another one")
    page = site.get("/collections")
    assert 'action="/collections/new"' not in page.text
    answer = site.post("/collections/new", data={"name": "y", "token": token_in(page.text)})
    assert (answer.status_code, answer.text) == (403, "omar is a reader; only an editor may change the record.\n")


def test_a_form_of_another_session_is_refused(record: Record, users: Users) -> None:
    one, other = client(record, users), client(record, users)
    other.app = one.app  # the same running site
    log_in(one, "ines", "a long password")
    log_in(other, "ines", "a long password")
    assert one.post("/logout", data={"token": token_in(other.get("/collections").text)}).status_code == 400
    assert one.get("/collections").status_code == 200


def test_wrong_passwords_are_counted(record: Record, users: Users) -> None:
    site = client(record, users)
    token = token_in(site.get("/login").text)
    answers = [site.post("/login", data={"password": "no such token", "token": token}).status_code for _ in range(12)]
    assert answers[0] == 403
    assert answers[-1] == 429


def test_programs_send_the_token(record: Record, users: Users) -> None:
    site = client(record, users)
    assert site.get("/api/v1/counts", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    wrong = site.get("/api/v1/counts", headers={"authorization": "Bearer no"})
    assert (wrong.status_code, wrong.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("leads", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_logging_in_leads_to_no_other_site(record: Record, users: Users, leads: str) -> None:
    site = client(record, users)
    form = {"password": TOKEN, "token": token_in(site.get("/login").text)}
    assert site.post("/login", params={"next": leads}, data=form).headers["location"] == "/"


def test_a_session_ends_by_itself() -> None:
    time = [0.0]
    sessions = Sessions(lambda: time[0])
    number = sessions.start(Person("ines", "editor"))
    assert sessions.find(number) == Person("ines", "editor")
    assert sessions.find(number + "x") is None
    time[0] = LASTS + 1
    assert sessions.find(number) is None


def test_a_limit_fills_up_again_with_time() -> None:
    time = [0.0]
    limit = Limit(3, lambda: time[0])
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]
    assert limit.allows("b")
    time[0] = 20.0
    assert [limit.allows("a"), limit.allows("a")] == [True, False]


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "names nobody"), ("ines editor", "line 1: a name, reader or editor"), ("ines boss x", "line 1"),
     ("# a\nines editor plain", "line 2: the third part is no argon2 digest")],
)  # fmt: skip
def test_a_wrong_users_file_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "users").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedInput, match=says):
        load_users(tmp_path / "users")


def test_a_short_token_is_none() -> None:
    with pytest.raises(RefusedInput, match="16 characters at least, got 3"):
        load_users(None, "abc")
