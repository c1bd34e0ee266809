"""A Delphi study through the HTTP API, as a moderator and as experts would."""
import sys

from server_client import ROLES, Client, Server, check, make_workspace

EXPERTS = 13


class Expert:
    """A browser that holds nothing but the secret of a link."""

    def __init__(self, server, link):
        self.server, self.client = server, Client(server)
        self.workspace, self.secret = link.split("/p/")[1].split("#")

    def ask(self, status, method, path="", body=None):
        return self.client.expect(status, method, f"/api/v1/w/{self.workspace}/panel{path}", body, headers={"X-Seat": self.secret})

    def answer(self, item, importance, status=200):
        return self.ask(status, "PUT", f"/cards/{item}", {"importance": {"option": importance}, "familiarity": {"option": "well"}, "technical": {"year": 2035}})


def control_group(moderator, server, base):
    """With data cards held back nobody sees them."""
    rules = moderator.expect(200, "GET", f"{base}/templates").json["items"][0]["protocol"] | {"data_cards": "held"}
    one = f"{base}/studies/" + moderator.expect(201, "POST", f"{base}/studies", {"title": {"en": "Held"}, "template": "short", "protocol": rules}).json["id"]
    item = moderator.expect(201, "POST", f"{one}/items", {"items": [{"en": "Soft robots", "origin": {"card": {"series": []}}}]}).json["items"][0]["id"]
    moderator.expect(200, "POST", f"{one}/steps", {"step": "lock_protocol"})
    expert = Expert(server, moderator.expect(201, "POST", f"{one}/invitations", {"invitees": [{"name": "Expert 0"}]}).json["items"][0]["link"])
    expert.ask(403, "GET", f"/cards/{item}/data")  # not before consent
    expert.ask(204, "POST", "/consent", {"text_version": "1"})
    check(not expert.ask(200, "GET", "/cards").json["items"][0]["data"], "a seat of the control group is told of no data card")
    expert.ask(404, "GET", f"/cards/{item}/data")


