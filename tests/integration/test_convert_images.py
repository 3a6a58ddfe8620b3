import io
from datetime import date
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from sar.documents.errors import DocumentFault
from sar.documents.page_words import opened_pdf
from tests.corpus import records
from tests.integration.conversions import converted, shows


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "HEIF"])
def test_pictures_of_every_kind_become_a_page(tmp_path: Path, kind: str) -> None:
    result = converted(tmp_path, f"photo.{kind.lower()}", records.picture("x", (800, 600), kind))
    assert result.pdf is not None, result.sentence
    assert result.media_type.startswith("image/")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_pictures_of_every_colour_space_become_a_page(tmp_path: Path, mode: str) -> None:
    out = io.BytesIO()
    kind = "TIFF" if mode in {"CMYK", "I;16", "YCbCr"} else "PNG"
    Image.new(mode, (300, 200)).save(out, kind)
    assert converted(tmp_path, "a.png", out.getvalue()).pdf is not None


def test_each_page_of_a_fax_is_a_page(tmp_path: Path) -> None:
    out = io.BytesIO()
    pages = [records.scan(f"Page {number}", size=(600, 800)) for number in (1, 2, 3)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    result = converted(tmp_path, "fax.tif", out.getvalue())
    assert result.pdf is not None
    with opened_pdf(result.pdf) as document:
        assert len(document) == 3


def test_a_photograph_is_upright_and_what_the_camera_wrote_is_told(tmp_path: Path) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.ImageDescription] = "Front door of number nine"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2023:05:01 10:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 12.0, 0.0)}
    )
    Image.new("RGB", (1200, 600), "red").save(out, "JPEG", exif=exif)
    result = converted(tmp_path, "photo.jpg", out.getvalue())
    assert shows(result, "Front door of number nine", "51.50000 N, 0.20000 W")
    assert result.dated_on == date(2023, 5, 1)
    assert result.pdf is not None
    with opened_pdf(result.pdf) as document:
        width, height = document.get_page_size(0)
    assert height > width, "turned upright"
    assert b"GPS" not in result.pdf.read_bytes()


def test_a_tall_screenshot_stays_large_enough_to_read(tmp_path: Path) -> None:
    result = converted(tmp_path, "chat.png", records.picture("x", (500, 5000)))
    assert result.pdf is not None
    with opened_pdf(result.pdf) as document:
        width, height = document.get_page_size(0)
    assert width > 300
    assert height / width == pytest.approx(10, rel=0.01)


def test_a_pixel_bomb_is_held_with_advice(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (40_000, 40_000)).save(out, "PNG")
    result = converted(tmp_path, "bomb.png", out.getvalue())
    assert result.fault is DocumentFault.TOO_BIG
    assert "smaller size" in (result.sentence or "")


def test_a_cut_off_picture_is_held_with_advice(tmp_path: Path) -> None:
    result = converted(tmp_path, "cut.jpg", records.picture("x", kind="JPEG")[:900])
    assert result.fault is DocumentFault.CORRUPT
