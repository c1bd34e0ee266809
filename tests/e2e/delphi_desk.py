"""A moderator's desk through the HTTP API: a pilot, links that end, who is missing, reminders by file and by mail, exports that other programs open, expert tables."""
import csv
import email
import email.policy
import io
import pathlib
import shutil
import subprocess
import sys
import time
import zipfile

from delphi import Expert
from server_client import PROGRAM, Client, Server, check, make_workspace

EXPERTS = 13
BASE = "/api/v1/w/field"


def cli(*arguments):
    return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True).stdout


def make_study(moderator):
    study = moderator.expect(201, "POST", f"{BASE}/delphi/studies", {"title": {"zh": "机器人", "en": "Robots"}, "template": "china", "first_year": 2026}).json
    one = f"{BASE}/delphi/studies/{study['id']}"
    moderator.expect(201, "POST", f"{one}/items", {"items": [{"field": "robots", "zh": "软体机器人", "en": "Soft robots"}, {"field": "cars", "en": "Self-driving cars"}]})
    return study, one


def pilot(server, moderator, one, questions):
    """Test seats answer in design; nothing of theirs is in any result."""
    moderator.expect(200, "PUT", f"{one}/pilot", {"open": True})
    links = moderator.expect(201, "POST", f"{one}/invitations", {"pilot": True, "invitees": [{"name": f"Tester {i}"} for i in range(2)]}).json["items"]
    first, second = (Expert(server, link["link"]) for link in links)
    first.ask(403, "GET", "/cards")
    for tester in (first, second):
        tester.ask(204, "POST", "/consent", {"text_version": "1"})
    seen = first.ask(200, "GET").json
    check(seen["pilot"] and seen["state"] == "round_open", "a test seat is told it tries the questionnaire")
    years = [q["id"] for q in questions if q["type"] == "year"]
    scale = next(q for q in questions if q["type"] == "scale")
    first.ask(200, "PUT", "/cards/item-1", {scale["id"]: {"option": scale["options"][0]["id"]}, years[0]: {"realized": "unknown"}})
    first.ask(200, "PUT", "/cards/item-2", {scale["id"]: {"abstained": True}})
    first.ask(409, "POST", "/cards/item-1/arguments", {"text": "a trial"})
    sheet = moderator.expect(200, "GET", f"{one}/pilot").json
    check((sheet["seats"], sheet["consented"], sheet["started"], sheet["finished"], sheet["cards"]) == (2, 2, 1, 1, 2), f"{sheet}")
    asked = len(questions) * 2
    check(abs(sheet["dont_know_share"] - 2 / 3) < 1e-9 and abs(sheet["skipped_share"] - (asked - 3) / asked) < 1e-9, f"don't know and skipped: {sheet}")
    check(sheet["items"][0]["seconds"] is not None and sheet["seconds_a_card"] >= 0, "time of a card")
    funnel = moderator.expect(200, "GET", one).json["funnel"]
    check(funnel["invited"] == 0, "test seats are not of the panel")
    moderator.expect(409, "POST", f"{one}/steps", {"step": "open_round"})
    return first


