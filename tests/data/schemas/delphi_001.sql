-- delphi.db as version 1 of its schema left it (sqlite3 .dump).
PRAGMA foreign_keys = OFF;
CREATE TABLE answers (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  item BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  answers TEXT NOT NULL,               -- JSON: question id -> answer
  day TEXT NOT NULL,                   -- no finer than a day
  PRIMARY KEY (study, round, item, seat)
);
INSERT INTO "answers" VALUES(1,1,1,1,'TF3D7b8HqbF9BnZEYNeCf4hf3fO8oP2t4UPKdOwaVJSqQ8qLUi1xzDoLgJzg82Pfmuh08by/E6XRCFCAsj11h7efzlcMF3Npf2fReOGRLVM0yIRWIVe8x8aFERI+ojV8FhfawnayR9wMALUb2AAY53f2iXo3xg==','2026-11-27');
CREATE TABLE argument_votes (
  argument BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  PRIMARY KEY (argument, seat)
);
CREATE TABLE arguments (
  number INTEGER PRIMARY KEY,
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  item BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  category BIGINT NOT NULL,            -- where its author stands on the deciding question; 0 = not said
  text TEXT NOT NULL,
  original TEXT NOT NULL,              -- before a moderator redacted it; '' = untouched
  hidden BIGINT NOT NULL,
  day TEXT NOT NULL
);
CREATE TABLE items (
  study BIGINT NOT NULL,
  number BIGINT NOT NULL,
  id TEXT NOT NULL,                    -- item-<n>
  field TEXT NOT NULL,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  origin TEXT NOT NULL,                -- JSON: topic, documents, list entry, authors
  state TEXT NOT NULL,                 -- active, consensus_in, consensus_out, stable_dissent, unresolved, merged, split, dropped
  lineage TEXT NOT NULL,               -- JSON: merged_from, split_from, reworded_from
  PRIMARY KEY (study, number)
);
INSERT INTO "items" VALUES(1,1,'item-1','robots','软体机器人','Soft robots','{}','active','{}');
CREATE TABLE protocol_versions (
  study BIGINT NOT NULL,
  version BIGINT NOT NULL,
  text TEXT NOT NULL,                  -- what the hash covers
  hash TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  PRIMARY KEY (study, version)
);
INSERT INTO "protocol_versions" VALUES(1,1,'jianwei delphi protocol 1
deciding_question importance
measure agreement_share
threshold 0.75
agree 4 5
disagree 1 2
quantiles 7
least_unchanged 0.75
least_answers 8
rounds 2 3
reopening_arguments 2
small_cell 5
feedback_answers 5
data_cards shown
control_share 0.5
','080b74886b34dd55edd7d095d3cc87ace143f2fa778463c0ca4c5c3b242eaeb9','locked before the first round','2026-11-27T22:35:37Z','mo');
CREATE TABLE questions (
  study BIGINT NOT NULL,
  position BIGINT NOT NULL,
  id TEXT NOT NULL,
  question TEXT NOT NULL,              -- JSON
  PRIMARY KEY (study, position)
);
INSERT INTO "questions" VALUES(1,0,'q1','{"id":"familiarity","type":"scale","role":"familiarity","label":{"zh":"您对该技术课题的熟悉程度","en":"How familiar are you with this item?"},"help":{"zh":"","en":""},"options":[{"id":"none","label":{"zh":"不熟悉","en":"Not familiar"},"score":0.2},{"id":"little","label":{"zh":"不太熟悉","en":"Slightly"},"score":0.4},{"id":"some","label":{"zh":"一般","en":"Somewhat"},"score":0.6},{"id":"well","label":{"zh":"较熟悉","en":"Familiar"},"score":0.8},{"id":"expert","label":{"zh":"很熟悉","en":"Very familiar"},"score":1}],"first_year":0,"last_year":0,"allow_already":true,"allow_never":true,"allow_unknown":true,"total":100,"most":0,"required":false,"max_characters":2000}');
INSERT INTO "questions" VALUES(1,1,'q2','{"id":"importance","type":"scale","role":"importance","label":{"zh":"该技术课题的重要程度","en":"How important is this item?"},"help":{"zh":"","en":""},"options":[{"id":"none","label":{"zh":"不重要","en":"Not important"},"score":0},{"id":"low","label":{"zh":"较不重要","en":"Slightly important"},"score":25},{"id":"middle","label":{"zh":"一般","en":"Somewhat important"},"score":50},{"id":"high","label":{"zh":"重要","en":"Important"},"score":75},{"id":"top","label":{"zh":"很重要","en":"Very important"},"score":100}],"first_year":0,"last_year":0,"allow_already":true,"allow_never":true,"allow_unknown":true,"total":100,"most":0,"required":true,"max_characters":2000}');
INSERT INTO "questions" VALUES(1,2,'q3','{"id":"technical","type":"year","role":"technical_realization","label":{"zh":"预计实现时间","en":"Year of realization"},"help":{"zh":"","en":""},"options":[],"first_year":2026,"last_year":2056,"allow_already":true,"allow_never":true,"allow_unknown":true,"total":100,"most":0,"required":false,"max_characters":2000}');
INSERT INTO "questions" VALUES(1,3,'q4','{"id":"reason","type":"text","role":"reason","label":{"zh":"理由(匿名供其他专家参考,请勿写出可识别身份的内容)","en":"Your reason (shown to others without your name; do not write what identifies you)"},"help":{"zh":"","en":""},"options":[],"first_year":0,"last_year":0,"allow_already":true,"allow_never":true,"allow_unknown":true,"total":100,"most":0,"required":false,"max_characters":2000}');
CREATE TABLE rounds (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT NOT NULL,             -- '' = open
  PRIMARY KEY (study, round)
);
INSERT INTO "rounds" VALUES(1,1,'2026-11-27T22:35:37Z','');
CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO "schema_version" VALUES(1);
CREATE TABLE seats (
  number INTEGER PRIMARY KEY,
  study BIGINT NOT NULL,
  id TEXT NOT NULL UNIQUE,             -- seat-<random>: means nothing outside this study
  token_hash TEXT NOT NULL UNIQUE,     -- SHA-256 of the link's secret
  expires_at BIGINT NOT NULL,          -- Unix seconds
  attributes TEXT NOT NULL,            -- JSON: sector, field, region, ... for subgroups
  state TEXT NOT NULL,                 -- invited, consented, withdrawn, revoked
  excluded TEXT NOT NULL               -- JSON list of item numbers: own items and conflicts
);
INSERT INTO "seats" VALUES(1,1,'seat-e67460c04517805c','12afc9f1982b353c9e85032a551dd289238517b3e4b48610fe0797a856b62a60',1803594937,'{}','consented','[]');
CREATE TABLE settlements (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  item BIGINT NOT NULL,
  cards BIGINT NOT NULL,               -- answered cards the figures are of
  state TEXT NOT NULL,
  summary TEXT NOT NULL,               -- JSON: the figures of the round
  PRIMARY KEY (study, round, item)
);
CREATE TABLE studies (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,             -- study-<n>
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  purpose_zh TEXT NOT NULL,
  purpose_en TEXT NOT NULL,
  mode TEXT NOT NULL,                  -- rounds, real_time
  state TEXT NOT NULL,
  state_before_pause TEXT NOT NULL,
  round BIGINT NOT NULL,               -- of the last opened; 0 = none yet
  protocol TEXT NOT NULL,              -- JSON
  protocol_hash TEXT NOT NULL,         -- '' until it is locked
  pilot BIGINT NOT NULL,               -- 0: no study is a trial yet
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
);
INSERT INTO "studies" VALUES(1,'study-1','机器人','Robots','','','rounds','round_open','',1,'{"deciding_question":"importance","measure":"agreement_share","threshold":0.75,"agree_from":4,"agree_to":5,"disagree_from":1,"disagree_to":2,"quantiles":7,"least_unchanged":0.75,"least_answers":8,"least_rounds":2,"most_rounds":3,"reopening_arguments":2,"small_cell":5,"feedback_answers":5,"data_cards":"shown","control_share":0.5}','080b74886b34dd55edd7d095d3cc87ace143f2fa778463c0ca4c5c3b242eaeb9',0,'2026-11-27T22:35:37Z','mo');
CREATE TABLE study_events (
  study BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,                -- JSON
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (study, seq)
);
INSERT INTO "study_events" VALUES(1,1,'2026-11-27T22:35:37Z','mo','created','{}','','a2109a88fcc54931330fa70003b731e1ad4d4425ceaef38b616ce6bab065e4ea');
INSERT INTO "study_events" VALUES(1,2,'2026-11-27T22:35:37Z','mo','items_added','{"count":1}','a2109a88fcc54931330fa70003b731e1ad4d4425ceaef38b616ce6bab065e4ea','323fddcee1f44f370f68e96e67edf05ce96e9f07dad8c6597bd6d2eaad111d70');
INSERT INTO "study_events" VALUES(1,3,'2026-11-27T22:35:37Z','mo','lock_protocol','{"hash":"080b74886b34dd55edd7d095d3cc87ace143f2fa778463c0ca4c5c3b242eaeb9"}','323fddcee1f44f370f68e96e67edf05ce96e9f07dad8c6597bd6d2eaad111d70','fa845156f0c50e2d790b830ec2ee45d67cf7e1d023b5bd1c4b8414a988fe0098');
INSERT INTO "study_events" VALUES(1,4,'2026-11-27T22:35:37Z','mo','invited','{"count":1}','fa845156f0c50e2d790b830ec2ee45d67cf7e1d023b5bd1c4b8414a988fe0098','1d9b5b55a6edd6339d9d84222df9d51aac9e124269eb7bc02c68051d1afef17b');
INSERT INTO "study_events" VALUES(1,5,'2026-11-27T22:35:37Z','mo','recruit','{}','1d9b5b55a6edd6339d9d84222df9d51aac9e124269eb7bc02c68051d1afef17b','eea53e260166f6fcff5b5c9a04a2d232fc17d47126a116837a24115dcaf6bdb0');
INSERT INTO "study_events" VALUES(1,6,'2026-11-27T22:35:37Z','mo','open_round','{"round":1}','eea53e260166f6fcff5b5c9a04a2d232fc17d47126a116837a24115dcaf6bdb0','40d35b0414b47e39ff79112f83f30ad7f749e7e99c39bc97093b14d514f9118b');
CREATE INDEX seats_by_study ON seats (study);
CREATE INDEX answers_by_seat ON answers (seat, item, round);
CREATE INDEX arguments_by_item ON arguments (study, item);
