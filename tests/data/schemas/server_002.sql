-- server.db as version 2 of its schema left it (sqlite3 .dump).
PRAGMA foreign_keys = OFF;
CREATE TABLE answers (
  user_id TEXT NOT NULL,
  request_key TEXT NOT NULL,
  request_hash TEXT NOT NULL,          -- of method, path and body
  status BIGINT NOT NULL,
  content_type TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, request_key)
);
CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,
  at TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  roles TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,                -- POST /api/v1/..., sign_in, sign_in_failed, ...
  target TEXT NOT NULL,                -- the path
  status BIGINT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO "audit" VALUES(1,'2026-11-27T22:35:35Z','user-f762840cb3','chief','','127.0.0.1','first_user','/api/v1/setup',201,'request 1e8c5d253171bb43','','44f73defd5e232dde0e02d4ada74ff690ac63f953ea6b6bc312cab53e7b86078');
INSERT INTO "audit" VALUES(2,'2026-11-27T22:35:35Z','','','','127.0.0.1','POST','/api/v1/setup',201,'request 1e8c5d253171bb43','44f73defd5e232dde0e02d4ada74ff690ac63f953ea6b6bc312cab53e7b86078','88fdb9ffaece1e4ed0ef4b488c39559947e707b1a6052e001ca0d776338a4633');
INSERT INTO "audit" VALUES(3,'2026-11-27T22:35:35Z','user-f762840cb3','chief','analyst,moderator,curator,admin','127.0.0.1','POST','/api/v1/users',201,'request 35917c0679552d6b','88fdb9ffaece1e4ed0ef4b488c39559947e707b1a6052e001ca0d776338a4633','1b338f20f8f585f58fb950a1ef60d281a542ac33ca40f703ed29037969a0fe5b');
INSERT INTO "audit" VALUES(4,'2026-11-27T22:35:36Z','user-736e4b3b8f','mo','','127.0.0.1','sign_in','/api/v1/session',201,'request f02dfc8fde580ce1','1b338f20f8f585f58fb950a1ef60d281a542ac33ca40f703ed29037969a0fe5b','375f101a69fb2f9c86870016acbfc011dcfeba35a08d77614ddfe71c8d8f01af');
INSERT INTO "audit" VALUES(5,'2026-11-27T22:35:36Z','user-f762840cb3','chief','analyst,moderator,curator,admin','127.0.0.1','POST','/api/v1/users',201,'request f0d369e4bc033cbe','375f101a69fb2f9c86870016acbfc011dcfeba35a08d77614ddfe71c8d8f01af','c48c0841c8a672f948e9c8bc9cf40c9a62ea7b9ec604902524854de9ac7b70f8');
INSERT INTO "audit" VALUES(6,'2026-11-27T22:35:37Z','user-f2b19a7b6e','ann','','127.0.0.1','sign_in','/api/v1/session',201,'request 518224f7bef12894','c48c0841c8a672f948e9c8bc9cf40c9a62ea7b9ec604902524854de9ac7b70f8','77ea047591589f1221128fd739de62a3faddb261163a559cdc4e844640ab8fae');
INSERT INTO "audit" VALUES(7,'2026-11-27T22:35:37Z','user-736e4b3b8f','mo','moderator','127.0.0.1','POST','/api/v1/w/field/delphi/studies',201,'request dbdb7da171c787af','77ea047591589f1221128fd739de62a3faddb261163a559cdc4e844640ab8fae','ad5040def0776b70d5a79b42c8dfbbe639e231beee00577a769c03f2fb9c68e6');
INSERT INTO "audit" VALUES(8,'2026-11-27T22:35:37Z','user-736e4b3b8f','mo','moderator','127.0.0.1','POST','/api/v1/w/field/delphi/studies/study-1/items',201,'request 8251b5acace10a9b','ad5040def0776b70d5a79b42c8dfbbe639e231beee00577a769c03f2fb9c68e6','2015dfdb500f2fa9f85cf771832166ca99889df577f939395b8881c17e738e65');
INSERT INTO "audit" VALUES(9,'2026-11-27T22:35:37Z','user-736e4b3b8f','mo','moderator','127.0.0.1','POST','/api/v1/w/field/delphi/studies/study-1/steps',200,'request bd217c03f97dc2f1','2015dfdb500f2fa9f85cf771832166ca99889df577f939395b8881c17e738e65','918bbd56b8b7f64d2f792a1afcfa0dcb2f951a8f8339947343b4982ebc89fdbd');
INSERT INTO "audit" VALUES(10,'2026-11-27T22:35:37Z','user-736e4b3b8f','mo','moderator','127.0.0.1','POST','/api/v1/w/field/delphi/studies/study-1/invitations',201,'request d61cd76cdc5f0cf9','918bbd56b8b7f64d2f792a1afcfa0dcb2f951a8f8339947343b4982ebc89fdbd','ff2d34357e163c482f88e5a669d1474ce2c477d45ec443d26b977ed082e78f47');
INSERT INTO "audit" VALUES(11,'2026-11-27T22:35:37Z','user-736e4b3b8f','mo','moderator','127.0.0.1','POST','/api/v1/w/field/delphi/studies/study-1/steps',200,'request fa45657f59876cfb','ff2d34357e163c482f88e5a669d1474ce2c477d45ec443d26b977ed082e78f47','f7dbdbd4c564e9221a123435680ef4bc830cd7bf546753d6fb141837bd52286a');
INSERT INTO "audit" VALUES(12,'2026-11-27T22:35:37Z','user-736e4b3b8f','mo','moderator','127.0.0.1','POST','/api/v1/w/field/delphi/studies/study-1/steps',200,'request f62d2c1a29e32062','f7dbdbd4c564e9221a123435680ef4bc830cd7bf546753d6fb141837bd52286a','958db3e818a5f814199b4d9e506a1386bee8bbacdf0439b2e7d56b1b01ac531e');
INSERT INTO "audit" VALUES(13,'2026-11-27T22:35:58Z','user-f2b19a7b6e','ann','','127.0.0.1','sign_in','/api/v1/session',201,'request cbd581ae453c4d17','958db3e818a5f814199b4d9e506a1386bee8bbacdf0439b2e7d56b1b01ac531e','9e278a49f28339a43793fccdb49af8ce49f97a84fba25a45bec2662501429153');
INSERT INTO "audit" VALUES(14,'2026-11-27T22:35:58Z','user-f2b19a7b6e','ann','analyst','127.0.0.1','POST','/api/v1/w/field/views',400,'request fb5db6e0ed24dbe0','9e278a49f28339a43793fccdb49af8ce49f97a84fba25a45bec2662501429153','9266582c6c1be4da399e10452e8a7500aa13bbd9c33c9191e65bce7f5449d1cc');
INSERT INTO "audit" VALUES(15,'2026-11-27T22:35:58Z','user-f2b19a7b6e','ann','analyst','127.0.0.1','POST','/api/v1/w/field/sets',404,'request d70113163f3c2cd6','9266582c6c1be4da399e10452e8a7500aa13bbd9c33c9191e65bce7f5449d1cc','0273402c6200e0444b6c1ab25761cc6acbb5c0bf0bdc7914f0cf4eb955949cfb');
INSERT INTO "audit" VALUES(16,'2026-11-27T22:36:37Z','user-f2b19a7b6e','ann','','127.0.0.1','sign_in','/api/v1/session',201,'request 70de07effaf48c94','0273402c6200e0444b6c1ab25761cc6acbb5c0bf0bdc7914f0cf4eb955949cfb','25c2adc4d51ee066c97306826fc2f13713a803b2e6c196b6ab5dc7c25f5d4369');
INSERT INTO "audit" VALUES(17,'2026-11-27T22:36:37Z','user-f2b19a7b6e','ann','analyst','127.0.0.1','POST','/api/v1/w/field/views',201,'request 9bedbaabf584f018','25c2adc4d51ee066c97306826fc2f13713a803b2e6c196b6ab5dc7c25f5d4369','d5e06cfc84387c72286f1a602310a4b8ab0c7828e5456b410a6068a3dfce5e2d');
INSERT INTO "audit" VALUES(18,'2026-11-27T22:36:37Z','user-f2b19a7b6e','ann','analyst','127.0.0.1','POST','/api/v1/w/field/sets',404,'request b215bd82c8ae5ade','d5e06cfc84387c72286f1a602310a4b8ab0c7828e5456b410a6068a3dfce5e2d','074d3adafb829cef1d6bec45857d61ef781d12a016302f46fd51e0397c5b89b9');
CREATE TABLE job_log (
  job BIGINT NOT NULL REFERENCES jobs (number),
  line BIGINT NOT NULL,
  at TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (job, line)
);
CREATE TABLE jobs (
  number BIGINT PRIMARY KEY,           -- in order of asking
  workspace TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- import, run, hindcast, report, ...
  parameters TEXT NOT NULL,            -- JSON object
  state TEXT NOT NULL,                 -- queued, running, done, failed, cancelled
  stage TEXT NOT NULL,                 -- key of the message catalogue without "stage.", '' before the first
  unit TEXT NOT NULL,                  -- of done and total, key without "unit."
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,               -- 0 = unknown
  message TEXT NOT NULL,               -- why it failed
  result TEXT NOT NULL,                -- JSON, '' before it is done
  attempts BIGINT NOT NULL,            -- times it was started
  asked_by TEXT NOT NULL,              -- id of a user
  asked_by_name TEXT NOT NULL,
  request_key TEXT NOT NULL,           -- Idempotency-Key of its request, '' = none
  asked_at TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL
);
CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO "schema_version" VALUES(1);
INSERT INTO "schema_version" VALUES(2);
CREATE TABLE sessions (
  secret_hash TEXT PRIMARY KEY,        -- SHA-256 of the cookie
  user_id TEXT NOT NULL REFERENCES users (id),
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL
);
INSERT INTO "sessions" VALUES('9af0e152ed3cd272ad1c7952b0649f1e3ec6c2ffe7de7cee34005eed2459b432','user-f762840cb3','gVAUO80ZC3oSmD7VQsMnn1Aajn7KsFRwCSUwbmAgevg',1795818935,1795818935,1796423735,'127.0.0.1','');
INSERT INTO "sessions" VALUES('9f6c73ee4aed3b69eba33422ad4d146e40429a0831b3f65f75b2c7c059d231e9','user-736e4b3b8f','n5UZUr-D1n4ENUaV0taV9gDdn9cRwdBpX2-O1MjnfM8',1795818936,1795818936,1796423736,'127.0.0.1','');
INSERT INTO "sessions" VALUES('50fcc7eef97d1ce7d322847e9e9ff9aa7aead601357aa35cdd63a5b5ded95608','user-f2b19a7b6e','Xc2h7ap7XsUCG98EnfMb-7vkfrzPI_W9LC--R4GEbII',1795818937,1795818937,1796423737,'127.0.0.1','');
INSERT INTO "sessions" VALUES('3d798e43935a11d8092ad6a97c480f6873b9b76dbdcf2861f74248d58bff365a','user-f2b19a7b6e','aZEobaqGaFVyNbShkPG49lZqUEzzin37ko2gLUguE-g',1795818958,1795818958,1796423758,'127.0.0.1','');
INSERT INTO "sessions" VALUES('1f15da80d9bc9bca2ebe16f7079cd3f3fab9a42b3ec0cd7079c1294fcd67307e','user-f2b19a7b6e','gew4py5tBGQ5PEKiJTuUG2JQ5HhV5Uq6pAga-P-3gfA',1795818997,1795818997,1796423797,'127.0.0.1','');
CREATE TABLE sign_in_failures (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);
CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,    -- SHA-256 of the token
  scope TEXT NOT NULL,                 -- read, write
  roles TEXT NOT NULL,                 -- kept of the user's roles; '' = all
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL              -- 0 = never
);
CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,                  -- a plain file name
  bytes BIGINT NOT NULL,
  checksum TEXT NOT NULL,              -- SHA-256 of the whole, '' until it is complete
  created_at BIGINT NOT NULL
);
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,           -- to sign in; lower case
  display_name TEXT NOT NULL,
  password_hash TEXT NOT NULL,         -- Argon2id in the PHC string format; '' = cannot sign in with a password
  roles TEXT NOT NULL,                 -- viewer,analyst,...
  language TEXT NOT NULL,              -- zh, en
  origin TEXT NOT NULL,                -- local, oidc, ldap, proxy
  subject TEXT NOT NULL,               -- who it is at the origin, '' for local
  disabled BIGINT NOT NULL,
  created_at TEXT NOT NULL,
  last_sign_in_at TEXT NOT NULL        -- '' = never
);
INSERT INTO "users" VALUES('user-f762840cb3','chief','chief','','analyst,moderator,curator,admin','en','local','',0,'2026-11-27T22:35:35Z','2026-11-27T22:35:35Z');
INSERT INTO "users" VALUES('user-736e4b3b8f','mo','mo','','moderator','en','local','',0,'2026-11-27T22:35:35Z','2026-11-27T22:35:36Z');
INSERT INTO "users" VALUES('user-f2b19a7b6e','ann','ann','','analyst','en','local','',0,'2026-11-27T22:35:36Z','2026-11-27T22:36:37Z');
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX jobs_by_state ON jobs (state, number);