def links_and_missing(server, moderator, one, study, questions):
    moderator.expect(200, "POST", f"{one}/steps", {"step": "lock_protocol"})
    moderator.expect(200, "POST", f"{one}/steps", {"step": "recruit"})
    moderator.expect(409, "POST", f"{one}/steps", {"step": "open_round"})  # test seats alone are no panel
    people = [{"name": f"Expert {i}", "email": f"e{i}@example.org", "attributes": {"sector": "academia" if i % 2 == 0 else "industry"}} for i in range(EXPERTS)]
    links = moderator.expect(201, "POST", f"{one}/invitations", {"invitees": people}).json["items"]
    moderator.expect(409, "GET", f"{one}/missing")
    moderator.expect(200, "POST", f"{one}/steps", {"step": "open_round"})
    experts = [Expert(server, link["link"]) for link in links]
    for expert in experts:
        expert.ask(204, "POST", "/consent", {"text_version": "1"})

    # A lost link ends when a new one is given; a revoked one opens nothing until it is renewed.
    lost = moderator.expect(201, "POST", f"{one}/links/renew", {"email": "e0@example.org"}).json["link"]
    experts[0].ask(403, "GET")
    experts[0] = Expert(server, lost)
    experts[0].ask(200, "GET")
    moderator.expect(400, "POST", f"{one}/links/revoke", {"name": "Expert 1", "reason": " "})
    moderator.expect(404, "POST", f"{one}/links/revoke", {"name": "Nobody", "reason": "test"})
    moderator.expect(204, "POST", f"{one}/links/revoke", {"name": "Expert 1", "reason": "left"})
    experts[1].ask(403, "GET")
    check(moderator.expect(200, "GET", f"{one}/missing").json["missing"] == EXPERTS - 1, "a revoked seat is not missed")
    link = cli("delphi", "renew", "field", study, "--email", "e1@example.org", "--url", "http://here").strip()
    experts[1] = Expert(server, link)
    experts[1].ask(204, "POST", "/consent", {"text_version": "1"})

    # Who is missing: codes without names; the list of names only while it tells nobody apart.
    scale = next(q for q in questions if q["role"] == "importance")
    answer = {scale["id"]: {"option": scale["options"][-1]["id"]}}
    for expert in experts[:6]:
        for item in ("item-1", "item-2"):
            expert.ask(200, "PUT", f"/cards/{item}", answer)
    missing = moderator.expect(200, "GET", f"{one}/missing").json
    check(missing["missing"] == 7 and not missing["mail"] and all(set(item) == {"seat", "state"} for item in missing["items"]), f"{missing}")
    check(cli("delphi", "missing", "field", study).count("seat-") == 7, "the command counts the same")
    reminded = moderator.expect(200, "POST", f"{one}/reminders", {}).json
    check(reminded["channel"] == "file" and sorted(i["email"] for i in reminded["items"]) == sorted(f"e{i}@example.org" for i in range(6, 13)) and "seat-" not in str(reminded), f"{reminded}")
    Expert(server, reminded["items"][0]["link"]).ask(200, "GET")
    experts[6].ask(200, "PUT", "/cards/item-1", answer)  # the first link stays good
    experts[6].ask(200, "PUT", "/cards/item-2", answer)
    moderator.expect(409, "POST", f"{one}/reminders", {})  # one fewer: the two lists would tell one person apart
    return experts, answer


def reminders_by_mail(server, moderator, one):
    pathlib.Path("box").mkdir()
    with subprocess.Popen([sys.executable, str(pathlib.Path(__file__).parent / "alerts_out.py"), "box"]) as post:
        try:
            while not pathlib.Path("box/ports").exists():
                time.sleep(0.05)
            port = pathlib.Path("box/ports").read_text().split()[0]
            with open("field/jianwei.toml", "a", encoding="utf-8") as settings:
                settings.write(f'\n[mail]\nurl = "smtp://127.0.0.1:{port}"\nfrom = "delphi@example.org"\nto = ["desk@example.org"]\n')
            check(moderator.expect(200, "GET", f"{one}/missing").json["mail"], "mail is set up")
            job = moderator.expect(202, "POST", f"{one}/reminders", {}).json
            for _ in range(200):
                state = moderator.expect(200, "GET", f"/api/v1/jobs/{job['job']}").json
                if state["state"] in ("done", "failed"):
                    break
                time.sleep(0.05)
            check(state["state"] == "done" and state["result"]["sent"] == 6, f"{state}")
        finally:
            post.kill()
    mails = [email.message_from_bytes(part, policy=email.policy.default) for part in pathlib.Path("box/mails").read_bytes().split(b"\n=====\n")[:-1]]
    check(sorted(mail["To"] for mail in mails) == sorted(f"e{i}@example.org" for i in range(7, 13)), "each alone, to those missing")
    text = mails[0].get_content()
    link = next(word for word in text.split() if "/p/field#" in word)
    check("机器人" in text and "Robots" in text, "in both languages")
    Expert(server, link).ask(200, "GET")
    events = moderator.expect(200, "GET", f"{one}/events").json
    kinds = [event["kind"] for event in events["items"]]
    check(events["whole"] and kinds.count("reminded") == 2 and "seat-" not in str(events) and "@example" not in str(events), "one event a reminder, and it names nobody")


def exports(moderator, one, study):
    """Every format holds the same answers; R, where it is installed, opens them."""
    long = list(csv.DictReader(io.StringIO(moderator.expect(200, "GET", f"{one}/export").body.decode("utf-8-sig"))))
    check(all(row["round"] == "1" for row in long) and not any("Tester" in str(row) for row in long), "no answer of the trial")
    pack = zipfile.ZipFile(io.BytesIO(moderator.expect(200, "GET", f"{one}/export?format=r").body))
    check(pack.testzip() is None and set(pack.namelist()) == {"answers.csv", "read.R", "codebook.csv"}, "for R")
    table = list(csv.DictReader(io.StringIO(pack.read("answers.csv").decode())))
    check(len(table) == len({(row["respondent"], row["item"]) for row in long}) == 14, f"a row a card: {len(table)}")
    scale = [row["value"] for row in long if row["question"] == "importance"]
    check(len(scale) == sum(row["importance"] != "" for row in table), "the same answers")
    for format_, start in (("xlsx", b"PK"), ("dta", b"<stata_dta>")):
        body = moderator.expect(200, "GET", f"{one}/export?format={format_}").body
        check(body.startswith(start), format_)
        pathlib.Path(f"answers.{format_}").write_bytes(body)
    pathlib.Path("r").mkdir()
    pack.extractall("r")
    moderator.expect(400, "GET", f"{one}/export?format=sav")
    cli("delphi", "export", "field", study, "--format", "dta", "-o", "cli.dta")
    check(len(pathlib.Path("cli.dta").read_bytes()) == len(pathlib.Path("answers.dta").read_bytes()), "the command writes the same table")
    return open_in_r()


