"""A small SMTP server and a small HTTP server on this machine, as alerts meet them: what they were sent stands in files.

    alerts_out.py FOLDER     # writes FOLDER/ports, then serves until killed; FOLDER/refuse makes both refuse for now
"""
import hashlib
import hmac
import http.server
import json
import pathlib
import socketserver
import sys
import threading

FOLDER = pathlib.Path(sys.argv[1])


class Mail(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 test ESMTP\r\n")
        while line := self.rfile.readline():
            command = line.strip().upper()
            if command.startswith(b"DATA"):
                if (FOLDER / "refuse").exists():
                    self.wfile.write(b"451 come back later\r\n")
                    continue
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    text += part
                with open(FOLDER / "mails", "ab") as mails:
                    mails.write(text + b"\n=====\n")
                self.wfile.write(b"250 taken\r\n")
            elif command.startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if (FOLDER / "refuse").exists():
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        signature = hmac.new(b"shared secret", self.headers["X-Jianwei-Time"].encode() + b"." + body, hashlib.sha256).hexdigest()
        fits = self.headers["X-Jianwei-Signature"] == "sha256=" + signature
        with open(FOLDER / "calls", "a", encoding="utf-8") as calls:
            calls.write(json.dumps({"fits": fits, "body": json.loads(body)}) + "\n")
        self.send_response(200 if fits else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


mail = MailServer(("127.0.0.1", 0), Mail)
hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
threading.Thread(target=mail.serve_forever, daemon=True).start()
(FOLDER / "ports.part").write_text(f"{mail.server_address[1]} {hook.server_address[1]}\n")
(FOLDER / "ports.part").rename(FOLDER / "ports")
hook.serve_forever()
