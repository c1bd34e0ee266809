"""Single sign-on against real counterparts started here: an OpenID Connect provider (RS256 and ES256, keys made by openssl), a proxy's header, and slapd
where it is installed."""
import base64
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import threading
import time
import urllib.parse

from server_client import PASSWORD, Client, Server, check, free_port, make_workspace


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, check=True, capture_output=True).stdout


def rsa_key(name):
    openssl("genrsa", "-out", name, "2048")
    modulus = openssl("rsa", "-in", name, "-noout", "-modulus").decode().strip().split("=")[1]
    return {"kty": "RSA", "alg": "RS256", "kid": name, "n": b64(bytes.fromhex(modulus)), "e": b64(b"\x01\x00\x01")}


def ec_key(name):
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", name)
    point = openssl("ec", "-in", name, "-pubout", "-outform", "DER")[-64:]
    return {"kty": "EC", "crv": "P-256", "alg": "ES256", "kid": name, "x": b64(point[:32]), "y": b64(point[32:])}


def sign(algorithm, key_file, text):
    der = openssl("dgst", "-sha256", "-sign", key_file, data=text.encode())
    if algorithm == "RS256":
        return der
    numbers, at = [], 2
    for _ in range(2):
        size = der[at + 1]
        numbers.append(der[at + 2:at + 2 + size].lstrip(b"\0").rjust(32, b"\0"))
        at += 2 + size
    return b"".join(numbers)


class Provider(http.server.BaseHTTPRequestHandler):
    """What a provider does, with the claims of the next sign-in in `claims`, and what is wrong with its token in `fault`."""
    keys, claims, fault, challenges = [], {}, None, {}
    algorithm, key_file = "RS256", "first.pem"

    def answer(self, value, status=200):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/.well-known/openid-configuration":
            self.answer({"issuer": ISSUER, "authorization_endpoint": ISSUER + "/authorize", "token_endpoint": ISSUER + "/token", "jwks_uri": ISSUER + "/keys"})
        elif self.path == "/keys":
            self.answer({"keys": Provider.keys})

    def do_POST(self):
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        asked = Provider.challenges.pop(form.get("code"), None)
        basic = base64.b64decode(self.headers.get("Authorization", "Basic ").split()[1] if " " in self.headers.get("Authorization", "") else b"").decode()
        right = asked and basic == "jianwei:client secret" and b64(hashlib.sha256(form["code_verifier"].encode()).digest()) == asked["code_challenge"] and form["redirect_uri"] == asked["redirect_uri"]
        if not right:
            return self.answer({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "jianwei", "exp": now + 300, "iat": now, "nonce": asked["nonce"]} | Provider.claims
        algorithm, key_file = Provider.algorithm, Provider.key_file
        if Provider.fault == "nonce":
            claims["nonce"] = "another"
        elif Provider.fault == "audience":
            claims["aud"] = ["other"]
        elif Provider.fault == "issuer":
            claims["iss"] = "https://elsewhere.example"
        elif Provider.fault == "expired":
            claims["exp"] = now - 300
        text = b64(json.dumps({"alg": "none" if Provider.fault == "none" else algorithm, "kid": key_file}).encode()) + "." + b64(json.dumps(claims).encode())
        signature = sign(algorithm, "stranger.pem" if Provider.fault == "signature" else key_file, text)
        if Provider.fault == "changed":
            text = text.split(".")[0] + "." + b64(json.dumps(claims | {"groups": ["bosses"]}).encode())
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": text + "." + ("" if Provider.fault == "none" else b64(signature))})

    def log_message(self, *_):
        pass


def through_the_provider(client, code="code-1", cookie=None):
    """What a browser does; returns where it ends."""
    begun = client.expect(303, "GET", "/api/v1/oidc/start")
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(begun.headers["Location"]).query))
    check(asked["code_challenge_method"] == "S256" and asked["client_id"] == "jianwei", f"request {asked}")
    Provider.challenges[code] = asked
    browser = cookie or begun.headers["Set-Cookie"].split(";")[0]
    client.back = "/api/v1/oidc/callback?" + urllib.parse.urlencode({"code": code, "state": asked["state"]})
    answer = client.request("GET", client.back, headers={"Cookie": browser})
    check(answer.status == 303, f"the callback: {answer.status} {answer.body[:200]!r}")
    for value in answer.headers.get_all("Set-Cookie", []):
        if value.startswith("jianwei_session="):
            client.cookie = value.split(";")[0]
    client.browser = browser
    return answer.headers["Location"]


httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
ISSUER = f"http://127.0.0.1:{httpd.server_port}"
threading.Thread(target=httpd.serve_forever, daemon=True).start()
Provider.keys = [rsa_key("first.pem")]
rsa_key("stranger.pem")

workspace = make_workspace()
state = pathlib.Path(workspace, "server")
state.mkdir()
SLAPD = shutil.which("slapd", path=os.environ["PATH"] + ":/usr/sbin")
ldap_port = free_port()
(state / "server.toml").write_text(f"""
[oidc]
issuer = "{ISSUER}"
client_id = "jianwei"
client_secret = "client secret"
allow_http = true
label = "The institute"
[oidc.groups]
readers = ["viewer"]
bosses = ["admin", "analyst"]

[proxy]
user_header = "X-Remote-User"
secret = "a secret that only the proxy knows"
roles = ["viewer"]

[ldap]
url = "ldap://127.0.0.1:{ldap_port}"
start_tls = false
allow_plain = true
base = "dc=example,dc=org"
bind_dn = "cn=admin,dc=example,dc=org"
bind_password = "directory"
group_attribute = "title"
roles = ["viewer"]
[ldap.groups]
analysts = ["analyst"]
""")
port = free_port()
server = Server(workspace, options=["--public-url", f"http://127.0.0.1:{port}"], port=port)
check(Client(server).get("/api/v1/sign-on").json["oidc"] == {"label": "The institute", "start": "/api/v1/oidc/start"}, "sign-on")