R_CHECKS = """
setwd("r"); source("read.R", encoding = "UTF-8"); setwd("..")
stopifnot(nrow(answers) == 14, is.ordered(answers$importance), is.integer(answers$technical), nlevels(answers$importance) == 5, attr(answers$importance, "label") != "")
if (requireNamespace("haven", quietly = TRUE)) {
  stata <- haven::read_dta("answers.dta")
  stopifnot(identical(names(stata), names(answers)), nrow(stata) == 14, all(table(stata$importance) == table(answers$importance)[table(answers$importance) > 0]))
  labels <- attr(stata$importance, "labels")
  stopifnot(identical(names(sort(labels)), levels(answers$importance)), attr(stata$importance, "label") == attr(answers$importance, "label"))
  stopifnot(all(sort(as.character(stata$sector)) == sort(answers$sector)))
  cat("haven ")
}
if (requireNamespace("readxl", quietly = TRUE)) {
  long <- readxl::read_excel("answers.xlsx", sheet = "answers"); book <- readxl::read_excel("answers.xlsx", sheet = 2)
  stopifnot(sum(long$question == "importance") == sum(!is.na(answers$importance)), all(unique(long$question) %in% book$question))
  cat("readxl ")
}
cat("R\n")
"""


def open_in_r():
    if not shutil.which("Rscript"):
        return "R is not installed"
    done = subprocess.run(["Rscript", "-e", R_CHECKS], capture_output=True, text=True)
    check(done.returncode == 0, f"R: {done.stderr}")
    return "opened by " + done.stdout.strip()


def tables(moderator, viewer):
    text = "姓名,单位,ORCID\n王伟,某大学,\n坏号码,某大学,1234\n王伟,某大学,\n".encode()
    send = {"Content-Type": "application/octet-stream"}
    viewer.expect(403, "POST", f"{BASE}/experts/imports", raw=text, headers=send)
    for path, status in (("/preview", 200), ("", 201)):
        done = moderator.expect(status, "POST", f"{BASE}/experts/imports{path}?name=experts.csv", raw=text, headers=send).json
        check(done["added"] == 1 and [(r["line"], r["field"]) for r in done["rejects"]] == [(3, "orcid"), (4, "")], f"{path}: {done}")
        check((done["experts"][0]["id"] == "") == (path == "/preview"), "a preview adds nobody")
    check(moderator.expect(200, "GET", f"{BASE}/experts").json["total"] == 1, "one expert")
    moderator.expect(400, "POST", f"{BASE}/experts/imports?name=experts.csv", raw=b"a,b\n1,2\n", headers=send)
    back = moderator.expect(201, "POST", f"{BASE}/lookback/imports?name=back.csv", raw="编号,结果,领域\n1,已实现,储能\n2,unclear,储能\n".encode(), headers=send).json
    check(back["outcomes"] == 1 and back["rejects"][0]["line"] == 3, f"{back}")
    sheet = moderator.expect(200, "GET", f"{BASE}/lookback/outcomes").body
    check("储能" in sheet.decode("utf-8-sig"), "outcomes as a table")
    check(moderator.expect(201, "POST", f"{BASE}/lookback/imports?name=again.csv", raw=sheet, headers=send).json == {"outcomes": 1, "forecasts": 0, "rejects": []}, "which reads back")


def main():
    make_workspace()
    server = Server("field")
    admin = server.set_up()
    moderator = server.add_user(admin, "mo", ["moderator"])
    viewer = server.add_user(admin, "vi", ["viewer"])
    study, one = make_study(moderator)
    tester = pilot(server, moderator, one, study["questions"])
    links_and_missing(server, moderator, one, study["id"], study["questions"])
    tester.ask(409, "PUT", "/cards/item-1", {"importance": {"abstained": True}})  # the first round ended the trial
    reminders_by_mail(server, moderator, one)
    opened = exports(moderator, one, study["id"])
    tables(moderator, viewer)
    check(Client(server).get(f"{one}/missing").status == 401, "not without a sign-in")
    server.stop()
    print(f"pilot, links, missing, reminders, exports ({opened}), tables: as described")


if __name__ == "__main__":
    sys.exit(main())
