"""kill -9 while twelve experts save at once: every answer that was acknowledged is there afterwards, with its last value or that of the save under way."""
import http.client
import random
import sys
import threading
import time

from delphi import Expert
from server_client import Server, check, make_workspace

EXPERTS, ITEMS, KILLS = 12, 40, 3
OPTIONS = ["none", "low", "middle", "high", "top"]


class Writer(threading.Thread):
    """Saves one answer after another until the server is gone."""

    def __init__(self, number, expert, known):
        super().__init__()
        self.random, self.expert, self.known, self.under_way, self.saves = random.Random(number), expert, known, None, 0

    def run(self):
        while True:
            item, option = f"item-{1 + self.random.randrange(ITEMS)}", self.random.choice(OPTIONS)
            self.under_way = (item, option)
            try:
                answer = self.expert.client.request("PUT", f"/api/v1/w/field/panel/cards/{item}", body={"importance": {"option": option}}, headers={"X-Seat": self.expert.secret})
            except (OSError, http.client.HTTPException):
                return
            if answer.status != 200:
                return
            self.known[item] = option
            self.under_way = None
            self.saves += 1


def main():
    make_workspace()
    server = Server("field")
    moderator = server.add_user(server.set_up(), "mo", ["moderator"])
    base = "/api/v1/w/field/delphi/studies"
    one = f"{base}/" + moderator.expect(201, "POST", base, {"title": {"en": "Kill"}, "template": "short"}).json["id"]
    moderator.expect(201, "POST", f"{one}/items", {"items": [{"en": f"Item {i}"} for i in range(ITEMS)]})
    moderator.expect(200, "POST", f"{one}/steps", {"step": "lock_protocol"})
    links = moderator.expect(201, "POST", f"{one}/invitations", {"invitees": [{"name": f"Expert {i}"} for i in range(EXPERTS)]}).json["items"]
    moderator.expect(200, "POST", f"{one}/steps", {"step": "recruit"})
    moderator.expect(200, "POST", f"{one}/steps", {"step": "open_round"})
    experts = [Expert(server, link["link"]) for link in links]
    for expert in experts:
        expert.ask(204, "POST", "/consent", {"text_version": "1"})
    known, saves = [{} for _ in experts], 0
    for kill in range(KILLS):
        writers = [Writer(kill * 100 + i, expert, known[i]) for i, expert in enumerate(experts)]
        for writer in writers:
            writer.start()
        while sum(writer.saves for writer in writers) < 150:  # saves are under way, whatever the machine does besides
            time.sleep(0.01)
        server.kill()
        for writer in writers:
            writer.join()
        server.start()
        for expert, mine, writer in zip(experts, known, writers):
            expert.client.server = server
            cards = {card["item"]: card["own"] for card in expert.ask(200, "GET", "/cards").json["items"]}
            for item, option in mine.items():
                there = (cards[item] or {}).get("importance", {}).get("option")
                check(there == option or (item, there) == writer.under_way, f"{item}: acknowledged {option}, found {there}, under way {writer.under_way}")
                mine[item] = there
            saves += writer.saves
    moderator.server = server
    check(moderator.expect(200, "GET", f"{one}/events").json["whole"], "the chain of events is whole")
    server.stop()
    print(f"{KILLS} kills among {saves} acknowledged saves: none is lost")


if __name__ == "__main__":
    sys.exit(main())
