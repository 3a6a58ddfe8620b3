"""A bundle held against its certificate by `sar verify`, as somebody would years later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sar.cli.certificate import command as print_certificate
from sar.cli.verify import command as verify
from sar.documents.signature import fingerprint, public_pem, read_public_key
from tests.integration.assembled import case_in, run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed bundle in three files, with the council's key pair and another public key."""
    folder = tmp_path_factory.mktemp("certified")
    for name in ("council", "other"):
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.pem").write_bytes(pem)
        (folder / f"{name}.pub").write_bytes(public_pem(key.public_key()))
    case = case_in(folder / "case", volume_mb=0.001)
    result = run(case, folder / "out", "--sign-key", folder / "council.pem")
    assert result.exit_code == 0, result.output
    return folder


def checked(made: Path, *options: object, file: Path | None = None) -> tuple[int, dict[str, Any]]:
    pdf = file or made / "out/bundle-2.pdf"
    arguments = [pdf, "--certificate", made / "out/certificate.json", "--ocr", "never", *options]
    result = CliRunner().invoke(verify, [str(each) for each in arguments])
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_file_of_a_bundle_is_the_one_its_certificate_is_about(made: Path, number: int) -> None:
    file = made / f"out/bundle-{number}.pdf"
    status, told = checked(made, "--key", made / "council.pub", file=file)
    assert (status, told["findings"]) == (0, [])
    assert told["certificate"]["matches"]
    assert told["certificate"]["reference"] == "WCC-2026-000004"
    assert told["certificate"]["issued_at"].endswith("Z")
    key = read_public_key((made / "council.pub").read_bytes())
    assert told["certificate"]["signed_by"] == fingerprint(key)


def test_a_changed_byte_ends_with_3_and_a_finding(made: Path, tmp_path: Path) -> None:
    data = (made / "out/bundle-2.pdf").read_bytes()
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data + b"\n")
    status, told = checked(made, "--key", made / "council.pub", file=changed)
    assert status == 3
    assert not told["passed"]
    assert "not about this file" in told["findings"][0]["sentence"]
    assert told["findings"][0]["channel"] == "certificate"


def test_another_key_ends_with_3(made: Path) -> None:
    status, told = checked(made, "--key", made / "other.pub")
    assert status == 3
    assert "another key" in told["findings"][0]["sentence"]


def test_without_a_key_the_file_passes_and_the_doubt_is_told(made: Path) -> None:
    status, told = checked(made)
    assert status == 0
    assert "Give the council's public key" in told["warnings"][0]["sentence"]


@pytest.mark.parametrize("key", ["council.pem", "case/case.json", "nowhere"])
def test_a_key_that_cannot_be_used_ends_with_5(made: Path, key: str) -> None:
    assert checked(made, "--key", made / key)[0] == 5


def test_a_signing_key_that_cannot_be_used_leaves_no_bundle(made: Path, tmp_path: Path) -> None:
    result = run(made / "case", tmp_path / "out", "--sign-key", made / "council.pub")
    assert result.exit_code == 5
    assert "signing key" in result.output
    assert list((tmp_path / "out").iterdir()) == []


def test_the_certificate_can_be_printed_with_the_fingerprint_of_its_key(
    made: Path, tmp_path: Path
) -> None:
    out = tmp_path / "certificate.pdf"
    arguments = [str(made / "out/certificate.json"), str(out)]
    result = CliRunner().invoke(print_certificate, arguments)
    assert result.exit_code == 0, result.output
    document = pypdfium2.PdfDocument(out)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    own = json.loads((made / "out/certificate.json").read_text())["signature"]["key_fingerprint"]
    assert own in "".join(text.split())
