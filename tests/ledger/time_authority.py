"""An authority of time for tests: its root, its certificate, and answers made by `openssl ts`. None where there is no
openssl."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OPENSSL = shutil.which("openssl")
_CONFIG = """
[tsa]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_chain = no
"""


class Authority:
    """`name`: whose certificate signs. Everything lies in `folder`."""

    def __init__(self, folder: Path, name: str = "Mihon Time", *, stamping: bool = True) -> None:
        self.folder, self.name = folder, name
        folder.mkdir(parents=True)
        root_key, root = _root()
        key = rsa.generate_private_key(65537, 2048)
        use = ExtendedKeyUsageOID.TIME_STAMPING if stamping else ExtendedKeyUsageOID.CODE_SIGNING
        made = _certificate(name, key, root.subject, root_key).add_extension(
            x509.ExtendedKeyUsage([use]), critical=True
        )
        signer = made.sign(root_key, hashes.SHA256())
        self.roots = _pem(root)
        (folder / "root.pem").write_bytes(self.roots)
        (folder / "signer.pem").write_bytes(_pem(signer))
        (folder / "key.pem").write_bytes(key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))  # fmt: skip
        (folder / "serial").write_text("01")
        (folder / "conf").write_text(_CONFIG)

    def answer(self, request: bytes) -> bytes:
        (self.folder / "asked.tsq").write_bytes(request)
        words = "-reply -config conf -section tsa -queryfile asked.tsq -signer signer.pem -inkey key.pem -out given.tsr"
        self._openssl(*words.split())
        return (self.folder / "given.tsr").read_bytes()

    def verified(self, text: Path, answer: Path) -> bool:
        """By a program that is not ours."""
        found = self._openssl("-verify", "-data", str(text), "-in", str(answer), "-CAfile", "root.pem", check=False)
        return found.returncode == 0

    def _openssl(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        assert OPENSSL
        return subprocess.run([OPENSSL, "ts", *words], cwd=self.folder, check=check, capture_output=True)


def _root() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    made = _certificate("Mihon Root", key, _name("Mihon Root"), key)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return key, made.sign(key, hashes.SHA256())


def _certificate(
    name: str, key: rsa.RSAPrivateKey, issuer: x509.Name, by: rsa.RSAPrivateKey
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(issuer, _name(name), key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=30))
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _pem(one: x509.Certificate) -> bytes:
    return one.public_bytes(serialization.Encoding.PEM)
