"""`sar certificate CERT.json OUT.pdf`: a certificate as pages to print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from sar.documents.certificate_pages import certificate_pages
from sar.documents.errors import DocumentError
from sar.documents.signature import SignatureError, read_certificate

_UNREADABLE = 4


@click.command("certificate")
@click.argument("certificate", type=click.Path(path_type=Path), metavar="CERT.json")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT.pdf")
def command(certificate: Path, out: Path) -> None:
    """Set a bundle's certificate on pages to print.

    Exit 0, or 4 when it is not the certificate of a bundle. Whether it is genuine is for
    `sar verify` to say.
    """
    try:
        pages = certificate_pages(read_certificate(certificate.read_bytes()))
    except OSError as error:
        _stop(f"{certificate.name} cannot be read: {error.strerror}.")
    except (SignatureError, DocumentError) as error:
        _stop(str(error))
    out.write_bytes(pages)
    click.echo(out)


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(_UNREADABLE)