def main():
    workspace = make_workspace()
    server = Server(workspace)
    admin = server.set_up()
    moderator = server.add_user(admin, "mo", ["moderator"])
    viewer = server.add_user(admin, "vi", ["viewer"])
    auditor = server.add_user(admin, "au", ["auditor"])
    base = f"/api/v1/w/{workspace}/delphi"

    # Only moderators make studies.
    viewer.expect(403, "POST", f"{base}/studies", {"title": {"en": "Robots"}})
    refused = moderator.expect(400, "POST", f"{base}/studies", {"title": {}})
    check("title" in refused.json["detail"], "the missing title is named")
    study = moderator.expect(201, "POST", f"{base}/studies", {"title": {"zh": "机器人", "en": "Robots"}, "template": "short"}).json
    one = f"{base}/studies/{study['id']}"
    moderator.expect(409, "POST", f"{one}/steps", {"step": "lock_protocol"})  # no items yet
    moderator.expect(201, "POST", f"{one}/items", {"items": [{"field": "robots", "zh": "软体机器人", "en": "Soft robots", "origin": {"topic": "topic-1", "authors": ["A. Author"], "card": {"series": [[2024, 7]]}}}, {"field": "robots", "en": "Perpetual motion"}, {"field": "cars", "en": "Self-driving cars"}]})
    locked = moderator.expect(200, "POST", f"{one}/steps", {"step": "lock_protocol"}).json
    check(len(locked["protocol_hash"]) == 64, "the rules have a hash")
    people = [{"name": f"Expert {i}", "email": f"e{i}@institute", "attributes": {"sector": "academia" if i % 2 == 0 else "industry"}, "excluded_items": ["item-3"] if i == 0 else []} for i in range(EXPERTS)]
    links = moderator.expect(201, "POST", f"{one}/invitations", {"invitees": people}).json["items"]
    moderator.expect(200, "POST", f"{one}/steps", {"step": "recruit"})
    moderator.expect(200, "POST", f"{one}/steps", {"step": "open_round"})
    experts = [Expert(server, link["link"]) for link in links]

    # A wrong link, and nothing before consent.
    stranger = Expert(server, links[0]["link"][:-4] + "AAAA")
    stranger.ask(403, "GET")
    experts[0].ask(403, "GET", "/cards")
    for expert in experts:
        expert.ask(204, "POST", "/consent", {"text_version": "1"})
    check(len(experts[0].ask(200, "GET", "/cards").json["items"]) == 2, "the own item is not shown to its author")
    experts[0].answer("item-3", "top", 404)
    check(experts[1].ask(200, "GET", "/cards/item-1/data").json == {"series": [[2024, 7]]}, "the data card shows its evidence and nothing else of the origin")
    check({card["item"]: card["data"] for card in experts[1].ask(200, "GET", "/cards").json["items"]} == {"item-1": True, "item-2": False, "item-3": False}, "cards say where there is data")
    experts[1].ask(404, "GET", "/cards/item-2/data")
    check("option" in experts[0].answer("item-1", "enormous", 400).json["detail"], "an impossible answer is explained")

    for round_number in (1, 2):
        for i, expert in enumerate(experts):
            expert.answer("item-1", "top" if i < 11 else "middle")
            card = expert.answer("item-2", "none").json
            check((card["feedback"] is None) == (round_number == 1), "no group figures in the first round, those of the first in the second")
            if i > 0:
                expert.answer("item-3", "top" if i % 2 == 0 else "none")
        if round_number == 1:
            argument = experts[2].ask(201, "POST", "/cards/item-3/arguments", {"text": "传感器成本下降很快"}).json["number"]
            experts[1].ask(404, "PUT", "/votes", {"argument": argument})  # not before the group is shown
            server.kill()
            server.start()
            for some in (moderator, admin, viewer, auditor, *(expert.client for expert in experts)):
                some.server = server
            check(all(card["own"] for card in experts[5].ask(200, "GET", "/cards").json["items"]), "answers that were acknowledged are there after kill -9")
        moderator.expect(200, "POST", f"{one}/steps", {"step": "close_round"})
        experts[1].answer("item-1", "top", 409)
        settled = moderator.job(moderator.expect(202, "POST", f"{one}/steps", {"step": "analyze", "reason": "all have answered"}).json["job"])
        events = moderator.expect(200, "GET", f"{one}/events").json["items"]
        check([event["detail"].get("reason") for event in events if event["kind"] == "analyze"] == ["all have answered"] * round_number, "the reason of the evaluation stands in the chain of events")
        check(settled == {"study": study["id"], "round": round_number, "state": "analyzed"}, f"the evaluation is a job: {settled}")
        moderator.expect(409, "POST", f"{one}/steps", {"step": "analyze"})  # not twice
        state = moderator.expect(200, "GET", one).json
        if round_number == 1:
            check(all(item["state"] == "active" for item in state["items"]), "nothing is settled in the first round")
            moderator.expect(200, "POST", f"{one}/steps", {"step": "release_feedback"})
            moderator.expect(200, "POST", f"{one}/steps", {"step": "open_round"})
            seen = {card["item"]: card for card in experts[1].ask(200, "GET", "/cards").json["items"]}
            check(seen["item-1"]["feedback"]["result"]["questions"]["importance"]["answered"] == EXPERTS, "the group of the first round is shown to who answered")
            check(seen["item-3"]["arguments"][0]["text"].startswith("传感器"), "with the arguments, without names")
            experts[1].ask(204, "PUT", "/votes", {"argument": argument})
    states = {item["id"]: item["state"] for item in state["items"]}
    check(states == {"item-1": "consensus_in", "item-2": "consensus_out", "item-3": "stable_dissent"}, f"the rule settles: {states}")

    results = moderator.expect(200, "GET", f"{one}/results?round=2").json["items"]
    check(results[0]["result"]["stability"]["unchanged"] == 1.0 and results[0]["result"]["cards"] == EXPERTS, "stability is measured on those who answered twice")
    dissent = moderator.expect(200, "GET", f"{one}/dissent?round=2").json["items"]
    check([item["item"] for item in dissent] == ["item-3"] and dissent[0]["arguments"][0]["votes"] == 1, "dissent holds the split item and its arguments")
    groups = moderator.expect(200, "GET", f"{one}/items/item-3/subgroups?by=sector&round=2").json
    check(len(groups["groups"]) == 2 and groups["hidden"] == 0, "both sectors are large enough")

    # Promises: exports name nobody, links are in no log, the identity takes two, the chain is whole.
    export = moderator.expect(200, "GET", f"{one}/export").body.decode("utf-8-sig")
    check("seat-" not in export and "Expert" not in export and export.count("\r\n") > 200, "the export is anonymous")
    log = open("server.log", encoding="utf-8").read()
    check(all(expert.secret not in log for expert in experts), "secrets of links are in no log")
    check("/panel/cards" not in log, "no request of a panellist is logged")
    viewer.expect(403, "GET", f"{one}/results")
    viewer.expect(403, "GET", f"{one}/export")
    moderator.expect(404, "POST", f"{one}/identities", {"seat": "seat-0", "reason": "test"})
    listed = moderator.expect(200, "GET", f"{one}/arguments").json["items"]
    check([(entry["item"], entry["text"][:3], entry["votes"]) for entry in listed] == [("item-3", "传感器", 1)] and "seat" not in listed[0], "the moderator reads every argument, and no author")
    request = moderator.expect(201, "POST", f"{one}/identities", {"argument": argument, "reason": "may we cite it?"}).json["request"]
    moderator.expect(403, "POST", f"{base}/identities/{request}/grant")
    check(auditor.expect(200, "POST", f"{base}/identities/{request}/grant").json["name"] == "Expert 2", "the author of an argument is told to the second person")
    moderator.expect(204, "PATCH", f"{one}/arguments/{argument}", {"text": "传感器成本下降", "reason": "names a firm"})
    redacted = moderator.expect(200, "GET", f"{one}/arguments").json["items"][0]
    check(redacted["text"] == "传感器成本下降" and redacted["redacted"] and redacted["votes"] == 1, "redacted words are shown as such and keep their votes")
    check(experts[2].ask(200, "GET", "/export").json["arguments"][0]["text"] == "传感器成本下降", "their author sees what others see")
    moderator.expect(204, "PATCH", f"{one}/arguments/{argument}", {"hidden": True, "reason": "test"})
    check(moderator.expect(200, "GET", f"{one}/dissent?round=2").json["items"][0]["arguments"] == [], "a hidden argument is in no report")
    check(moderator.expect(200, "GET", f"{one}/arguments").json["items"][0]["hidden"], "and stays in the moderator's list")
    control_group(moderator, server, base)
    events = auditor.expect(200, "GET", f"{one}/events").json
    check(events["whole"] and {"created", "lock_protocol", "invited", "exported"} <= {event["kind"] for event in events["items"]}, "the chain holds the study's life")
    audit = auditor.expect(200, "GET", "/api/v1/audit?limit=500").json["items"]
    check(not any("/panel/" in entry["target"] for entry in audit), "the audit log links no answer to a person")
    own = experts[3].ask(200, "GET", "/export").json
    check(own["person"]["name"] == "Expert 3" and len(own["answers"]) == 6, "a person gets everything kept about them")
    check(experts[3].ask(200, "POST", "/withdraw").json["result"] == "answers_deleted", "withdrawing before the end deletes the answers")
    experts[3].ask(403, "GET")
    server.stop()
    print(f"{len(ROLES)} roles known, {EXPERTS} experts, 2 rounds: as promised")


if __name__ == "__main__":
    sys.exit(main())