# Nobody comes in by the provider before the first account.
Provider.claims = {"sub": "1", "preferred_username": "ann", "name": "Ann Archer", "groups": ["readers"]}
check("one-time" in through_the_provider(Client(server)), "the first account is made with the secret")
admin = server.set_up()

ann = Client(server)
check(through_the_provider(ann) == "/", "ann is in")
session = ann.get("/api/v1/session").json
check(session["user"]["name"] == "ann" and session["user"]["display_name"] == "Ann Archer" and session["user"]["roles"] == ["viewer"], f"{session['user']}")
again = ann.request("GET", ann.back, headers={"Cookie": ann.browser})
check("error=" in again.headers["Location"], "a callback is good once")
check("another+browser" in through_the_provider(Client(server), cookie="jianwei_oidc=stolen").replace("%20", "+"), "the callback in another browser")

# Roles follow the groups; no group, no entry; a password account of the same name is somebody else.
Provider.claims["groups"] = ["readers", "bosses"]
boss = Client(server)
check(through_the_provider(boss) == "/" and boss.get("/api/v1/session").json["user"]["roles"] == ["viewer", "analyst", "admin"], "roles follow groups")
Provider.claims["groups"] = []
check("no%20role" in through_the_provider(Client(server)).replace("+", "%20"), "no group, no entry")
Provider.claims = {"sub": "2", "preferred_username": "chief", "groups": ["readers"]}
double = Client(server)
check(through_the_provider(double) == "/" and double.get("/api/v1/session").json["user"]["name"].startswith("chief@oidc-"), "a name that is taken")

# What is wrong with a token keeps its bearer out.
Provider.claims = {"sub": "3", "preferred_username": "eve", "groups": ["readers"]}
for fault in ("nonce", "audience", "issuer", "expired", "signature", "none", "changed"):
    Provider.fault = fault
    check("error=" in through_the_provider(Client(server)), f"a token with wrong {fault}")
Provider.fault = None
check(all(user["name"] != "eve" for user in admin.get("/api/v1/users").json["items"]), "no account for a bad token")

# The provider changes to another key and algorithm.
Provider.keys = [ec_key("second.pem")]
Provider.algorithm, Provider.key_file = "ES256", "second.pem"
check(through_the_provider(Client(server)) == "/", "ES256 after a change of keys")

# The proxy's header, with its secret only.
headers = {"X-Remote-User": "paul", "X-Proxy-Secret": "a secret that only the proxy knows"}
check(Client(server).get("/api/v1/session", headers=headers | {"X-Proxy-Secret": "guessed"}).json["user"] is None, "a wrong secret")
paul = Client(server)
check(paul.get("/api/v1/session", headers=headers).json["user"]["name"] == "paul", "paul by the proxy")
paul.expect(200, "GET", "/api/v1/w/field/status", headers=headers)
paul.expect(401, "GET", "/api/v1/w/field/status")
paul.expect(401, "GET", "/api/v1/w/field/status", headers=headers | {"X-Remote-User": "chief"})

if SLAPD:
    pathlib.Path("directory").mkdir()
    pathlib.Path("slapd.conf").write_text("""
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix dc=example,dc=org
rootdn cn=admin,dc=example,dc=org
rootpw directory
directory directory
""".replace("/etc/ldap", os.environ.get("SLAPD_ROOT", "") + "/etc/ldap").replace("/usr/lib/ldap", os.environ.get("SLAPD_ROOT", "") + "/usr/lib/ldap"))
    pathlib.Path("people.ldif").write_text("""dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: uid=lena,dc=example,dc=org
objectClass: inetOrgPerson
uid: lena
cn: Lena Lang
sn: Lang
title: analysts
userPassword: lena has a password
""")
    subprocess.run([SLAPD, "-Tadd", "-f", "slapd.conf", "-l", "people.ldif"], check=True)
    directory = subprocess.Popen([SLAPD, "-f", "slapd.conf", "-h", f"ldap://127.0.0.1:{ldap_port}", "-d", "0"])
    time.sleep(1)
    lena = Client(server).sign_in("lena", "lena has a password")
    user = lena.get("/api/v1/session").json["user"]
    check(user["display_name"] == "Lena Lang" and user["roles"] == ["viewer", "analyst"], f"lena: {user}")
    for name, password in (("lena", "wrong"), ("lena", ""), ("*", "lena has a password"), ("l*", "lena has a password"), ("nobody", "x" * 12), ("lena)(uid=*", "lena has a password")):
        answer = Client(server).post("/api/v1/session", {"name": name, "password": password})
        check(answer.status in (401, 429), f"{name!r}: {answer.status}")
    Client(server).sign_in("chief")
    directory.terminate()
    directory.wait()
    check(Client(server).post("/api/v1/session", {"name": "otto", "password": "x" * 12}).status == 503, "the directory does not answer")
else:
    print("slapd is not installed: LDAP is not tried")
check(admin.get("/api/v1/audit/verify").json["whole"], "the chain holds")
server.stop()
print("sign-on by provider, proxy" + (" and directory" if SLAPD else "") + " holds")
