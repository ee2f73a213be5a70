"""Another organisation's login (OpenID Connect, authorization code with PKCE), small and strict, on a free port.

with Provider() as other:
    other.claims = {"sub": "1", "email": "hana@example.jp", "email_verified": True}    # who logs in there
    other.app      for SOCIALACCOUNT_PROVIDERS
    other.id_token, other.description, other.answer = {...}     what differs from the truth where a test lies
"""

import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "kaname", secrets.token_urlsafe(32)


class Provider:
    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.id_token: dict[str, Any] = {}
        self.description: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}  # what else goes back with the code
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.refused: list[str] = []  # requests that broke the protocol
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        # Cookies do not know ports: the provider has a host name of its own.
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "Provider":
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def app(self) -> dict[str, Any]:
        """As `kaname.site.oidc.providers` reads it from the file."""
        return {"provider_id": "other", "name": "架空機関", "client_id": CLIENT, "secret": SECRET,
                "settings": {"server_url": self.url, "login_at": self.url, "inside": True}}  # fmt: skip

    def described(self) -> dict[str, Any]:
        at = {name: f"{self.url}/{path}" for name, path in (
            ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("userinfo_endpoint", "userinfo"),
            ("jwks_uri", "jwks"),
        )}  # fmt: skip
        methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        return {"issuer": self.url, "response_types_supported": ["code"], **at, **methods, **self.description}

    def ask(self, query: dict[str, str]) -> str:
        """The page on which a person says yes or no. The state goes back untouched."""
        right = (query.get("client_id") == CLIENT and query.get("response_type") == "code"
                 and {"openid", "email"} <= set(query.get("scope", "").split())
                 and query.get("code_challenge_method") == "S256" and query.get("code_challenge"))  # fmt: skip
        if not right:
            self.refused.append(f"authorize {query}")
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = query["redirect_uri"]
        yes = back + "?" + urlencode({"code": code, "state": query["state"], **self.answer}, doseq=True)
        no = back + "?" + urlencode({"error": "access_denied", "state": query["state"]})
        return (f'<!doctype html><html lang="en"><title>Other</title><a id="yes" href="{escape(yes)}">Yes</a> '
                f'<a id="no" href="{escape(no)}">No</a>')  # fmt: skip

    def exchange(self, form: dict[str, str]) -> dict[str, Any] | None:
        """A code for tokens: once, for who asked, with the verifier of the challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if (asked is None or form.get("client_secret") != SECRET or form.get("redirect_uri") != asked["redirect_uri"]
                or proof != asked["code_challenge"]):  # fmt: skip
            self.refused.append(f"token {sorted(form)}")
            return None
        token, now = secrets.token_urlsafe(16), int(time.time())
        self.tokens[token] = self.claims
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.claims, **self.id_token}
        said = {name: value for name, value in said.items() if value is not None}
        signed = jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        where, p = urlsplit(self.path), self.provider
        if where.path == "/.well-known/openid-configuration":
            self._json(p.described())
        elif where.path == "/authorize":
            query = {k: v[0] for k, v in parse_qs(where.query).items()}
            self._send(p.ask(query).encode(), "text/html")
        elif where.path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(p.key.public_key()))
            self._json({"keys": [{**key, "kid": "1", "alg": "RS256", "use": "sig"}]})
        elif where.path == "/userinfo":
            found = p.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self._json(found or {}, 200 if found else 401)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        answer = self.provider.exchange({k: v[0] for k, v in parse_qs(body).items()})
        self._json(answer or {"error": "invalid_grant"}, 200 if answer else 400)

    def _json(self, data: dict[str, Any], status: int = 200) -> None:
        self._send(json.dumps(data).encode(), "application/json", status)

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass
