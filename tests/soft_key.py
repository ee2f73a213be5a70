"""A passkey without a browser or a device: makes credentials and signs, as WebAuthn lays down, in plain Python."""

import json
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from struct import pack

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from fido2 import cbor
from fido2.cose import ES256

_USED, _VERIFIED, _CAN_BE_COPIED, _ATTESTED = 0x01, 0x04, 0x08, 0x40


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class SoftKey:
    """One key. `synced`: of the sort that is copied between a person's devices."""

    def __init__(self, synced: bool = False, host: str = "testserver"):
        self.id, self.private = secrets.token_bytes(16), ec.generate_private_key(ec.SECP256R1())
        self.flags = _USED | _VERIFIED | (_CAN_BE_COPIED if synced else 0)
        self.host, self.handle = host, b""

    def _seen(self, sort: str, challenge: str) -> bytes:
        return json.dumps({"type": sort, "challenge": challenge, "origin": f"https://{self.host}"}).encode()

    def _data(self, more: bytes = b"", flags: int = 0) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([self.flags | flags]) + pack(">I", 0) + more

    def made(self, challenge: str) -> dict:
        """What a browser sends after it has made a credential."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        attested = self._data(bytes(16) + pack(">H", len(self.id)) + self.id + public, _ATTESTED)
        return self._sent({
            "clientDataJSON": _b64(self._seen("webauthn.create", challenge)),
            "attestationObject": _b64(cbor.encode({"fmt": "none", "attStmt": {}, "authData": attested})),
        })  # fmt: skip

    def signed(self, challenge: str) -> dict:
        """What a browser sends to log in."""
        seen, data = self._seen("webauthn.get", challenge), self._data()
        signature = self.private.sign(data + sha256(seen).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent({"clientDataJSON": _b64(seen), "authenticatorData": _b64(data),
                           "signature": _b64(signature), "userHandle": _b64(self.handle)})  # fmt: skip

    def _sent(self, response: dict) -> dict:
        return {"id": _b64(self.id), "rawId": _b64(self.id), "type": "public-key", "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}}}  # fmt: skip

    def of(self, person) -> "SoftKey":
        """Put into the office as a key of a person, without the pages."""
        self.handle = user_pk_to_url_str(person).encode()
        Authenticator.objects.create(user=person, type="webauthn", data={
            "name": "soft", "credential": self.made(_b64(secrets.token_bytes(32)))})  # fmt: skip
        return self

    def opens(self, browser, **more):
        """Log in with it: two requests, as a browser makes them."""
        asked = browser.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}, **more)
        challenge = asked.json()["request_options"]["publicKey"]["challenge"]
        return browser.post(
            reverse("mfa_login_webauthn"), {"credential": json.dumps(self.signed(challenge))}, **more
        )  # fmt: skip

    def proves(self, browser, where: str, **more):
        """Answer a page that asks for a key of this person (second step, before something grave)."""
        page = browser.get(where, **more).content.decode()
        challenge = page.split('"challenge": "')[1].split('"')[0]
        return browser.post(where, {"credential": json.dumps(self.signed(challenge))}, **more)

    def enrols(self, browser, **more):
        where = reverse("mfa_add_webauthn")
        page = browser.get(where, **more).content.decode()
        challenge = page.split('"challenge": "')[1].split('"')[0]
        return browser.post(where, {"name": "soft", "passwordless": "on",
                                    "credential": json.dumps(self.made(challenge))}, **more)  # fmt: skip
