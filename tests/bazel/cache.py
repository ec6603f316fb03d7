"""A remote cache for Bazel on loopback: cache.py FILE writes its port into FILE, and serves until it is killed."""
import http.server
import sys

STORE = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_PUT(self):
        STORE[self.path] = self.rfile.read(int(self.headers['Content-Length']))
        self.answer(200, b'')

    def do_GET(self):
        found = STORE.get(self.path)
        self.answer(404 if found is None else 200, found or b'')

    def answer(self, status, body):
        self.send_response(status)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
with open(sys.argv[1], 'w') as file:
    file.write(str(server.server_address[1]))
server.serve_forever()
