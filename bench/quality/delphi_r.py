#!/usr/bin/env python3
"""Delphi statistics against R: bench/quality/delphi_r.py JIANWEI

A study of 40 experts, 8 items and two rounds is answered through the real HTTP API; what its results page says is computed again in R from the study's own export for R
(answers.csv and read.R). Needs Rscript with the packages psych and e1071 (Debian: r-base-core r-cran-psych r-cran-e1071). Prints the largest difference of each statistic.

  quartiles type 7, mean, sd, cv            base R
  unchanged                                 base R
  kappa, quadratic weights                  psych::cohen.kappa
  bimodality (skewness^2 + 1) / (kurtosis + 3 (n-1)^2 / ((n-2)(n-3)))     e1071, type 2
  Kendall's W with its p value (no ties)    stats::friedman.test
  quartiles of years in bins of one         the formula written again in R
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "workloads"))
from delphi_load import Moderator, Server  # noqa: E402

EXPERTS, ITEMS = 40, 8
SCALE = ["none", "low", "middle", "high", "top"]

SCRIPT = r"""
source("read.R", encoding = "UTF-8")
ours <- read.csv("ours.csv", colClasses = c(item = "character"))
worst <- list()
note <- function(name, mine, theirs) { d <- abs(mine - theirs); worst[[name]] <<- max(worst[[name]], d, 0) }
# Quartile of years in bins of one: the bin where the cumulated count passes p n.
grouped <- function(p, years) { t <- table(years); below <- c(0, cumsum(t)); k <- which(below[-1] >= p * length(years))[1]; as.numeric(names(t)[k]) + (p * length(years) - below[k]) / t[[k]] }
for (i in seq_len(nrow(ours))) {
  one <- ours[i, ]
  now <- answers[answers$item == one$item & answers$round == 2, ]; before <- answers[answers$item == one$item & answers$round == 1, ]
  x <- as.integer(now$importance)
  note("mean", one$mean, mean(x)); note("sd", one$sd, sd(x)); note("cv", one$cv, sd(x) / mean(x))
  q <- quantile(x, c(.25, .5, .75), type = 7); note("quartiles, type 7", unlist(one[c("q1", "median", "q3")]), q)
  years <- now$technical[!is.na(now$technical)]; note("years, grouped", unlist(one[c("y1", "y2", "y3")]), sapply(c(.25, .5, .75), grouped, years = years))
  n <- length(x); note("bimodality", one$bimodality, (e1071::skewness(x, type = 2)^2 + 1) / (e1071::kurtosis(x, type = 2) + 3 * (n - 1)^2 / ((n - 2) * (n - 3))))
  pair <- merge(before[c("respondent", "importance")], now[c("respondent", "importance")], by = "respondent")
  a <- as.integer(pair[[2]]); b <- as.integer(pair[[3]])
  note("unchanged", one$unchanged, mean(a == b))
  k <- psych::cohen.kappa(cbind(a, b), levels = 1:5); note("kappa, quadratic", one$kappa, k$weighted.kappa)
  ranks <- as.matrix(now[paste0("order_", c("a", "b", "c", "d"))])
  f <- friedman.test(ranks); note("Kendall's W", one$w, unname(f$statistic) / (nrow(ranks) * (ncol(ranks) - 1))); note("p of W", one$w_p, f$p.value)
}
for (name in names(worst)) cat(sprintf("%-20s largest difference %.3g over %d items\n", name, worst[[name]], nrow(ours)))
stopifnot(all(unlist(worst) < 1e-9))
"""


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([program, "init", folder / "r", "--quiet"], check=True)
        server = Server(program, folder / "r")
        try:
            moderator = Moderator(server)
            base = "/api/v1/w/r/delphi/studies"
            form = moderator.call("GET", "/api/v1/w/r/delphi/templates")["items"]
            questions = next(f["questions"] for f in form if f["id"] == "short")
            options = [{"id": o, "zh": o, "en": o} for o in "abcd"]
            ranking = json.loads(json.dumps(questions[0])) | {"id": "order", "type": "ranking", "role": "other"}
            ranking["options"] = [ranking["options"][i] | {"id": o["id"]} for i, o in enumerate(options)]
            study = moderator.call("POST", base, {"title": {"en": "Random"}, "template": "short", "questions": questions + [ranking]})["id"]
            one = f"{base}/{study}"
            moderator.call("POST", f"{one}/items", {"items": [{"en": f"Item {i}"} for i in range(ITEMS)]})
            moderator.step(one, "lock_protocol")
            links = [i["link"].split("#")[1] for i in moderator.call("POST", f"{one}/invitations", {"invitees": [{"name": f"E{i}"} for i in range(EXPERTS)]})["items"]]
            moderator.step(one, "recruit")
            rng, last = random.Random(7), {}
            for round_number in (1, 2):
                moderator.step(one, "open_round")
                for seat, link in enumerate(links):
                    if round_number == 1:
                        server.call("POST", "/api/v1/w/r/panel/consent", {"text_version": "1"}, {"X-Seat": link})
                    for item in range(1, ITEMS + 1):
                        kept = last.get((seat, item))
                        last[seat, item] = kept if kept is not None and rng.random() < 0.6 else min(4, max(0, int(rng.gauss(1 + item / 3, 1.2))))
                        order = list("abcd")
                        rng.shuffle(order)
                        answer = {"importance": {"option": SCALE[last[seat, item]]}, "technical": {"year": 2027 + rng.randrange(29)}, "order": {"options": order}}
                        server.call("PUT", f"/api/v1/w/r/panel/cards/item-{item}", answer, {"X-Seat": link})
                moderator.step(one, "close_round")
                moderator.step(one, "analyze")
                if round_number == 1:
                    moderator.step(one, "release_feedback")
            results = moderator.call("GET", f"{one}/results?round=2")["items"]
            (folder / "r.zip").write_bytes(server.call("GET", f"{one}/export?format=r", None, moderator.headers)[1])
        finally:
            server.stop()
        zipfile.ZipFile(folder / "r.zip").extractall(folder / "out")
        lines = ["item,mean,sd,cv,q1,median,q3,y1,y2,y3,bimodality,unchanged,kappa,w,w_p"]
        for item in results:
            result = item["result"]
            q, y, o, s = result["questions"]["importance"], result["questions"]["technical"], result["questions"]["order"], result["stability"]
            values = [q["mean"], q["standard_deviation"], q["cv"], q["lower_quartile"], q["median"], q["upper_quartile"], y["lower_quartile"], y["median"], y["upper_quartile"], q["bimodality"], s["unchanged"], s["kappa"], o["w"], o["p_value"]]
            lines.append(",".join([item["item"], *(repr(float(v)) for v in values)]))
        (folder / "out/ours.csv").write_text("\n".join(lines) + "\n")
        done = subprocess.run(["Rscript", "-e", SCRIPT], cwd=folder / "out", capture_output=True, text=True)
        print(done.stdout, end="")
        if done.returncode != 0:
            sys.exit(done.stderr)


if __name__ == "__main__":
    main()
