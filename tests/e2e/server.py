"""First start, accounts, sessions, CSRF, tokens, audit, limits and a clean stop, over real HTTP."""
import os
import stat

from server_client import PASSWORD, Client, Server, check, make_workspace

workspace = make_workspace()
server = Server(workspace)
secret_file = f"{workspace}/server/first-run-secret"
check(stat.S_IMODE(os.stat(secret_file).st_mode) == 0o600, "the secret file can be read by others")
nobody = Client(server)
nobody.expect(200, "GET", "/healthz")
nobody.expect(200, "GET", "/readyz")
check(nobody.get("/api/v1/setup").json == {"needed": True}, "setup is needed at first")
check(nobody.get("/api/v1/session").json["user"] is None, "nobody is signed in")
nobody.expect(401, "GET", "/api/v1/w/field/status")
nobody.expect(403, "POST", "/api/v1/setup", {"secret": "guessed", "name": "eve", "password": PASSWORD})

admin = server.set_up()
check(not os.path.exists(secret_file), "the secret is gone after use")
Client(server).expect(409, "POST", "/api/v1/setup", {"secret": server.started["secret"], "name": "eve", "password": PASSWORD})
session = admin.get("/api/v1/session").json
check(session["user"]["name"] == "chief" and session["workspaces"][0]["id"] == "field" and session["workspaces"][0]["records"] > 0, f"session: {session}")

# Data, conditional.
status = admin.expect(200, "GET", "/api/v1/w/field/status")
check(status.json["records"], "status has records")
admin.expect(304, "GET", "/api/v1/w/field/status", headers={"If-None-Match": status.headers["ETag"]})
admin.expect(404, "GET", "/api/v1/w/nowhere/status")
admin.expect(404, "GET", "/api/v1/nothing")
admin.expect(405, "DELETE", "/api/v1/w/field/status")
check(admin.request("HEAD", "/api/v1/w/field/status").body == b"", "HEAD has no body")

# CSRF, origin, content type, broken bodies.
new_user = {"name": "Ann", "password": PASSWORD, "roles": ["viewer"]}
admin.expect(403, "POST", "/api/v1/users", new_user, headers={"X-CSRF-Token": "wrong"})
admin.expect(403, "POST", "/api/v1/users", new_user, headers={"Origin": "http://evil.example"})
admin.expect(415, "POST", "/api/v1/users", new_user, headers={"Content-Type": "text/plain"})
admin.expect(400, "POST", "/api/v1/users", raw=b"{", headers={"Content-Type": "application/json"})
admin.expect(413, "POST", "/api/v1/users", raw=b" " * (2 << 20), headers={"Content-Type": "application/json"})
problem = admin.expect(400, "POST", "/api/v1/users", {**new_user, "roles": ["king"]})
check(problem.headers["Content-Type"] == "application/problem+json" and "king" in problem.json["detail"], "a problem says what is wrong")
for name in ("X-Content-Type-Options", "Content-Security-Policy", "X-Frame-Options", "X-Request-Id"):
    check(name in problem.headers, f"header {name}")

# People and roles.
ann = server.add_user(admin, "Ann", ["viewer"])
ann.expect(200, "GET", "/api/v1/w/field/status")
ann.expect(403, "GET", "/api/v1/users")
admin.expect(409, "POST", "/api/v1/users", new_user)
chief_id, ann_id = session["user"]["id"], ann.get("/api/v1/session").json["user"]["id"]
admin.expect(409, "PATCH", f"/api/v1/users/{chief_id}", {"roles": ["viewer"]})
admin.expect(409, "DELETE", f"/api/v1/users/{chief_id}")
ann.expect(403, "POST", "/api/v1/password", {"current": "wrong wrong", "new": "another long one"})
ann.expect(204, "POST", "/api/v1/password", {"current": PASSWORD, "new": "another long one"})
Client(server).expect(401, "POST", "/api/v1/session", {"name": "ann", "password": PASSWORD})
other = Client(server).sign_in("ann", "another long one")
other.expect(204, "DELETE", "/api/v1/session")
other.expect(401, "GET", "/api/v1/w/field/status")

# Tokens.
made = admin.expect(201, "POST", "/api/v1/tokens", {"name": "script", "scope": "read", "roles": ["analyst"]}).json
script = Client(server, token=made["token"])
script.expect(200, "GET", "/api/v1/w/field/status")
script.expect(403, "GET", "/api/v1/users")
script.expect(403, "POST", "/api/v1/tokens", {"name": "more"})
check("token" not in admin.get("/api/v1/tokens").json["items"][0], "a token is shown once")
admin.expect(204, "DELETE", f"/api/v1/tokens/{made['id']}")
script.expect(401, "GET", "/api/v1/w/field/status")

# Disabled at once.
admin.expect(200, "PATCH", f"/api/v1/users/{ann_id}", {"disabled": True})
ann.expect(401, "GET", "/api/v1/w/field/status")

# Failed sign-ins are slowed down.
statuses = [Client(server).post("/api/v1/session", {"name": "bob", "password": "not the password"}).status for _ in range(8)]
check(statuses[:5] == [401] * 5 and 429 in statuses, f"lockout: {statuses}")

# The audit log names all of it and holds together.
entries = admin.get("/api/v1/audit?limit=500").json["items"]
actions = {entry["action"] for entry in entries}
check({"first_user", "sign_in", "sign_in_failed", "sign_in_refused", "POST", "PATCH", "DELETE"} <= actions, f"audit: {actions}")
check(PASSWORD not in str(entries) and made["token"] not in str(entries), "no secret in the log")
check(admin.get("/api/v1/audit/verify").json["whole"] is True, "the chain holds")
check(len(admin.get("/api/v1/audit/export").body.splitlines()) >= len(entries), "export")

# Sessions outlive a restart; the secret is not asked for again.
server.stop()
server.start()
check("secret" not in server.started, "no secret when there are users")
admin.expect(200, "GET", "/api/v1/users")
server.stop()
print("accounts, sessions, tokens and the audit log hold")
